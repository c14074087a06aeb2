import { describe, expect, it, vi } from 'vitest';
import {
  createFakeWorker,
  forever,
  untilCancelled,
  wait,
  type FakeHandlers,
  type FakeWorker,
  type FakeWorkerOptions,
} from '../testing/fake-worker.ts';
import { WorkerChannel, type WorkerDown } from './worker-channel.ts';

interface Requests {
  echo: { in: { text: string }; out: string };
  slow: { in: { pixels: Uint8Array }; out: number };
  other: { in: { nothing?: never }; out: number };
}
interface Tick {
  readonly tick: number;
}

function open(
  handlers: FakeHandlers<Requests, Tick>,
  options: FakeWorkerOptions & { cancelDeadlineMs?: number; readyTimeoutMs?: number } = {},
): {
  worker: FakeWorker<Tick>;
  channel: WorkerChannel<Requests, Tick>;
  downs: WorkerDown[];
  events: Tick[];
} {
  const worker = createFakeWorker<Requests, Tick>(handlers, options);
  const downs: WorkerDown[] = [];
  const events: Tick[] = [];
  const channel = new WorkerChannel<Requests, Tick>({
    worker,
    onEvent: (event) => events.push(event),
    onDown: (down) => downs.push(down),
    cancelDeadlineMs: options.cancelDeadlineMs ?? 1000,
    readyTimeoutMs: options.readyTimeoutMs ?? 1000,
  });
  return { worker, channel, downs, events };
}

