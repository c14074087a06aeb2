import { describe, expect, it, vi } from 'vitest';
import type { IntakeEvent, IntakeRequestMap } from '../protocol/intake-messages.ts';
import {
  createFakeWorker,
  forever,
  untilCancelled,
  wait,
  type FakeHandlers,
  type FakeWorker,
  type FakeWorkerOptions,
} from '../testing/fake-worker.ts';
import { IntakePool, intakePoolSize } from './intake-pool.ts';

type Handlers = FakeHandlers<IntakeRequestMap, IntakeEvent>;

function pool(
  size: number,
  handlers: Handlers,
  options: FakeWorkerOptions & { taskTimeoutMs?: number; cancelDeadlineMs?: number } = {},
): { intake: IntakePool; workers: FakeWorker<IntakeEvent>[]; replaced: string[] } {
  const workers: FakeWorker<IntakeEvent>[] = [];
  const replaced: string[] = [];
  const intake = new IntakePool({
    size,
    createWorker: () => {
      const worker = createFakeWorker<IntakeRequestMap>(handlers, options);
      workers.push(worker);
      return worker;
    },
    onReplaced: (reason) => replaced.push(reason),
    taskTimeoutMs: options.taskTimeoutMs ?? 1000,
    cancelDeadlineMs: options.cancelDeadlineMs ?? 1000,
    readyTimeoutMs: 1000,
  });
  return { intake, workers, replaced };
}

/** The photo's size stands for its first byte: what it does is decided by what it is. */
function photo(size: number): { image: Blob; size: number; fit: 'crop' } {
  return { image: new Blob(['x']), size, fit: 'crop' };
}
const pixelsOf: Handlers = {
  'photo/pixels': ({ size }) => ({ pixels: Uint8Array.of(size) }),
};

