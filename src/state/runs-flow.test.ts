import { afterEach, describe, expect, it, vi } from 'vitest';
import { KEPT_HISTORIES, KEPT_UNPINNED_RUNS } from '../domain/run-pruning.ts';
import { fakePhotoFile } from '../testing/fake-intake.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';
import { MAX_CHOSEN_RUNS } from './runs-state.ts';

const opened: TestApp[] = [];
afterEach(() => {
  for (const app of opened.splice(0)) app.services.storage.close();
});

async function start(databaseName?: string): Promise<TestApp> {
  const app = await createTestApp(databaseName);
  opened.push(app);
  await boot(app, { requestedBackend: 'wasm' });
  return app;
}

async function withPhotos(): Promise<TestApp> {
  const app = await start();
  const files = ['ants', 'bees'].flatMap((look) =>
    Array.from({ length: 12 }, (_, i) => ({
      file: fakePhotoFile(look, i),
      name: `${look}-${String(i)}.jpg`,
      folder: look,
    })),
  );
  await app.store.getState().addFiles(files, { kind: 'by-folder', loose: null }, 'folder');
  await app.tools.embedder.ensure();
  app.store.getState().setHyperparameter('epochs', 6);
  return app;
}

async function train(app: TestApp, settings: { learningRate?: number } = {}): Promise<string> {
  const { setHyperparameter } = app.store.getState();
  if (settings.learningRate !== undefined) setHyperparameter('learningRate', settings.learningRate);
  await app.store.getState().train();
  return app.store.getState().currentRun?.id ?? '';
}

const runs = (app: TestApp) => app.store.getState().runs;
const names = (app: TestApp) => runs(app).list.map(({ name }) => name);

describe('runs kept', () => {
  it('are listed in their order, with all that is needed to repeat them, also after a reload', async () => {
    const app = await withPhotos();
    await train(app);
    await train(app, { learningRate: 0.02 });
    expect(names(app)).toEqual(['Run 1', 'Run 2']);
    const { split } = app.store.getState();
    expect(runs(app).list[1]).toMatchObject({ number: 2, split, epochs: 6, hasHistory: true });
    expect(runs(app).list[1]?.photosFingerprint).toMatch(/^[0-9a-f]{64}$/);
    const before = runs(app).list;
    app.services.storage.close();
    const again = await start(app.databaseName);
    expect(runs(again).list).toEqual(before);
  });

  it('are cleared away but for the newest, the pinned and the named, and never get a used number', async () => {
    const app = await withPhotos();
    const shelf = await app.tools.runShelf();
    const [first, second] = [await train(app), await train(app)];
    await shelf.rename(first, '  the first  ');
    await shelf.pin(second, true);
    for (let i = 0; i < KEPT_UNPINNED_RUNS + 3; i++) await train(app);
    const { storage } = app.services;
    const stored = await storage.listRunSummaries(app.store.getState().projectId);
    expect(stored).toHaveLength(KEPT_UNPINNED_RUNS + 2);
    expect(names(app).slice(0, 3)).toEqual(['the first', 'Run 2', 'Run 6']);
    expect(names(app).at(-1)).toBe(`Run ${String(KEPT_UNPINNED_RUNS + 5)}`);
    expect(stored.filter(({ hasHistory }) => hasHistory)).toHaveLength(KEPT_HISTORIES);
    expect(new Set(stored.map(({ id }) => id))).toEqual(
      new Set(runs(app).list.map(({ id }) => id)),
    );
  });

  it('keeps the run on screen whatever its age', async () => {
    const app = await withPhotos();
    const shelf = await app.tools.runShelf();
    const first = await train(app);
    for (let i = 0; i < KEPT_UNPINNED_RUNS - 1; i++) await train(app);
    expect(await shelf.open(first)).toBe(true);
    await train(app);
    // It is the ghost of this run, and is gone with the next one.
    expect(names(app)).toHaveLength(KEPT_UNPINNED_RUNS + 1);
    expect(names(app)[0]).toBe('Run 1');
    await train(app);
    expect(names(app)).toHaveLength(KEPT_UNPINNED_RUNS);
    expect(names(app)[0]).toBe('Run 3');
  });

  it('can be deleted and brought back with their heads', async () => {
    const app = await withPhotos();
    const shelf = await app.tools.runShelf();
    const id = await train(app);
    const { storage } = app.services;
    const history = await storage.getHeadHistory(id);
    shelf.choose(id, true);
    await shelf.remove(id);
    expect(await storage.getRun(id)).toBeNull();
    expect(app.store.getState().currentRun).toBeNull();
    expect(runs(app)).toMatchObject({ list: [], chosen: [], deleted: { id, name: 'Run 1' } });
    await shelf.bringBack();
    expect(app.store.getState().currentRun?.id).toBe(id);
    expect(await storage.getHeadHistory(id)).toEqual(history);
    expect(runs(app).deleted).toBeNull();
    expect(names(app)).toEqual(['Run 1']);
  });

  it('can be chosen up to five', async () => {
    const app = await withPhotos();
    const shelf = await app.tools.runShelf();
    const ids: string[] = [];
    for (let i = 0; i <= MAX_CHOSEN_RUNS; i++) ids.push(await train(app));
    for (const id of ids) shelf.choose(id, true);
    expect(runs(app).chosen).toEqual(ids.slice(0, MAX_CHOSEN_RUNS));
    shelf.choose(ids[1] ?? '', false);
    expect(runs(app).chosen).not.toContain(ids[1]);
  });
});

