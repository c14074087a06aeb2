import { describe, expect, it, vi } from 'vitest';
import type { Hyperparameters } from '../domain/hyperparameters.ts';
import type { EpochMetrics } from '../domain/metrics.ts';
import type { IntakeRequestMap } from '../protocol/intake-messages.ts';
import {
  fail,
  fakeArtifacts,
  fakeCard,
  fakeEngineWorkers,
  fakeTrainingData,
  type EngineHandlers,
  type FakeEngineWorkers,
} from '../testing/fake-engine-worker.ts';
import { createFakeWorker, forever, untilCancelled, wait } from '../testing/fake-worker.ts';
import { createEngine, type CreateEngineOptions } from './create-engine.ts';
import type { Engine, EngineNotice } from './engine.ts';

function make(
  override?: (index: number) => EngineHandlers,
  deadlines: CreateEngineOptions['deadlines'] = {},
): { engine: Engine; workers: FakeEngineWorkers; notices: EngineNotice[] } {
  const workers = fakeEngineWorkers(override);
  const engine = createEngine({
    createEngineWorker: workers.create,
    createIntakeWorker: () =>
      createFakeWorker<IntakeRequestMap>({
        'photo/prepare': () => ({ kind: 'refused', code: 'heic' }),
        'photo/pixels': ({ size }) => ({ pixels: new Uint8Array(3 * size * size) }),
      }),
    wasmPath: 'wasm/',
    hardwareConcurrency: 4,
    deadlines: { openMs: 200, checkMs: 200, cancelMs: 60, ...deadlines },
  });
  const notices: EngineNotice[] = [];
  engine.subscribe((notice) => notices.push(notice));
  return { engine, workers, notices };
}

const BOTH_WASM = { embedding: 'wasm', head: 'wasm' } as const;
const settings = { epochs: 3 } as Hyperparameters;
const longRun = { epochs: 100_000 } as Hyperparameters;

function batch(count: number, firstByte: number): Uint8Array {
  return new Uint8Array(count * 12).fill(firstByte);
}

async function readyToTrain(
  override?: (index: number) => EngineHandlers,
  deadlines?: CreateEngineOptions['deadlines'],
): Promise<ReturnType<typeof make>> {
  const made = make(override, deadlines);
  await made.engine.useBackends(BOTH_WASM, ['cpu']);
  await made.engine.loadTrainingData(fakeTrainingData());
  return made;
}

describe('backends', () => {
  it('start no worker until they are needed, then one per workload', async () => {
    const { engine, workers } = make();
    await wait(1);
    expect(workers.made.length).toBe(0);
    expect(await engine.useBackends({ embedding: 'webgl', head: 'wasm' }, ['cpu'])).toEqual({
      embedding: 'webgl',
      head: 'wasm',
    });
    expect(workers.made.length).toBe(2);
  });

  it('fall through the list each for itself', async () => {
    const { engine } = make(() => ({
      'backend/open': ({ backend }) =>
        backend === 'webgpu' ? fail('backend-unavailable') : { backend, openMs: 1, device: null },
    }));
    const used = await engine.useBackends({ embedding: 'webgpu', head: 'wasm' }, ['webgl', 'cpu']);
    expect(used).toEqual({ embedding: 'webgl', head: 'wasm' });
  });
});