describe('requests and replies', () => {
  it('keeps requests made before ready and sends them in order', async () => {
    const { worker, channel } = open({ echo: ({ text }) => text }, { readyAfterMs: 20 });
    const both = Promise.all([
      channel.call('echo', { text: 'a' }),
      channel.call('echo', { text: 'b' }),
    ]);
    await wait(5);
    expect(worker.received).toEqual([]);
    expect(await both).toEqual(['a', 'b']);
  });

  it('carries code, message and detail of an error', async () => {
    const { channel } = open({
      echo: () => {
        throw Object.assign(new Error('x'));
      },
    });
    await expect(channel.call('echo', { text: '' })).rejects.toMatchObject({ code: 'internal' });
    await expect(channel.call('other', {})).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('transfers what it is told to transfer', async () => {
    const { channel } = open({ slow: ({ pixels }) => pixels.length });
    const kept = new Uint8Array(3);
    const given = new Uint8Array(4);
    expect(await channel.call('slow', { pixels: kept })).toBe(3);
    expect(await channel.call('slow', { pixels: given }, { transfer: [given.buffer] })).toBe(4);
    expect([kept.byteLength, given.byteLength]).toEqual([3, 0]);
  });

  it('rejects what cannot be cloned and goes on', async () => {
    const { channel } = open({ echo: ({ text }) => text });
    await channel.call('echo', { text: '' });
    const uncloneable = { text: (() => '') as unknown as string };
    await expect(channel.call('echo', uncloneable)).rejects.toMatchObject({ code: 'bad-request' });
    expect(await channel.call('echo', { text: 'still here' })).toBe('still here');
  });

  it('delivers events', async () => {
    const { channel, worker, events } = open({ echo: ({ text }) => text });
    await channel.call('echo', { text: '' });
    worker.emit({ tick: 7 });
    await vi.waitFor(() => expect(events).toEqual([{ tick: 7 }]));
  });
});

describe('abort', () => {
  it('rejects at once and tells the worker', async () => {
    const { channel, worker, downs } = open({
      slow: (_payload, { signal }) => untilCancelled(signal),
      echo: ({ text }) => text,
    });
    await channel.call('echo', { text: '' });
    const abort = new AbortController();
    const settled = vi.fn();
    const call = channel.call(
      'slow',
      { pixels: new Uint8Array(1) },
      { signal: abort.signal, onSettled: settled },
    );
    await vi.waitFor(() => expect(worker.received).toContain('slow'));
    abort.abort();
    expect(settled).not.toHaveBeenCalled();
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    await vi.waitFor(() => expect(settled).toHaveBeenCalledTimes(1));
    expect(downs).toEqual([]);
  });

  it('never sends a call aborted before ready or before it was made', async () => {
    const { channel, worker } = open({ echo: ({ text }) => text }, { readyAfterMs: 10 });
    const abort = new AbortController();
    const waiting = channel.call('echo', { text: 'a' }, { signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
    const late = channel.call('echo', { text: 'b' }, { signal: abort.signal });
    await expect(late).rejects.toMatchObject({ code: 'aborted' });
    await channel.call('echo', { text: 'c' });
    expect(worker.received).toEqual(['echo']);
  });

  it('counts a worker that never settles a cancelled call as hung', async () => {
    const { channel, worker, downs } = open(
      { slow: forever, other: forever },
      { cancelDeadlineMs: 40 },
    );
    const abort = new AbortController();
    const call = channel.call('slow', { pixels: new Uint8Array(1) }, { signal: abort.signal });
    const neighbour = channel.call('other', {});
    await vi.waitFor(() => expect(worker.received).toContain('other'));
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    await expect(neighbour).rejects.toMatchObject({
      code: 'worker-died',
      detail: { reason: 'hung' },
    });
    expect(downs.map(({ kind }) => kind)).toEqual(['hung']);
    expect(worker.terminated).toBe(true);
  });

  it('does not take events for obedience: a cancelled call that keeps talking is hung', async () => {
    const { channel, downs } = open(
      {
        slow: async (_payload, { emit }) => {
          for (let tick = 0; tick < 1000; tick++) {
            emit({ tick });
            await wait(5);
          }
          return 0;
        },
      },
      { cancelDeadlineMs: 40 },
    );
    const abort = new AbortController();
    const call = channel.call('slow', { pixels: new Uint8Array(1) }, { signal: abort.signal });
    setTimeout(() => abort.abort(), 15);
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    await vi.waitFor(() => expect(downs.map(({ kind }) => kind)).toEqual(['hung']));
  });
});

describe('a worker that goes down', () => {
  it('rejects every pending call and all later ones', async () => {
    const { channel, worker, downs } = open({ slow: forever });
    const settled = vi.fn();
    const call = channel.call('slow', { pixels: new Uint8Array(1) }, { onSettled: settled });
    await vi.waitFor(() => expect(worker.received).toEqual(['slow']));
    worker.crash('out of luck');
    await expect(call).rejects.toMatchObject({ code: 'worker-died', message: 'out of luck' });
    await expect(channel.call('echo', { text: '' })).rejects.toMatchObject({ code: 'worker-died' });
    expect(downs).toEqual([{ kind: 'crashed', message: 'out of luck' }]);
    expect(settled).toHaveBeenCalledTimes(1);
    expect(channel.alive).toBe(false);
  });

  it('treats an unreadable message as a crash', async () => {
    const { channel, worker, downs } = open({ slow: forever });
    const call = channel.call('slow', { pixels: new Uint8Array(1) });
    worker.failMessage();
    await expect(call).rejects.toMatchObject({ code: 'worker-died' });
    expect(downs[0]?.kind).toBe('crashed');
  });

  it('refuses another protocol', async () => {
    const { channel, downs } = open({ echo: ({ text }) => text }, { protocol: 999 });
    await expect(channel.call('echo', { text: '' })).rejects.toMatchObject({
      code: 'protocol-mismatch',
      detail: { worker: 999 },
    });
    expect(downs[0]?.kind).toBe('protocol-mismatch');
  });

  it('gives up on a worker that never says ready', async () => {
    const { channel, downs } = open({}, { readyAfterMs: null, readyTimeoutMs: 30 });
    await expect(channel.call('echo', { text: '' })).rejects.toMatchObject({
      code: 'worker-died',
      detail: { reason: 'not-started' },
    });
    expect(downs[0]?.kind).toBe('not-started');
  });

  it('times out only after silence: events keep a long call alive', async () => {
    const { channel, downs } = open({
      slow: async (_payload, { emit }) => {
        for (let tick = 0; tick < 10; tick++) {
          emit({ tick });
          await wait(10);
        }
        return 1;
      },
      other: forever,
    });
    await expect(
      channel.call('slow', { pixels: new Uint8Array(1) }, { silenceLimitMs: 60 }),
    ).resolves.toBe(1);
    await expect(channel.call('other', {}, { silenceLimitMs: 40 })).rejects.toMatchObject({
      code: 'worker-timeout',
    });
    expect(downs.map(({ kind }) => kind)).toEqual(['hung']);
  });
});