describe('a run put back', () => {
  it('shows its curve and has its heads in use; settings only when asked for', async () => {
    const app = await withPhotos();
    const shelf = await app.tools.runShelf();
    const first = await train(app, { learningRate: 0.02 });
    await train(app, { learningRate: 0.05 });
    await shelf.open(first);
    const state = app.store.getState();
    expect(state.currentRun?.id).toBe(first);
    expect(app.services.metricLog.getSnapshot()).toEqual(state.currentRun?.metrics);
    expect(state.lab.keptEpochs).toEqual([1, 2, 3, 4, 5, 6]);
    expect(app.tools.timeline.headInUse()?.runId).toBe(first);
    expect(state.hyperparameters.learningRate).toBe(0.05);
    expect(shelf.takeSettings(first)).toBe(true);
    expect(app.store.getState().hyperparameters.learningRate).toBe(0.02);
    expect(shelf.takeSettings('nobody')).toBe(false);
  });

  it('waits for the run under way', async () => {
    const app = await withPhotos();
    const shelf = await app.tools.runShelf();
    const first = await train(app);
    const release = app.engine.control.hold('train');
    const running = app.store.getState().train();
    await vi.waitFor(() => expect(app.store.getState().training.status).toBe('running'));
    expect(await shelf.open(first)).toBe(false);
    release();
    await running;
  });
});

describe('repeating a run', () => {
  it('is identical, whatever the settings were in between and in whatever order photos came', async () => {
    const app = await withPhotos();
    const shelf = await app.tools.runShelf();
    const first = await train(app, { learningRate: 0.02 });
    app.store.getState().setHyperparameter('learningRate', 1);
    const [photo] = [...app.store.getState().photos.keys()];
    app.store.getState().removePhotos([photo ?? '']);
    app.store.getState().undo();
    await shelf.repeat(first);
    expect(runs(app).repeat).toMatchObject({
      status: 'done',
      otherBackend: false,
      result: { runId: first, identical: true, comparedEpochs: 6, weightGap: 0 },
    });
    const repeated = app.store.getState().currentRun;
    expect(repeated?.id).not.toBe(first);
    const stored = await app.services.storage.getRun(repeated?.id ?? '');
    expect(stored?.repeats).toMatchObject({ runId: first, name: 'Run 1', identical: true });
    expect(runs(app).list.at(-1)?.repeats?.identical).toBe(true);
  });

  it('takes the settings of a run stored before there were as many knobs', async () => {
    const app = await withPhotos();
    const shelf = await app.tools.runShelf();
    const first = await train(app, { learningRate: 0.02 });
    const { storage } = app.services;
    const stored = await storage.getRun(first);
    if (stored === null) throw new Error('the run was not stored');
    const older = Object.entries(stored.hyperparameters).filter(
      ([key]) => !key.startsWith('augment'),
    );
    const hyperparameters = Object.fromEntries(older) as typeof stored.hyperparameters;
    expect(older.length).toBeLessThan(Object.keys(stored.hyperparameters).length);
    await storage.putRun({ ...stored, hyperparameters });
    app.store.getState().setHyperparameter('learningRate', 1);
    await shelf.repeat(first);
    expect(runs(app).repeat).toMatchObject({ status: 'done', result: { identical: true } });
    expect(app.store.getState().hyperparameters).toEqual(stored.hyperparameters);
  });

  it('is refused, with the reason, when split, photos or fit are others', async () => {
    const app = await withPhotos();
    const shelf = await app.tools.runShelf();
    const first = await train(app);
    const refused = async (): Promise<unknown> => {
      await shelf.repeat(first);
      return runs(app).repeat;
    };
    const [photo] = [...app.store.getState().photos.values()].filter(
      ({ side }) => side === 'train',
    );
    app.store.getState().pinPhotos([photo?.id ?? ''], 'validation');
    expect(await refused()).toMatchObject({ status: 'refused', name: 'Run 1', reasons: ['split'] });
    app.store.getState().undo();
    app.store.getState().removePhotos([photo?.id ?? '']);
    expect(await refused()).toMatchObject({ reasons: ['photos'] });
    app.store.getState().undo();
    app.store.getState().setFit('pad');
    expect(await refused()).toMatchObject({ reasons: ['fit'] });
    await shelf.remove(first);
    expect(await refused()).toMatchObject({ reasons: ['gone'] });
    expect(app.engine.control.count('train')).toBe(1);
  });

  it('says so when it was stopped or failed', async () => {
    const app = await withPhotos();
    const shelf = await app.tools.runShelf();
    const first = await train(app);
    app.engine.control.failNext('train', 'internal');
    await shelf.repeat(first);
    expect(runs(app).repeat).toEqual({ status: 'unfinished', name: 'Run 1' });
    shelf.forgetRepeat();
    expect(runs(app).repeat.status).toBe('none');
  });
});