describe('the pool', () => {
  it.each([
    [1, 1],
    [2, 1],
    [4, 3],
    [16, 4],
  ])('for %i cores has %i workers', (cores, workers) => {
    expect(intakePoolSize(cores)).toBe(workers);
  });

  it('starts workers only when there is work, and uses all of them', async () => {
    let running = 0;
    let most = 0;
    const { intake, workers } = pool(3, {
      'photo/pixels': async ({ size }) => {
        most = Math.max(most, ++running);
        await wait(5);
        running--;
        return { pixels: Uint8Array.of(size) };
      },
    });
    expect(workers.length).toBe(0);
    const calls = Array.from({ length: 9 }, (_, size) => intake.call('photo/pixels', photo(size)));
    const sizes = (await Promise.all(calls)).map(({ pixels }) => pixels[0]);
    expect(sizes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect([workers.length, most]).toEqual([3, 3]);
  });

  it('does live work first, then pixels, then new photos', async () => {
    const order: string[] = [];
    const { intake } = pool(1, {
      'photo/prepare': () => {
        order.push('prepare');
        return { kind: 'refused', code: 'empty' };
      },
      'photo/pixels': () => {
        order.push('pixels');
        return { pixels: new Uint8Array(1) };
      },
      'canvas/check': () => {
        order.push('live');
        return { tampered: false, changedShare: 0, largestChange: 0 };
      },
    });
    const file = new Blob(['x']);
    await Promise.all([
      intake.call('photo/prepare', { file, maxSide: 10 }),
      intake.call('photo/prepare', { file, maxSide: 10 }),
      intake.call('photo/pixels', photo(1)),
      intake.call('canvas/check', {}),
    ]);
    expect(order).toEqual(['prepare', 'live', 'pixels', 'prepare']);
  });
});

describe('abort', () => {
  it('takes a waiting task out of the queue', async () => {
    const seen: number[] = [];
    const { intake } = pool(1, {
      'photo/pixels': async ({ size }) => {
        seen.push(size);
        await wait(5);
        return { pixels: new Uint8Array(1) };
      },
    });
    const abort = new AbortController();
    const first = intake.call('photo/pixels', photo(1));
    const second = intake.call('photo/pixels', photo(2), { signal: abort.signal });
    const third = intake.call('photo/pixels', photo(3));
    abort.abort();
    await expect(second).rejects.toMatchObject({ code: 'aborted' });
    await Promise.all([first, third]);
    expect(seen).toEqual([1, 3]);
  });

  it('rejects a running task at once and keeps the worker busy until it obeys', async () => {
    const { intake, workers, replaced } = pool(1, {
      'photo/pixels': ({ size }, { signal }) =>
        size === 0 ? untilCancelled(signal) : { pixels: Uint8Array.of(size) },
    });
    const abort = new AbortController();
    const first = intake.call('photo/pixels', photo(0), { signal: abort.signal });
    await vi.waitFor(() => expect(workers[0]?.received.length).toBe(1));
    abort.abort();
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    expect((await intake.call('photo/pixels', photo(7))).pixels[0]).toBe(7);
    expect([workers.length, replaced.length]).toEqual([1, 0]);
  });

  it('replaces a worker that does not obey', async () => {
    const { intake, workers, replaced } = pool(
      1,
      { 'photo/pixels': ({ size }) => (size === 0 ? forever() : { pixels: Uint8Array.of(size) }) },
      { cancelDeadlineMs: 30 },
    );
    const abort = new AbortController();
    const first = intake.call('photo/pixels', photo(0), { signal: abort.signal });
    await vi.waitFor(() => expect(workers[0]?.received.length).toBe(1));
    abort.abort();
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    expect((await intake.call('photo/pixels', photo(7))).pixels[0]).toBe(7);
    expect([workers.length, replaced]).toEqual([2, ['hung']]);
  });
});

describe('a worker that dies', () => {
  it('costs only the file that killed it, after one more try', async () => {
    let tries = 0;
    const { intake, workers, replaced } = pool(2, {
      'photo/pixels': async ({ size }, { crash }) => {
        if (size === 3) {
          tries++;
          crash();
          return forever();
        }
        await wait(3);
        return { pixels: Uint8Array.of(size) };
      },
    });
    const calls = Array.from({ length: 8 }, (_, size) => intake.call('photo/pixels', photo(size)));
    const results = await Promise.allSettled(calls);
    const failed = results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));
    expect(failed).toEqual([3]);
    await expect(calls[3]).rejects.toMatchObject({ code: 'worker-died' });
    expect(tries).toBe(2);
    expect(replaced).toEqual(['crashed', 'crashed']);
    expect(workers.length).toBeLessThanOrEqual(4);
  });

  it('is forgiven when the second try works', async () => {
    let tries = 0;
    const { intake } = pool(1, {
      'photo/pixels': ({ size }, { crash }) => {
        if (tries++ > 0) return { pixels: Uint8Array.of(size) };
        crash();
        return forever();
      },
    });
    expect((await intake.call('photo/pixels', photo(5))).pixels[0]).toBe(5);
  });

  it('does not repeat a task whose data went with it', async () => {
    const { intake } = pool(1, {
      'frame/encode': (_payload, { crash }) => {
        crash();
        return forever();
      },
      ...pixelsOf,
    });
    // A buffer stands in for the frame: Node has no ImageBitmap.
    const frame = new ArrayBuffer(4);
    const call = intake.call(
      'frame/encode',
      { frame: frame as unknown as ImageBitmap, maxSide: 1 },
      { transfer: [frame] },
    );
    await expect(call).rejects.toMatchObject({ code: 'worker-died' });
    expect((await intake.call('photo/pixels', photo(2))).pixels[0]).toBe(2);
  });

  it('counts a file that takes forever as one that kills', async () => {
    const { intake } = pool(
      1,
      { 'photo/pixels': ({ size }) => (size === 0 ? forever() : { pixels: Uint8Array.of(size) }) },
      { taskTimeoutMs: 40 },
    );
    const endless = intake.call('photo/pixels', photo(0));
    const neighbour = intake.call('photo/pixels', photo(4));
    await expect(endless).rejects.toMatchObject({ code: 'worker-timeout' });
    expect((await neighbour).pixels[0]).toBe(4);
  });

  it('before it starts, three times over, ends the wait of everything queued', async () => {
    const { intake, workers, replaced } = pool(1, pixelsOf, { protocol: 999 });
    const calls = [1, 2, 3, 4, 5].map((size) => intake.call('photo/pixels', photo(size)));
    const results = await Promise.allSettled(calls);
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(workers.length).toBeLessThanOrEqual(5);
    expect(replaced).toEqual([]);
  });
});

it('rejects what waits and what comes later after dispose', async () => {
  const { intake } = pool(1, { 'photo/pixels': forever });
  const calls = [1, 2].map((size) => intake.call('photo/pixels', photo(size)));
  await wait(5);
  intake.dispose();
  calls.push(intake.call('photo/pixels', photo(3)));
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'aborted' });
});
