import { describe, expect, it, vi } from 'vitest';
import { headProbabilities } from '../domain/head-forward.ts';
import { DEFAULT_HYPERPARAMETERS } from '../domain/hyperparameter-specs.ts';
import type { EpochMetrics } from '../domain/metrics.ts';
import type { TrainingData } from '../protocol/engine-messages.ts';
import { fakeArtifacts, fakeCard } from './fake-engine-worker.ts';
import { createFakeEngine, type FakeEngine } from './fake-engine.ts';
import { fakePhotoFile, fakeRefusedFile } from './fake-intake.ts';

const WIDTH = 6;
const settings = {
  ...DEFAULT_HYPERPARAMETERS,
  epochs: 12,
  learningRate: 0.1,
  earlyStopping: false,
};

async function embedFile(engine: FakeEngine, file: Blob): Promise<Float32Array> {
  const prepared = await engine.preparePhoto(file, 512);
  if (prepared.kind === 'refused') throw new Error(prepared.code);
  return engine.embed(await engine.photoPixels(prepared.image, 8, 'crop'), 1);
}

/** Eight photos of two looks; the last two of each validate. */
async function ready(): Promise<{ engine: FakeEngine; data: TrainingData }> {
  const engine = createFakeEngine();
  await engine.useBackends({ embedding: 'wasm', head: 'wasm' }, ['cpu']);
  await engine.loadBackbone(fakeCard('fake', WIDTH, 8), fakeArtifacts());
  const files = ['cat', 'dog'].flatMap((look) => [1, 2, 3, 4].map((n) => fakePhotoFile(look, n)));
  const rows = await Promise.all(files.map((file) => embedFile(engine, file)));
  const data: TrainingData = {
    dataKey: 'key',
    embeddings: Float32Array.from(rows.flatMap((row) => [...row])),
    count: 8,
    dim: WIDTH,
    labels: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1),
    classCount: 2,
    trainRows: Int32Array.of(0, 1, 4, 5),
    validationRows: Int32Array.of(2, 3, 6, 7),
  };
  await engine.loadTrainingData(data);
  return { engine, data };
}

describe('createFakeEngine', () => {
  it('learns to tell looks apart, and the same way every time', async () => {
    const { engine, data } = await ready();
    const curve: EpochMetrics[] = [];
    const request = { dataKey: 'key', hyperparameters: settings };
    const outcome = await engine.train({
      ...request,
      runId: 'a',
      onEpoch: (metrics) => curve.push(metrics),
    });
    expect(outcome).toMatchObject({ end: 'completed', epochsDone: 12 });
    expect(curve.at(-1)?.trainLoss).toBeLessThan(curve[0]?.trainLoss ?? 0);
    expect(curve.at(-1)?.validationAccuracy).toBe(1);
    const cat = await embedFile(engine, fakePhotoFile('cat', 99));
    const [asCat = 0, asDog = 1] = headProbabilities(outcome.bestHead, cat, 1);
    expect(asCat).toBeGreaterThan(asDog);
    const again = await engine.train({ ...request, runId: 'b', onEpoch: () => undefined });
    expect(again).toEqual(outcome);
    expect(await engine.checkpoint('a', outcome.bestEpoch)).toEqual(outcome.bestHead);
    expect(await engine.checkpoint('a', 99)).toBeNull();
    expect(data.embeddings.length).toBe(8 * WIDTH);
  });

  it('pauses, goes on and stops', async () => {
    const { engine } = await ready();
    const seen = vi.fn<(metrics: EpochMetrics) => void>();
    engine.control.delay('train', 2);
    const hyperparameters = { ...settings, epochs: 10_000 };
    const run = engine.train({ runId: 'a', dataKey: 'key', hyperparameters, onEpoch: seen });
    await vi.waitFor(() => expect(seen).toHaveBeenCalled());
    await engine.pauseTraining('a');
    const atPause = seen.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen.mock.calls.length).toBe(atPause);
    await engine.resumeTraining('a');
    await vi.waitFor(() => expect(seen.mock.calls.length).toBeGreaterThan(atPause));
    await engine.stopTraining('a');
    expect((await run).end).toBe('stopped');
  });

  it('counts, fails, holds and aborts calls as it is told', async () => {
    const engine = createFakeEngine();
    engine.control.failNext('preparePhoto', 'worker-died');
    const file = fakePhotoFile('cat');
    await expect(engine.preparePhoto(file, 10)).rejects.toMatchObject({ code: 'worker-died' });
    const release = engine.control.hold('preparePhoto');
    const abort = new AbortController();
    const aborted = engine.preparePhoto(file, 10, abort.signal);
    const held = engine.preparePhoto(file, 10);
    abort.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    release();
    expect((await held).kind).toBe('prepared');
    expect(engine.control.count('preparePhoto')).toBe(3);
    expect(await engine.preparePhoto(fakeRefusedFile('heic'), 10)).toEqual({
      kind: 'refused',
      code: 'heic',
    });
  });

  it('refuses work out of order as the real engine does', async () => {
    const engine = createFakeEngine();
    await expect(engine.embed(new Uint8Array(12), 1)).rejects.toMatchObject({
      code: 'backbone-not-loaded',
    });
    const request = { runId: 'a', dataKey: 'x', hyperparameters: settings };
    await expect(engine.train({ ...request, onEpoch: () => undefined })).rejects.toMatchObject({
      code: 'data-not-loaded',
    });
  });
});
