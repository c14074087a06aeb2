import { describe, expect, it, vi } from 'vitest';
import {
  fail,
  fakeArtifacts,
  fakeCard,
  fakeEngineWorkers,
  fakeTrainingData,
  type EngineHandlers,
  type FakeEngineWorkers,
} from '../testing/fake-engine-worker.ts';
import { forever, untilCancelled, type FakeWorkerOptions } from '../testing/fake-worker.ts';
import type { EngineNotice } from './engine.ts';
import { WorkerSupervisor } from './worker-supervisor.ts';

function supervise(
  override?: (index: number) => EngineHandlers,
  options?: (index: number) => FakeWorkerOptions,
): {
  supervisor: WorkerSupervisor;
  workers: FakeEngineWorkers;
  notices: EngineNotice[];
  clock: { now: number };
} {
  const workers = fakeEngineWorkers(override, options);
  const notices: EngineNotice[] = [];
  const clock = { now: 0 };
  const supervisor = new WorkerSupervisor({
    role: 'embedding',
    createWorker: workers.create,
    wasmPath: 'wasm/',
    onEvent: () => undefined,
    onNotice: (notice) => notices.push(notice),
    deadlines: { openMs: 60, checkMs: 60, cancelMs: 60 },
    now: () => clock.now,
  });
  return { supervisor, workers, notices, clock };
}

const crashing: EngineHandlers['embed'] = (_payload, { crash }) => {
  crash();
  return forever();
};
const onePhoto = { pixels: Uint8Array.of(9, 9, 9), count: 1 };

