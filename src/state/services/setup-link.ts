/**
 * The set-up of the open project as a link, and a link as a set-up: read, shown, and only then taken
 * over. Nothing changes before the person says so.
 */
import type { SampleSetSettings } from '../../domain/sample-set.ts';
import { decodeSetup, encodeSetup, isSampleSet, type Setup } from '../../formats/setup-link.ts';
import type { App } from '../app-store.ts';
import type { AppState } from '../store-types.ts';

export const SETUP_FRAGMENT = '#setup=';

type Source = Pick<AppState, 'hyperparameters' | 'split' | 'fit' | 'backboneStatus' | 'photos'>;

/** What the project would be made again with, photos aside. */
export function setupOf(state: Source): Setup {
  const { hyperparameters, split, fit, backboneStatus, photos } = state;
  return {
    settings: hyperparameters,
    split,
    fit,
    backboneId: backboneStatus.kind === 'none' ? '' : backboneStatus.backboneId,
    sampleSet: sampleSetOf(photos.values()),
    pinned: [...photos.values()].filter((photo) => photo.pinned).length,
  };
}

/** The one sample set that all photos come from; null when there is none, or more than that. */
function sampleSetOf(
  photos: Iterable<{ readonly origin: { readonly sampleSet?: SampleSetSettings } }>,
): SampleSetSettings | null {
  let found: SampleSetSettings | null = null;
  for (const { origin } of photos) {
    const { sampleSet } = origin;
    if (sampleSet === undefined) return null;
    found ??= sampleSet;
    if (JSON.stringify(sampleSet) !== JSON.stringify(found)) return null;
  }
  return isSampleSet(found) ? found : null;
}

/** `baseUrl`: folder of the app, ends in '/'. */
export function setupLink(baseUrl: string, setup: Setup): string {
  return `${baseUrl}${SETUP_FRAGMENT}${encodeSetup(setup)}`;
}

/** Opens the preview. `fragment`: of the address, with its `#setup=`. */
export function openSetupLink({ store }: App, fragment: string): void {
  const reading = decodeSetup(fragment.slice(SETUP_FRAGMENT.length));
  store.setState({
    setup: reading.status === 'read' ? { ...reading, status: 'ready' } : reading,
    openPanel: 'setup',
  });
}

export function dismissSetup({ store }: App): void {
  store.setState({ setup: { status: 'none' } });
  if (store.getState().openPanel === 'setup') store.getState().setOpenPanel(null);
}

/**
 * Takes the set-up over. `classNames`: what the classes of the sample set are called here; null leaves
 * the photos as they are. A backbone that is not on this device stays as it was. Resolves when the
 * pictures are in.
 */
export async function acceptSetup(app: App, classNames: readonly string[] | null): Promise<void> {
  const { store, tools } = app;
  const { setup: shown, split: before, tab } = store.getState();
  if (shown.status !== 'ready' || tab.role === 'reader') return;
  const { settings, split, fit, backboneId, sampleSet } = shown.setup;
  dismissSetup(app);
  const isOther = (Object.keys(split) as (keyof typeof split)[]).some(
    (key) => split[key] !== before[key],
  );
  if (isOther) tools.editor.setSplit(split);
  store.getState().setFit(fit);
  store.setState({ hyperparameters: settings });
  tools.editor.saveProject();
  const { backboneStatus, availableBackbones, chooseBackbone } = store.getState();
  const inUse = backboneStatus.kind === 'none' ? null : backboneStatus.backboneId;
  if (backboneId !== inUse && availableBackbones.has(backboneId)) await chooseBackbone(backboneId);
  if (classNames !== null && sampleSet !== null) {
    await store.getState().addSampleSet(sampleSet, classNames);
  }
}
