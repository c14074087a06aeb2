import { afterEach, describe, expect, it, vi } from 'vitest';
import { KEPT_HISTORIES } from '../domain/run-pruning.ts';
import { stoppingOf } from '../domain/stopping-rule.ts';
import { fakePhotoFile } from '../testing/fake-intake.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';
import { isStale } from './services/run-staleness.ts';
import type { IncomingFile } from './store-types.ts';

const opened: TestApp[] = [];

async function start(databaseName?: string): Promise<TestApp> {
  const app = await createTestApp(databaseName);
  opened.push(app);
  await boot(app, { requestedBackend: 'wasm' });
  return app;
}

function files(look: string, count: number): IncomingFile[] {
  return Array.from({ length: count }, (_, i) => ({
    file: fakePhotoFile(look, i),
    name: `${look}-${String(i)}.jpg`,
    folder: look,
  }));
}

/** A trained project whose validation photos can be asked. */
async function trained(databaseName?: string): Promise<TestApp> {
  const app = await start(databaseName);
  await app.store
    .getState()
    .addFiles(
      [...files('ants', 20), ...files('bees', 20)],
      { kind: 'by-folder', loose: null },
      'folder',
    );
  await app.tools.embedder.ensure();
  await app.store.getState().train();
  await soon(() => expect(app.store.getState().lab.validation).toBe('ready'));
  return app;
}

const lab = (app: TestApp) => app.store.getState().lab;

afterEach(() => {
  for (const app of opened.splice(0)) app.services.storage.close();
});

/** A busy machine may take long; a second, the default, is not the point of any test here. */
function soon(check: () => unknown): Promise<unknown> {
  return vi.waitFor(check, { timeout: 15_000 });
}

describe('early stopping after the run', () => {
  it('moves the head in use with patience, without a new run, and nothing is stale', async () => {
    const app = await trained();
    const run = app.store.getState().currentRun;
    if (run === null) throw new Error('no run');
    expect(lab(app).ruleEpoch).toBe(run.bestEpoch);
    // A curve with two valleys: the fake trainer's only ever falls.
    const metrics = run.metrics.map((point) => ({
      ...point,
      validationLoss: Math.abs(point.epoch - 5) / 10 + (point.epoch > 30 ? -4 : 1),
    }));
    app.store.setState({ currentRun: { ...run, metrics } });
    app.tools.timeline.open({ ...run, metrics }, await history(app, run.id));
    const setPatience = (patience: number): void => {
      app.store.getState().setHyperparameter('patience', patience);
    };
    setPatience(3);
    expect(lab(app).ruleEpoch).toBe(5);
    expect(app.tools.timeline.headInUse()).toMatchObject({ epoch: 5 });
    setPatience(40);
    expect(lab(app).ruleEpoch).toBe(31);
    app.store.getState().setHyperparameter('patience', 3);
    app.store.getState().setHyperparameter('earlyStopping', false);
    expect(lab(app).ruleEpoch).toBe(
      stoppingOf(metrics, app.store.getState().hyperparameters).bestEpoch,
    );
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(app.store.getState().runIsStale).toBe(false);
    expect(app.engine.control.count('train')).toBe(1);
  });

  it('is stale when the run ended at its stop and would now go on', async () => {
    const app = await trained();
    const state = app.store.getState();
    const run = state.currentRun;
    if (run === null) throw new Error('no run');
    const ended = { ...state, currentRun: { ...run, end: 'early-stopped' as const } };
    expect(isStale({ ...ended, currentRun: { ...run, end: 'completed' } })).toBe(false);
    expect(isStale(ended)).toBe(true);
  });

  it('uses the nearest kept head when the exact one is gone, and fetches it when it is not', async () => {
    const app = await trained();
    const run = app.store.getState().currentRun;
    if (run === null) throw new Error('no run');
    const metrics = run.metrics.map((point) => ({
      ...point,
      validationLoss: Math.abs(point.epoch - 20),
    }));
    app.tools.timeline.open({ ...run, metrics }, null);
    expect(lab(app).keptEpochs).toEqual([run.bestEpoch]);
    expect(lab(app).ruleEpoch).toBe(run.bestEpoch);
    await soon(() => expect(lab(app).ruleEpoch).toBe(20));
    expect(app.tools.timeline.headInUse()?.head).toEqual(
      await app.services.engine.checkpoint(run.id, 20),
    );
  });
});

async function history(app: TestApp, runId: string) {
  return app.services.engine.headHistory({ runId, budgetBytes: 1e6, important: [] });
}

