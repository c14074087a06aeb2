import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_HYPERPARAMETERS } from '../domain/hyperparameter-specs.ts';
import { DEFAULT_SAMPLE_SETTINGS } from '../domain/sample-set.ts';
import { encodeSetup } from '../formats/setup-link.ts';
import { fakePhotoFile } from '../testing/fake-intake.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';
import {
  acceptSetup,
  dismissSetup,
  openSetupLink,
  setupLink,
  setupOf,
} from './services/setup-link.ts';

const opened: TestApp[] = [];
afterEach(() => {
  for (const app of opened.splice(0)) app.services.storage.close();
});

async function start(): Promise<TestApp> {
  const app = await createTestApp();
  opened.push(app);
  await boot(app, { requestedBackend: 'wasm' });
  return app;
}

const SAMPLES = { ...DEFAULT_SAMPLE_SETTINGS, photosPerClass: 10 };
const NAMES = ['healthy', 'rust', 'blight'];

/** A teacher's project: a drawn set, other settings, another share. */
async function teacher(): Promise<TestApp> {
  const app = await start();
  app.store.getState().setValidationShare(0.3);
  await app.store.getState().addSampleSet(SAMPLES, NAMES);
  await app.tools.embedder.ensure();
  app.store.getState().setHyperparameter('learningRate', 0.02);
  app.store.getState().setHyperparameter('epochs', 6);
  return app;
}

const fragmentOf = (link: string): string => link.slice(link.indexOf('#'));

describe('a set-up handed out as a link', () => {
  it('makes the same experiment elsewhere: same settings, same split, same run', async () => {
    const from = await teacher();
    const link = setupLink('http://localhost/', setupOf(from.store.getState()));
    expect(link.startsWith('http://localhost/#setup=')).toBe(true);
    const to = await start();
    const before = setupOf(to.store.getState());
    openSetupLink(to, fragmentOf(link));
    expect(to.store.getState().openPanel).toBe('setup');
    // Nothing happens before the person says so.
    expect(setupOf(to.store.getState())).toEqual(before);
    await acceptSetup(to, NAMES);
    await to.tools.embedder.ensure();
    expect(setupOf(to.store.getState())).toEqual(setupOf(from.store.getState()));
    expect(to.store.getState()).toMatchObject({ openPanel: null, setup: { status: 'none' } });
    for (const app of [from, to]) await app.store.getState().train();
    const [a, b] = [from, to].map((app) => app.store.getState().currentRun);
    expect(b?.dataFingerprint).toBe(a?.dataFingerprint);
    expect(b?.metrics).toEqual(a?.metrics);
  });

  it('says nothing about photos that were not drawn, or not all from one set', async () => {
    const app = await teacher();
    const { photos } = app.store.getState();
    expect(setupOf(app.store.getState()).sampleSet).toEqual(SAMPLES);
    // A project file from elsewhere says what it likes.
    const made = [...photos].map(([id, photo]) => {
      const sampleSet = { ...SAMPLES, theme: 'cars' as typeof SAMPLES.theme };
      return [id, { ...photo, origin: { ...photo.origin, sampleSet } }] as const;
    });
    expect(setupOf({ ...app.store.getState(), photos: new Map(made) }).sampleSet).toBeNull();
    await app.store
      .getState()
      .addFiles(
        [{ file: fakePhotoFile('own', 1), name: 'own.jpg', folder: 'rust' }],
        { kind: 'by-folder', loose: null },
        'file',
      );
    expect(setupOf(app.store.getState()).sampleSet).toBeNull();
    app.store.getState().undo();
    await app.store.getState().addSampleSet({ ...SAMPLES, seed: 2 }, NAMES);
    expect(setupOf(app.store.getState()).sampleSet).toBeNull();
  });

  it('counts the photos that were put on a side by hand, and splits anew elsewhere', async () => {
    const from = await teacher();
    const ids = [...from.store.getState().photos.keys()].slice(0, 2);
    from.store.getState().pinPhotos(ids, 'validation');
    const setup = setupOf(from.store.getState());
    expect(setup.pinned).toBeGreaterThanOrEqual(2);
    const to = await start();
    openSetupLink(to, fragmentOf(setupLink('http://localhost/', setup)));
    expect(to.store.getState().setup).toMatchObject({ status: 'ready', setup });
    await acceptSetup(to, NAMES);
    expect(setupOf(to.store.getState())).toEqual({ ...setup, pinned: 0 });
  });

  it('can be refused, and leaves everything as it was', async () => {
    const app = await teacher();
    const before = setupOf(app.store.getState());
    openSetupLink(app, `#setup=${encodeSetup({ ...before, fit: 'pad' })}`);
    dismissSetup(app);
    expect(setupOf(app.store.getState())).toEqual(before);
    await acceptSetup(app, NAMES);
    expect(setupOf(app.store.getState())).toEqual(before);
  });

  it('takes settings alone when the photos are to stay; a split can be undone', async () => {
    const app = await teacher();
    const photos = app.store.getState().photos.size;
    const split = { seed: 99, validationShare: 0.4, testShare: 0.1 };
    const given = { ...setupOf(app.store.getState()), split, settings: DEFAULT_HYPERPARAMETERS };
    openSetupLink(app, `#setup=${encodeSetup({ ...given, backboneId: 'not-here' })}`);
    await acceptSetup(app, null);
    const state = app.store.getState();
    expect(state.photos.size).toBe(photos);
    expect(state).toMatchObject({ split, hyperparameters: DEFAULT_HYPERPARAMETERS });
    expect(state.backboneStatus).toMatchObject({ backboneId: 'headstart-v2-050' });
    state.undo();
    expect(app.store.getState().split.seed).not.toBe(99);
  });

  it('is refused by name when it is damaged or out of range', async () => {
    const app = await start();
    openSetupLink(app, '#setup=nonsense');
    expect(app.store.getState().setup).toMatchObject({ status: 'refused', code: 'damaged' });
    const setup = setupOf(app.store.getState());
    const settings = { ...setup.settings, epochs: 1e9 };
    openSetupLink(app, `#setup=${encodeSetup({ ...setup, settings })}`);
    expect(app.store.getState().setup).toMatchObject({
      code: 'out-of-range',
      problems: [{ field: 'settings.epochs', value: '1000000000' }],
    });
    await acceptSetup(app, null);
    expect(app.store.getState().hyperparameters).toEqual(DEFAULT_HYPERPARAMETERS);
  });
});