describe('embedding', () => {
  it('answers with the embeddings of each photo', async () => {
    const { engine } = make();
    await engine.useBackends(BOTH_WASM, ['cpu']);
    const loaded = await engine.loadBackbone(fakeCard('b', 2), fakeArtifacts());
    expect(loaded).toMatchObject({ backboneId: 'b', embeddingWidth: 2, backend: 'wasm' });
    const pixels = Uint8Array.from([...batch(1, 5), ...batch(1, 6)]);
    expect(await engine.embed(pixels, 2)).toEqual(Float32Array.of(5, 5, 6, 6));
  });

  it('lets a live photo wait for one batch at most', async () => {
    const order: number[] = [];
    const { engine } = make(() => ({
      embed: async ({ count }) => {
        await wait(4);
        order.push(count);
        return { embeddings: new Float32Array(count), width: 1, computeMs: 4 };
      },
    }));
    await engine.useBackends(BOTH_WASM, ['cpu']);
    await engine.loadBackbone(fakeCard(), fakeArtifacts());
    const batches = [32, 31, 30, 29].map((count) => engine.embed(batch(count, 1), count));
    await Promise.all([...batches, engine.embed(batch(1, 1), 1)]);
    expect(order.indexOf(1)).toBeLessThanOrEqual(1);
    expect(order.filter((count) => count > 1)).toEqual([32, 31, 30, 29]);
  });

  it('drops an aborted batch before it is sent, and holds the next back until one under way ends', async () => {
    const { engine, workers } = make(() => ({
      embed: async ({ count }, { signal }) => {
        if (count === 2) return untilCancelled(signal);
        return { embeddings: new Float32Array(count), width: 1, computeMs: 1 };
      },
    }));
    await engine.useBackends(BOTH_WASM, ['cpu']);
    await engine.loadBackbone(fakeCard(), fakeArtifacts());
    const embedder = workers.made[0];
    const abort = new AbortController();
    const running = engine.embed(batch(2, 1), 2, abort.signal);
    const waiting = engine.embed(batch(3, 1), 3, abort.signal);
    const kept = engine.embed(batch(4, 1), 4);
    await vi.waitFor(() => expect(embedder?.received).toContain('embed'));
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
    expect((await kept).length).toBe(4);
    expect(embedder?.received.filter((name) => name === 'embed').length).toBe(2);
  });

  it('refuses pixels that waited for a backbone that is gone', async () => {
    const { engine } = make();
    await engine.useBackends(BOTH_WASM, ['cpu']);
    await engine.loadBackbone(fakeCard('one'), fakeArtifacts());
    const first = engine.embed(batch(2, 1), 2);
    const second = engine.embed(batch(3, 1), 3);
    const loading = engine.loadBackbone(fakeCard('two'), fakeArtifacts());
    const results = await Promise.allSettled([first, second]);
    await loading;
    expect(results[1]).toMatchObject({ reason: { code: 'backbone-not-loaded' } });
    expect((await engine.embed(batch(1, 3), 1))[0]).toBe(3);
  });
});