describe('the time machine', () => {
  it('answers for each epoch as it was recorded then', async () => {
    const app = await trained();
    const run = app.store.getState().currentRun;
    expect(lab(app).keptEpochs).toHaveLength(run?.metrics.length ?? -1);
    for (const point of run?.metrics ?? []) {
      const answers = app.tools.timeline.answers(point.epoch);
      expect(answers?.accuracy).toBeCloseTo(point.validationAccuracy ?? NaN, 9);
      expect(answers?.labels).toHaveLength(8);
    }
    expect(app.tools.timeline.validationPhotos.every(({ side }) => side === 'validation')).toBe(
      true,
    );
  });

  it('lets the chosen epoch answer in the try-out panel, at once and without embedding again', async () => {
    const app = await trained();
    await app.store.getState().predictFile(fakePhotoFile('bees', 900), 'new.jpg');
    const before = app.store.getState().prediction;
    const embedded = app.engine.control.count('embed');
    app.store.getState().chooseEpoch(1);
    const after = app.store.getState().prediction;
    expect(before?.epoch).toBe(app.store.getState().currentRun?.bestEpoch);
    expect(after?.epoch).toBe(1);
    expect(Math.max(...(after?.probabilities ?? []))).toBeLessThan(
      Math.max(...(before?.probabilities ?? [])),
    );
    app.store.getState().chooseEpoch(null);
    expect(app.store.getState().prediction).toEqual(before);
    expect(app.engine.control.count('embed')).toBe(embedded);
  });

  it('goes to kept epochs only, and back to the one in use with a new run', async () => {
    const app = await trained();
    app.store.getState().chooseEpoch(1_000);
    expect(lab(app).chosenEpoch).toBe(lab(app).keptEpochs.at(-1));
    await app.store.getState().train();
    expect(lab(app).chosenEpoch).toBeNull();
  });

  it('plays to the last epoch and stops there', async () => {
    const app = await trained();
    vi.useFakeTimers();
    try {
      app.store.getState().playTimeline();
      expect(lab(app)).toMatchObject({ chosenEpoch: 1, isPlaying: true });
      await vi.advanceTimersByTimeAsync(500);
      expect(lab(app).chosenEpoch).toBeGreaterThan(1);
      await vi.advanceTimersByTimeAsync(20_000);
      expect(lab(app)).toMatchObject({ chosenEpoch: lab(app).keptEpochs.at(-1), isPlaying: false });
    } finally {
      vi.useRealTimers();
    }
  });

  it('is there again after the page was closed, for the newest runs only', async () => {
    const app = await trained();
    for (let i = 0; i < KEPT_HISTORIES; i++) await app.store.getState().train();
    await app.tools.editor.flush();
    const epochs = lab(app).keptEpochs;
    const answers = app.tools.timeline.answers(2);
    const stored = await app.services.storage.listRuns(app.store.getState().projectId);
    expect(stored.filter(({ headHistory }) => headHistory !== undefined)).toHaveLength(
      KEPT_HISTORIES,
    );
    expect(stored).toHaveLength(KEPT_HISTORIES + 1);
    app.services.storage.close();
    const again = await start(app.databaseName);
    expect(lab(again).keptEpochs).toEqual(epochs);
    expect(again.store.getState().previousRun?.metrics).toHaveLength(50);
    await soon(() => expect(lab(again).validation).toBe('ready'));
    expect(again.tools.timeline.answers(2)).toEqual(answers);
  });

  it('says that it cannot ask the photos when they are fitted in another way', async () => {
    const app = await trained();
    app.store.getState().setFit('pad');
    await soon(() => expect(lab(app).validation).toBe('unavailable'));
    expect(app.tools.timeline.answers(2)).toBeNull();
  });
});

describe('live retraining', () => {
  const settle = () => new Promise((resolve) => setTimeout(resolve, 400));

  it('trains once for a burst of changes, and the run before stays as a ghost', async () => {
    const app = await trained();
    const first = app.store.getState().currentRun;
    app.store.getState().setLiveRetrain(true);
    for (const rate of [0.01, 0.02, 0.03]) {
      app.store.getState().setHyperparameter('learningRate', rate);
    }
    await soon(() => expect(app.store.getState().currentRun?.id).not.toBe(first?.id));
    await settle();
    expect(app.engine.control.count('train')).toBe(2);
    expect(app.store.getState().currentRun?.hyperparameters.learningRate).toBe(0.03);
    expect(app.store.getState().previousRun?.id).toBe(first?.id);
  });

  it('cancels the run under way, and keeps nothing of it', async () => {
    const app = await trained();
    const runs = async () => app.services.storage.listRuns(app.store.getState().projectId);
    app.engine.control.delay('train', 30);
    app.store.getState().setLiveRetrain(true);
    app.store.getState().setHyperparameter('epochs', 60);
    await soon(() => expect(app.store.getState().training.status).toBe('running'));
    // The delay stays: without it the run under way could end before its successor begins.
    app.store.getState().setHyperparameter('epochs', 7);
    await soon(() => expect(app.store.getState().currentRun?.metrics).toHaveLength(7));
    await soon(async () => expect(await runs()).toHaveLength(2));
    expect((await runs()).some(({ metrics }) => metrics.length > 50)).toBe(false);
  });

  it('does not retrain for early stopping, nor when it is off', async () => {
    const app = await trained();
    app.store.getState().setHyperparameter('learningRate', 0.01);
    await settle();
    app.store.getState().resetHyperparameters();
    app.store.getState().setLiveRetrain(true);
    app.store.getState().setHyperparameter('patience', 3);
    await settle();
    expect(app.engine.control.count('train')).toBe(1);
  });

  it('gives up a run that is no longer wanted when the old value comes back', async () => {
    const app = await trained();
    const first = app.store.getState().currentRun?.id;
    app.engine.control.delay('train', 30);
    app.store.getState().setLiveRetrain(true);
    app.store.getState().setHyperparameter('batchSize', 8);
    await soon(() => expect(app.store.getState().training.status).toBe('running'));
    app.store.getState().setHyperparameter('batchSize', 32);
    await soon(() => expect(app.store.getState().training.status).toBe('finished'));
    expect(app.store.getState().currentRun?.id).toBe(first);
    expect(app.services.metricLog.getSnapshot()).toEqual(app.store.getState().currentRun?.metrics);
  });
});
