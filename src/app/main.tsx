import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { localeFromQuery } from '../i18n/locale.ts';
import { LocaleProvider } from '../i18n/locale-context.tsx';
import { createTranslate } from '../i18n/translate.ts';
import { registerPwa, type PwaUpdate } from '../pwa/register.ts';
import type { App } from '../state/app-store.ts';
import { boot } from '../state/boot.ts';
import { AppProvider } from '../state/use-app.tsx';
import { preloadLaterRooms } from './later-rooms.tsx';
import { Opening } from './opening.tsx';
import { StartFailed } from './start-failed.tsx';
import { Studio } from './studio.tsx';
import { wireApp } from './wire.ts';
import '../ui/tokens/tokens.css';
import '../ui/tokens/base.css';

const OPENING_SHOWN_AFTER_MS = 1_000;

async function start(container: HTMLElement): Promise<void> {
  const locale = localeFromQuery(location.search);
  const root = createRoot(container);
  // A busy disk can keep the database waiting; a page that stays white looks broken.
  const patience = setTimeout(() => {
    root.render(
      <LocaleProvider locale={locale}>
        <Opening />
      </LocaleProvider>,
    );
  }, OPENING_SHOWN_AFTER_MS);
  try {
    let pwa: PwaUpdate | null = null;
    const app = await wireApp(createTranslate(locale), () => pwa?.apply()).finally(() => {
      clearTimeout(patience);
    });
    root.render(
      <StrictMode>
        <LocaleProvider locale={locale}>
          <AppProvider app={app}>
            <Studio />
          </AppProvider>
        </LocaleProvider>
      </StrictMode>,
    );
    pwa = followPwa(app);
    const requestedBackend = new URLSearchParams(location.search).get('backend');
    await boot(app, { requestedBackend });
    preloadLaterRooms();
    followSetupLinks(app);
  } catch (error) {
    root.render(
      <LocaleProvider locale={locale}>
        <StartFailed detail={error instanceof Error ? error.message : String(error)} />
      </LocaleProvider>,
    );
  }
}

/** A set-up in the address: shown, then taken out of it, so that a reload does not ask again. */
function followSetupLinks(app: App): void {
  const open = (): void => {
    const { hash, pathname, search } = location;
    if (!hash.startsWith('#setup=')) return;
    history.replaceState(null, '', pathname + search);
    void import('../state/services/setup-link.ts').then(({ openSetupLink }) => {
      openSetupLink(app, hash);
    });
  };
  open();
  addEventListener('hashchange', open);
}

function followPwa({ store }: App): PwaUpdate {
  return registerPwa({
    onOfflineReady: () => {
      store.setState({ offline: 'ready' });
    },
    onUnsupported: () => {
      store.setState({ offline: 'unsupported' });
    },
    onUpdateReady: () => {
      store.setState({ updateReady: true });
    },
  });
}

const container = document.getElementById('root');
if (container !== null) void start(container);