describe('choosing a backend', () => {
  it('opens and checks the first of the chain, once', async () => {
    const { supervisor, workers } = supervise();
    expect(supervisor.isRunning).toBe(false);
    expect(await supervisor.use(['wasm', 'cpu'])).toBe('wasm');
    expect(await supervisor.use(['wasm', 'cpu'])).toBe('wasm');
    expect(workers.made.length).toBe(1);
    expect(workers.last.received).toEqual(['backend/open', 'backend/check']);
  });

  it('falls through backends that cannot be opened, hang or compute wrong numbers', async () => {
    const { supervisor, workers, notices } = supervise(
      (index) =>
        [
          { 'backend/open': () => fail('backend-unavailable') },
          { 'backend/open': forever },
          { 'backend/check': () => ({ right: false, forwardError: 1, gradientError: 1 }) },
          {},
        ][index] ?? {},
    );
    expect(await supervisor.use(['webgpu', 'webgl', 'wasm', 'cpu'])).toBe('cpu');
    expect(workers.made.map(({ terminated }) => terminated)).toEqual([true, true, true, false]);
    expect(notices).toEqual([]);
  });

  it('rejects with the last error when none works, and tries again when asked again', async () => {
    const { supervisor } = supervise((index) =>
      index < 2 ? { 'backend/open': () => fail('backend-unavailable') } : {},
    );
    await expect(supervisor.use(['webgl', 'wasm'])).rejects.toMatchObject({
      code: 'backend-unavailable',
    });
    expect(await supervisor.use(['webgl', 'wasm'])).toBe('webgl');
  });

  it('moves everything to a newly chosen backend, calls under way included', async () => {
    const { supervisor, workers, notices } = supervise((index) =>
      index === 0 ? { embed: (_payload, { signal }) => untilCancelled(signal) } : {},
    );
    await supervisor.use(['wasm']);
    await supervisor.loadBackbone(fakeCard(), fakeArtifacts());
    const embedding = supervisor.embed(onePhoto, {});
    await vi.waitFor(() => expect(workers.last.received).toContain('embed'));
    expect(await supervisor.use(['cpu'])).toBe('cpu');
    expect((await embedding).embeddings).toEqual(Float32Array.of(9, 9, 9, 9));
    expect(workers.made.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(notices).toEqual([]);
  });

  it('rejects calls made before any backend was chosen', async () => {
    const { supervisor } = supervise();
    await expect(supervisor.request('memory', {}, { retry: true })).rejects.toMatchObject({
      code: 'bad-request',
    });
  });

  it('stops waiting at once when aborted', async () => {
    const { supervisor } = supervise(() => ({ 'backend/open': forever }));
    const abort = new AbortController();
    const opening = supervisor.use(['wasm'], abort.signal);
    abort.abort();
    await expect(opening).rejects.toMatchObject({ code: 'aborted' });
    supervisor.dispose();
  });
});

describe('a worker that dies', () => {
  it('is replaced, set up again in full, and the call is repeated', async () => {
    const { supervisor, workers, notices } = supervise((index) =>
      index === 0 ? { embed: crashing } : {},
    );
    await supervisor.use(['wasm', 'cpu']);
    await supervisor.loadBackbone(fakeCard(), fakeArtifacts());
    await supervisor.loadData(fakeTrainingData());
    const { embeddings } = await supervisor.embed(onePhoto, {});
    expect(embeddings).toEqual(Float32Array.of(9, 9, 9, 9));
    // The check is not repeated: this backend was found right before.
    expect(workers.last.received).toEqual([
      'backend/open',
      'head/load-data',
      'backbone/load',
      'embed',
    ]);
    expect(notices).toEqual([{ type: 'worker-restarted', role: 'embedding', reason: 'crashed' }]);
  });

  it('is replaced while idle, without being asked', async () => {
    const { supervisor, workers, notices } = supervise();
    await supervisor.use(['wasm']);
    await supervisor.loadBackbone(fakeCard(), fakeArtifacts());
    workers.last.crash();
    await vi.waitFor(() => expect(notices.length).toBe(1));
    expect(workers.made.length).toBe(2);
    expect(workers.last.received).toContain('backbone/load');
  });

  it('does not repeat a call that must not be repeated', async () => {
    const { supervisor, workers } = supervise(() => ({ 'head/train': forever }));
    await supervisor.use(['wasm']);
    await supervisor.loadData(fakeTrainingData());
    const hyperparameters = {} as never;
    const call = supervisor.request(
      'head/train',
      { runId: 'r', dataKey: 'data-1', hyperparameters },
      { retry: false },
    );
    await vi.waitFor(() => expect(workers.last.received).toContain('head/train'));
    workers.last.crash();
    await expect(call).rejects.toMatchObject({ code: 'worker-died' });
    await supervisor.request('memory', {}, { retry: true });
    expect(workers.last.received).not.toContain('head/train');
    expect(workers.last.received).toContain('head/load-data');
  });

  it('falls to the next backend when it dies a second time within the minute', async () => {
    const { supervisor, workers, notices, clock } = supervise();
    await supervisor.use(['webgl', 'wasm']);
    workers.last.crash();
    await vi.waitFor(() => expect(notices.length).toBe(1));
    clock.now = 30_000;
    workers.last.crash();
    await vi.waitFor(() => expect(notices.length).toBe(2));
    expect(notices[1]).toEqual({
      type: 'backend-fell-back',
      role: 'embedding',
      from: 'webgl',
      to: 'wasm',
    });
    expect(workers.last.received).toEqual(['backend/open', 'backend/check']);
  });

  it('stays on its backend when deaths are far apart', async () => {
    const { supervisor, workers, notices, clock } = supervise();
    await supervisor.use(['webgl', 'wasm']);
    for (let death = 1; death <= 5; death++) {
      workers.last.crash();
      await vi.waitFor(() => expect(notices.length).toBe(death));
      clock.now += 61_000;
    }
    expect(notices.every(({ type }) => type === 'worker-restarted')).toBe(true);
  });

  it('gives up in a death loop, says so to every caller, and recovers when a backend is chosen', async () => {
    const { supervisor, workers } = supervise((index) =>
      index === 0 || index > 3
        ? {}
        : { 'backend/open': (_payload, { crash }) => (crash('again'), forever()) },
    );
    await supervisor.use(['cpu']);
    workers.last.crash();
    const expected = { code: 'worker-died', detail: { reason: 'gave-up', deaths: 4 } };
    await expect(supervisor.request('memory', {}, { retry: true })).rejects.toMatchObject(expected);
    await expect(supervisor.request('memory', {}, { retry: true })).rejects.toMatchObject(expected);
    expect(workers.made.length).toBe(4);
    expect(await supervisor.use(['cpu'])).toBe('cpu');
  });

  it('does not try other backends when the script itself does not start', async () => {
    const { supervisor, workers } = supervise(undefined, () => ({ protocol: 999 }));
    await expect(supervisor.use(['webgl', 'wasm', 'cpu'])).rejects.toMatchObject({
      code: 'protocol-mismatch',
    });
    expect(workers.made.length).toBe(1);
  });

  it('repeats a call once only: a batch that kills workers is given back', async () => {
    const { supervisor, workers } = supervise(() => ({ embed: crashing }));
    await supervisor.use(['wasm']);
    await supervisor.loadBackbone(fakeCard(), fakeArtifacts());
    await expect(supervisor.embed(onePhoto, {})).rejects.toMatchObject({ code: 'worker-died' });
    expect(workers.made.filter(({ received }) => received.includes('embed')).length).toBe(2);
  });

  it('is replaced when it does not settle a cancelled call in time', async () => {
    const { supervisor, workers, notices } = supervise(() => ({ embed: forever }));
    await supervisor.use(['wasm']);
    await supervisor.loadBackbone(fakeCard(), fakeArtifacts());
    const abort = new AbortController();
    const call = supervisor.embed(onePhoto, { signal: abort.signal });
    await vi.waitFor(() => expect(workers.last.received).toContain('embed'));
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    await vi.waitFor(() =>
      expect(notices).toEqual([{ type: 'worker-restarted', role: 'embedding', reason: 'hung' }]),
    );
  });
});

describe('a backend that fails', () => {
  it('is left at once when its device is lost, and the call goes on elsewhere', async () => {
    const { supervisor, workers, notices } = supervise((index) =>
      index === 0 ? { embed: (_payload, { signal }) => untilCancelled(signal) } : {},
    );
    await supervisor.use(['webgpu', 'wasm']);
    await supervisor.loadBackbone(fakeCard(), fakeArtifacts());
    const call = supervisor.embed(onePhoto, {});
    await vi.waitFor(() => expect(workers.last.received).toContain('embed'));
    workers.last.emit({ type: 'device-lost', backend: 'webgpu' });
    expect((await call).width).toBe(4);
    expect(notices).toEqual([
      { type: 'backend-fell-back', role: 'embedding', from: 'webgpu', to: 'wasm' },
    ]);
  });

  it('is restarted when its device is lost and there is no other', async () => {
    const { supervisor, workers, notices } = supervise();
    await supervisor.use(['webgpu']);
    workers.last.emit({ type: 'device-lost', backend: 'webgpu' });
    await vi.waitFor(() =>
      expect(notices).toEqual([
        { type: 'worker-restarted', role: 'embedding', reason: 'device-lost' },
      ]),
    );
  });

  it('gets a second chance, then the next backend takes over', async () => {
    const { supervisor, workers, notices } = supervise((index) =>
      index === 0 ? { embed: () => fail('backend-failed') } : {},
    );
    await supervisor.use(['webgl', 'wasm']);
    await supervisor.loadBackbone(fakeCard(), fakeArtifacts());
    expect((await supervisor.embed(onePhoto, {})).width).toBe(4);
    expect(workers.made[0]?.received.filter((name) => name === 'embed').length).toBe(2);
    expect(notices.map(({ type }) => type)).toEqual(['backend-fell-back']);
  });

  it('reports a failure on the last backend instead of looping', async () => {
    const { supervisor, workers } = supervise(() => ({ embed: () => fail('backend-failed') }));
    await supervisor.use(['cpu']);
    await supervisor.loadBackbone(fakeCard(), fakeArtifacts());
    await expect(supervisor.embed(onePhoto, {})).rejects.toMatchObject({ code: 'backend-failed' });
    expect(workers.made.length).toBe(1);
  });

  it('is left when it does not reproduce the golden embedding', async () => {
    const { supervisor, notices } = supervise((index) =>
      index === 0 ? { 'backbone/load': () => fail('backbone-wrong-numbers') } : {},
    );
    await supervisor.use(['webgl', 'wasm']);
    const loaded = await supervisor.loadBackbone(fakeCard(), fakeArtifacts());
    expect(loaded.backend).toBe('wasm');
    expect(notices.length).toBe(1);
  });
});

describe('the backbone', () => {
  it('is required for embedding', async () => {
    const { supervisor } = supervise();
    await supervisor.use(['wasm']);
    await expect(supervisor.embed(onePhoto, {})).rejects.toMatchObject({
      code: 'backbone-not-loaded',
    });
  });

  it('that cannot be loaded is reported and not kept for restarts', async () => {
    const { supervisor, workers } = supervise((index) =>
      index === 0 ? { 'backbone/load': () => fail('backbone-invalid') } : {},
    );
    await supervisor.use(['wasm']);
    await expect(supervisor.loadBackbone(fakeCard(), fakeArtifacts())).rejects.toMatchObject({
      code: 'backbone-invalid',
    });
    workers.last.crash();
    await supervisor.request('memory', {}, { retry: true });
    expect(workers.last.received).not.toContain('backbone/load');
  });

  it('keeps its weights and training data on this side', async () => {
    const { supervisor } = supervise();
    await supervisor.use(['wasm']);
    const artifacts = fakeArtifacts();
    const data = fakeTrainingData();
    await supervisor.loadBackbone(fakeCard(), artifacts);
    await supervisor.loadData(data);
    expect([artifacts.weights.byteLength, data.embeddings.length]).toEqual([16, 4]);
  });
});

it('does not blame the backend for data that is refused', async () => {
  const { supervisor, notices } = supervise(() => ({
    'head/load-data': () => fail('bad-request'),
  }));
  await supervisor.use(['webgl', 'wasm']);
  await expect(supervisor.loadData(fakeTrainingData())).rejects.toMatchObject({
    code: 'bad-request',
  });
  const opening = supervisor.use(['wasm', 'cpu']);
  const loading = supervisor.loadData(fakeTrainingData());
  await expect(loading).rejects.toMatchObject({ code: 'bad-request' });
  expect(await opening).toBe('wasm');
  expect(notices).toEqual([]);
});

it('rejects everything after dispose', async () => {
  const { supervisor, workers } = supervise(() => ({ memory: forever }));
  await supervisor.use(['wasm']);
  const call = supervisor.request('memory', {}, { retry: true });
  await vi.waitFor(() => expect(workers.last.received).toContain('memory'));
  supervisor.dispose();
  await expect(call).rejects.toMatchObject({ code: 'aborted' });
  await expect(supervisor.use(['wasm'])).rejects.toMatchObject({ code: 'aborted' });
  expect(workers.made.length).toBe(1);
});