describe('training', () => {
  it('reports every epoch in order to its own run', async () => {
    const { engine } = await readyToTrain();
    const epochs: number[] = [];
    const outcome = await engine.train({
      runId: 'run-1',
      dataKey: 'data-1',
      hyperparameters: settings,
      onEpoch: ({ epoch }) => epochs.push(epoch),
    });
    expect(outcome).toMatchObject({ end: 'completed', epochsDone: 3, backend: 'wasm' });
    expect(epochs).toEqual([1, 2, 3]);
  });

  it('stops with the outcome so far; pausing and stopping what does not run does nothing', async () => {
    const { engine, workers } = await readyToTrain();
    const seen = vi.fn<(metrics: EpochMetrics) => void>();
    const run = engine.train({
      runId: 'run-1',
      dataKey: 'data-1',
      hyperparameters: longRun,
      onEpoch: seen,
    });
    await vi.waitFor(() => expect(seen).toHaveBeenCalled());
    await engine.pauseTraining('run-1');
    await engine.resumeTraining('run-1');
    await engine.stopTraining('run-1');
    expect((await run).end).toBe('stopped');
    await engine.stopTraining('run-1');
    await engine.pauseTraining('no-such-run');
    expect(workers.made[1]?.received.filter((name) => name === 'head/stop').length).toBe(1);
  });

  it('stops a run in the same breath as it was started', async () => {
    const { engine } = await readyToTrain();
    const onEpoch = vi.fn<(metrics: EpochMetrics) => void>();
    const run = engine.train({
      runId: 'run-1',
      dataKey: 'data-1',
      hyperparameters: longRun,
      onEpoch,
    });
    await engine.stopTraining('run-1');
    expect((await run).end).toBe('stopped');
    expect(onEpoch.mock.calls.length).toBeLessThan(20);
  });

  it('rejects at once when aborted and sends no epoch after that', async () => {
    const { engine, notices } = await readyToTrain();
    const seen = vi.fn<(metrics: EpochMetrics) => void>();
    const abort = new AbortController();
    const run = engine.train(
      { runId: 'run-1', dataKey: 'data-1', hyperparameters: longRun, onEpoch: seen },
      abort.signal,
    );
    await vi.waitFor(() => expect(seen).toHaveBeenCalled());
    abort.abort();
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
    const count = seen.mock.calls.length;
    await wait(15);
    expect(seen.mock.calls.length).toBe(count);
    expect(notices).toEqual([]);
  });

  it('rejects when the worker dies; the data is there for the next run', async () => {
    const { engine, workers, notices } = await readyToTrain();
    const seen = vi.fn<(metrics: EpochMetrics) => void>();
    const request = { dataKey: 'data-1', onEpoch: seen };
    const run = engine.train({ ...request, runId: 'run-1', hyperparameters: longRun });
    await vi.waitFor(() => expect(seen).toHaveBeenCalled());
    workers.made[1]?.crash();
    await expect(run).rejects.toMatchObject({ code: 'worker-died' });
    expect(await engine.checkpoint('run-1', 1)).toBeNull();
    const next = await engine.train({ ...request, runId: 'run-2', hyperparameters: settings });
    expect(next.end).toBe('completed');
    expect(notices).toEqual([{ type: 'worker-restarted', role: 'head', reason: 'crashed' }]);
  });

  it('ends a worker that goes on after a stop', async () => {
    const { engine, notices } = await readyToTrain(
      (index) => (index === 1 ? { 'head/train': forever } : {}),
      { stopMs: 40 },
    );
    const run = engine.train({
      runId: 'run-1',
      dataKey: 'data-1',
      hyperparameters: settings,
      onEpoch: () => undefined,
    });
    await engine.stopTraining('run-1');
    await expect(run).rejects.toMatchObject({ code: 'worker-timeout' });
    await vi.waitFor(() => expect(notices.map(({ type }) => type)).toEqual(['worker-restarted']));
  });

  it('ends a worker that falls silent, but not one that is only slow', async () => {
    const hasHung = await readyToTrain(() => ({ 'head/train': forever, memory: forever }), {
      silenceMs: 60,
      heartbeatMs: 10,
    });
    const slow = await readyToTrain(
      () => ({
        'head/train': async () => {
          await wait(150);
          return fail('data-not-loaded');
        },
      }),
      { silenceMs: 60, heartbeatMs: 10 },
    );
    const request = {
      runId: 'run-1',
      dataKey: 'data-1',
      hyperparameters: settings,
      onEpoch: () => undefined,
    };
    const silentRun = hasHung.engine.train(request);
    const slowRun = slow.engine.train(request);
    await expect(silentRun).rejects.toMatchObject({ code: 'worker-timeout' });
    await expect(slowRun).rejects.toMatchObject({ code: 'data-not-loaded' });
    hasHung.engine.dispose();
    expect(slow.notices).toEqual([]);
  });
});

describe('intake', () => {
  it('passes refusals on as values and pixels as pixels', async () => {
    const { engine } = make();
    const file = new Blob(['x']);
    expect(await engine.preparePhoto(file, 100)).toEqual({ kind: 'refused', code: 'heic' });
    expect((await engine.photoPixels(file, 4, 'crop')).length).toBe(48);
    expect(engine.intakeParallelism).toBe(3);
  });
});

it('dispose ends everything and tells nobody', async () => {
  const { engine, workers, notices } = await readyToTrain();
  const seen = vi.fn<(metrics: EpochMetrics) => void>();
  const run = engine.train({
    runId: 'run-1',
    dataKey: 'data-1',
    hyperparameters: longRun,
    onEpoch: seen,
  });
  await vi.waitFor(() => expect(seen).toHaveBeenCalled());
  engine.dispose();
  await expect(run).rejects.toMatchObject({ code: 'aborted' });
  await expect(engine.memory('head')).rejects.toMatchObject({ code: 'aborted' });
  expect(workers.made.every(({ terminated }) => terminated)).toBe(true);
  expect(notices).toEqual([]);
});
