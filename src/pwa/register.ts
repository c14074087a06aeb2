/**
 * Registers the service worker and tells when the app is ready for offline use and when a new
 * version waits. The new version is taken only when asked: never by itself, never during training.
 */
export interface PwaListener {
  readonly onOfflineReady: () => void;
  readonly onUpdateReady: () => void;
  /** No service worker here: an insecure address, private browsing, or a browser without them. */
  readonly onUnsupported: () => void;
}

export interface PwaUpdate {
  /** Reloads into the waiting version. */
  apply(): void;
}

export function registerPwa(listener: PwaListener): PwaUpdate {
  let apply = (): void => {
    location.reload();
  };
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) {
    listener.onUnsupported();
    return {
      apply: () => {
        apply();
      },
    };
  }
  void start();
  return {
    apply: () => {
      apply();
    },
  };

  async function start(): Promise<void> {
    try {
      const { serviceWorker } = navigator;
      const registration = await serviceWorker.register(new URL('sw.js', document.baseURI));
      let isAwaited = false;
      apply = () => {
        if (!isAwaited) {
          serviceWorker.addEventListener('controllerchange', () => {
            location.reload();
          });
        }
        isAwaited = true;
        void quiet().then(() => {
          registration.waiting?.postMessage({ type: 'SKIP_WAITING' });
        });
      };
      watchForUpdate(registration, listener.onUpdateReady);
      await serviceWorker.ready;
      listener.onOfflineReady();
    } catch {
      listener.onUnsupported();
    }
  }
}

/**
 * Calls back once for every version that waits behind the one in use. Not by workbox-window, which
 * misses a version that a busy page hears of only after it has been installed.
 */
function watchForUpdate(registration: ServiceWorkerRegistration, onReady: () => void): void {
  let told: ServiceWorker | null = null;
  const look = (): void => {
    const { active, waiting } = registration;
    // The very first version waits for a moment too, behind nothing.
    if (active === null || waiting === null || waiting === told) return;
    told = waiting;
    onReady();
  };
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
    look();
  });
  registration.installing?.addEventListener('statechange', look);
  look();
}

/** Without anything loaded for so long, nothing is under way. */
const QUIET_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;

/**
 * Resolves once the page loads nothing. WORKAROUND(Chromium 156): the version in use is stopped to make
 * room; a request that comes just then (a chunk needed at the end of a run) starts it again, and the
 * waiting version then waits until the old one has been idle for long, asked again or not.
 */
async function quiet(): Promise<void> {
  const begun = performance.now();
  let lastLoad = begun;
  const observer = new PerformanceObserver(() => {
    lastLoad = performance.now();
  });
  observer.observe({ type: 'resource' });
  const isQuiet = (): boolean => performance.now() - lastLoad >= QUIET_MS;
  while (!isQuiet() && performance.now() - begun < LONGEST_WAIT_MS) {
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS / 4));
  }
  observer.disconnect();
}
