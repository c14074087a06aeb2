import { afterEach, describe, expect, it } from 'vitest';
import { fakePhotoFile, fakeRefusedFile } from '../testing/fake-intake.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';
import type { IncomingFile } from './store-types.ts';

const opened: TestApp[] = [];

async function start(databaseName?: string): Promise<TestApp> {
  const app = await createTestApp(databaseName);
  opened.push(app);
  await boot(app, { requestedBackend: 'wasm' });
  return app;
}

function files(look: string, count: number, from = 0): IncomingFile[] {
  return Array.from({ length: count }, (_, i) => ({
    file: fakePhotoFile(look, from + i),
    name: `${look}-${String(from + i)}.jpg`,
    folder: look,
  }));
}

async function addTwoClasses(app: TestApp, perClass = 20): Promise<void> {
  await app.store
    .getState()
    .addFiles(
      [...files('ants', perClass), ...files('bees', perClass)],
      { kind: 'by-folder', loose: null },
      'folder',
    );
  await app.tools.embedder.ensure();
}

afterEach(() => {
  for (const app of opened.splice(0)) app.services.storage.close();
});

describe('from files to a prediction', () => {
  it('boots with the built-in backbone on the backend that was asked for', async () => {
    const app = await start();
    const state = app.store.getState();
    expect(state.boot.status).toBe('ready');
    expect(state.backboneStatus).toMatchObject({ kind: 'ready', backboneId: 'headstart-v2-050' });
    expect(state.backends.inUse).toEqual({ embedding: 'wasm', head: 'wasm' });
  });

  it('makes a class of each folder, splits it and embeds every photo once', async () => {
    const app = await start();
    await addTwoClasses(app);
    const { classes, photos, unembedded, intakeReport } = app.store.getState();
    expect(classes.map((info) => info.name)).toEqual(['ants', 'bees']);
    expect(photos.size).toBe(40);
    expect(unembedded).toBe(0);
    expect(intakeReport).toMatchObject({ added: 40, total: 40, refusals: [] });
    for (const info of classes) {
      const own = [...photos.values()].filter((photo) => photo.classId === info.id);
      expect(own.filter((photo) => photo.side === 'validation')).toHaveLength(4);
    }
    const pixels = app.engine.control.count('photoPixels');
    await app.tools.embedder.resume();
    expect(app.engine.control.count('photoPixels')).toBe(pixels);
  });

  it('trains, keeps the run, and predicts with it', async () => {
    const app = await start();
    await addTwoClasses(app);
    await app.store.getState().train();
    const { currentRun, training } = app.store.getState();
    expect(training.status).toBe('finished');
    expect(currentRun?.metrics.length).toBeGreaterThan(0);
    expect(currentRun?.trainIds).toHaveLength(32);
    expect(currentRun?.validationIds).toHaveLength(8);
    await app.store.getState().predictFile(fakePhotoFile('bees', 900), 'new.jpg');
    const { prediction } = app.store.getState();
    expect(prediction?.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    expect(
      prediction?.classes[prediction.probabilities.indexOf(Math.max(...prediction.probabilities))]
        ?.name,
    ).toBe('bees');
  });

  it('comes back as it was after the page was closed', async () => {
    const app = await start();
    await addTwoClasses(app);
    app.store.getState().renameProject('Insects');
    await app.store.getState().train();
    await app.tools.editor.flush();
    const before = app.store.getState();
    app.services.storage.close();
    const again = await start(app.databaseName);
    const after = again.store.getState();
    expect(after.projectName).toBe('Insects');
    expect([...after.photos]).toEqual([...before.photos]);
    expect(after.classes).toEqual(before.classes);
    expect(after.currentRun?.metrics).toEqual(before.currentRun?.metrics);
    expect(after.runIsStale).toBe(false);
    await again.tools.embedder.ensure();
    expect(again.engine.control.count('photoPixels')).toBe(0);
  });
});

describe('bad input', () => {
  it('names a file that cannot be read and takes the others', async () => {
    const app = await start();
    const heic = { file: fakeRefusedFile('heic'), name: 'phone.heic', folder: 'ants' };
    await app.store
      .getState()
      .addFiles(
        [...files('ants', 3), heic, ...files('ants', 3, 3)],
        { kind: 'by-folder', loose: null },
        'folder',
      );
    const { photos, intakeReport } = app.store.getState();
    expect(photos.size).toBe(6);
    expect(intakeReport?.refusals).toEqual([{ fileName: 'phone.heic', code: 'heic' }]);
  });

  it('makes a class for loose photos with the first that is taken, and none when all are refused', async () => {
    const app = await start();
    const { addFiles, undo } = app.store.getState();
    const heic = { file: fakeRefusedFile('heic'), name: 'phone.heic', folder: null };
    await addFiles([heic], { kind: 'new-class' }, 'file');
    expect(app.store.getState().classes).toEqual([]);
    expect(app.store.getState().intakeReport?.refusals).toHaveLength(1);
    await addFiles([heic, ...files('', 12)], { kind: 'new-class' }, 'file');
    const { classes, photos } = app.store.getState();
    expect(classes).toHaveLength(1);
    expect([...photos.values()].map((photo) => photo.classId)).toEqual(
      Array.from({ length: 12 }, () => classes[0]?.id),
    );
    undo();
    expect(app.store.getState().classes).toEqual([]);
    expect(app.store.getState().photos.size).toBe(0);
  });

  it('refuses a copy within a class and says so, and takes it in another class', async () => {
    const app = await start();
    const [photo] = files('ants', 1);
    if (photo === undefined) throw new Error('no photo');
    const target = { kind: 'by-folder', loose: null } as const;
    await app.store.getState().addFiles([photo, { ...photo, name: 'copy.jpg' }], target, 'folder');
    expect(app.store.getState().intakeReport?.refusals).toEqual([
      { fileName: 'copy.jpg', code: 'duplicate' },
    ]);
    await app.store.getState().addFiles([{ ...photo, folder: 'bees' }], target, 'folder');
    const photos = [...app.store.getState().photos.values()];
    expect(photos).toHaveLength(2);
    expect(new Set(photos.map((each) => each.side)).size).toBe(1);
    expect(new Set(photos.map((each) => each.groupId)).size).toBe(1);
  });

  it('says why it cannot train with one class, and does not start', async () => {
    const app = await start();
    await app.store
      .getState()
      .addFiles(files('ants', 5), { kind: 'by-folder', loose: null }, 'folder');
    await app.store.getState().train();
    expect(app.engine.control.count('train')).toBe(0);
    expect(app.store.getState().training.status).toBe('idle');
  });

  /** Does `then` as soon as a run is over on the screen, when it is not stored yet. */
  async function trainAnd(app: TestApp, then: () => Promise<void>): Promise<void> {
    const followed: Promise<void>[] = [];
    const unsubscribe = app.store.subscribe(({ training }) => {
      if (training.status === 'finished' && followed.length === 0) followed.push(then());
    });
    await app.store.getState().train();
    unsubscribe();
    expect(followed).toHaveLength(1);
    await followed[0];
  }

  it('does not turn away a Train that is pressed while the run before is being stored', async () => {
    const app = await start();
    await addTwoClasses(app);
    const { getState } = app.store;
    await trainAnd(app, () => {
      const second = getState().train();
      expect(getState().training.status).toBe('preparing');
      return second;
    });
    expect(app.engine.control.count('train')).toBe(2);
    expect(await app.services.storage.countRuns(getState().projectId)).toBe(2);
    expect(getState().training.status).toBe('finished');
  });

  it('leaves it at that when the waiting is stopped', async () => {
    const app = await start();
    await addTwoClasses(app);
    const { getState } = app.store;
    await trainAnd(app, () => {
      const second = getState().train();
      getState().stopTraining();
      return second;
    });
    expect(app.engine.control.count('train')).toBe(1);
    expect(getState().training.status).toBe('finished');
  });

  it('trains once when Train is pressed twice', async () => {
    const app = await start();
    await addTwoClasses(app);
    await Promise.all([app.store.getState().train(), app.store.getState().train()]);
    expect(app.engine.control.count('train')).toBe(1);
  });

  it('keeps the old value when a knob is set to something that is not a number', async () => {
    const app = await start();
    const before = app.store.getState().hyperparameters.learningRate;
    expect(app.store.getState().setHyperparameter('learningRate', NaN)).toBe('not-a-number');
    expect(app.store.getState().hyperparameters.learningRate).toBe(before);
  });

  it('keeps photos and settings when the training worker dies, and can train again', async () => {
    const app = await start();
    await addTwoClasses(app);
    app.engine.control.failNext('train', 'worker-died');
    await app.store.getState().train();
    expect(app.store.getState().training).toMatchObject({
      status: 'failed',
      errorCode: 'worker-died',
    });
    expect(app.store.getState().photos.size).toBe(40);
    await app.store.getState().train();
    expect(app.store.getState().training.status).toBe('finished');
  });
});

describe('cancel and undo', () => {
  it('keeps loose photos taken in before a cancel and says it was cancelled', async () => {
    const app = await start();
    app.engine.control.delay('preparePhoto', 5);
    const classId = app.store.getState().addClass('ants');
    const adding = app.store
      .getState()
      .addFiles(files('ants', 60), { kind: 'class', classId }, 'file');
    await new Promise<void>((resolve) => {
      const stop = app.store.subscribe((state) => {
        if (state.photos.size === 0) return;
        stop();
        resolve();
      });
    });
    app.store.getState().cancelIntake();
    await adding;
    const { photos, intakeReport, intake } = app.store.getState();
    expect(intake).toBeNull();
    expect(intakeReport?.cancelled).toBe(true);
    expect(photos.size).toBe(intakeReport?.added);
    expect(photos.size).toBeLessThan(60);
  });

  it('takes a whole drop back in one step, classes included, and brings it back', async () => {
    const app = await start();
    await addTwoClasses(app);
    const { photos, classes } = app.store.getState();
    app.store.getState().undo();
    expect(app.store.getState().photos.size).toBe(0);
    expect(app.store.getState().classes).toEqual([]);
    app.store.getState().redo();
    expect([...app.store.getState().photos]).toEqual([...photos]);
    expect(app.store.getState().classes).toEqual(classes);
    await app.tools.editor.flush();
    const stored = await app.services.storage.listPhotos(app.store.getState().projectId);
    expect(stored.map((photo) => photo.id)).toEqual([...photos.keys()]);
  });
});
