import { describe, expect, it } from 'vitest';
import { EngineError } from '../protocol/errors.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import type { FromWorker } from '../protocol/engine-messages.ts';
import { createDispatcher, throwIfAborted, toErrorData, withTransfer } from './dispatch.ts';

interface TestMap {
  double: { in: { value: number }; out: { value: number } };
  bytes: { in: null; out: { data: Float32Array } };
  wait: { in: null; out: { done: boolean } };
  fail: { in: { how: 'engine' | 'memory' | 'text' | 'type' | 'clone' }; out: unknown };
  tell: { in: null; out: null };
}
interface TestEvent {
  readonly type: 'told';
}

interface Posted {
  readonly message: FromWorker<TestEvent>;
  readonly transfer: readonly Transferable[] | undefined;
}

function setUp() {
  const posted: Posted[] = [];
  let wake: (() => void) | null = null;
  const dispatcher = createDispatcher<TestMap, TestEvent>({
    post: (message, transfer) => {
      structuredClone(message); // as postMessage does: throws on what cannot be cloned
      posted.push({ message, transfer });
      wake?.();
    },
    handlers: {
      double: ({ value }) => ({ value: value * 2 }),
      bytes: () => {
        const data = new Float32Array([1, 2]);
        return withTransfer({ data }, [data.buffer]);
      },
      wait: async (_payload, { signal }) => {
        await new Promise((resolve) => {
          signal.addEventListener('abort', resolve);
        });
        throwIfAborted(signal);
        return { done: true };
      },
      fail: ({ how }) => {
        if (how === 'engine') {
          throw new EngineError({
            code: 'device-lost',
            message: 'gone',
            detail: { backend: 'webgl' },
          });
        }
        if (how === 'memory') throw new RangeError('Array buffer allocation failed');
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- libraries do this
        if (how === 'text') throw 'just text';
        if (how === 'type') throw new TypeError('x is not a function');
        return () => 'functions cannot be cloned';
      },
      tell: (_payload, { emit }) => {
        emit({ type: 'told' });
        return null;
      },
    },
  });
  const until = async (count: number): Promise<void> => {
    while (posted.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { dispatcher, posted, until };
}

describe('the dispatcher', () => {
  it('says ready with its protocol number', () => {
    const { dispatcher, posted } = setUp();
    dispatcher.ready();
    expect(posted.map((p) => p.message)).toEqual([{ kind: 'ready', protocol: PROTOCOL_VERSION }]);
  });

  it('answers each request once, under its id', async () => {
    const { dispatcher, posted, until } = setUp();
    dispatcher.receive({ kind: 'request', id: 7, name: 'double', payload: { value: 21 } });
    dispatcher.receive({ kind: 'request', id: 8, name: 'double', payload: { value: 1 } });
    await until(2);
    expect(posted.map((p) => p.message)).toEqual([
      { kind: 'reply', id: 7, ok: true, value: { value: 42 } },
      { kind: 'reply', id: 8, ok: true, value: { value: 2 } },
    ]);
    expect(dispatcher.pending).toBe(0);
  });

  it('hands over the transfer list and not its wrapper', async () => {
    const { dispatcher, posted, until } = setUp();
    dispatcher.receive({ kind: 'request', id: 1, name: 'bytes', payload: null });
    await until(1);
    const reply = posted[0];
    expect(reply?.message).toEqual({
      kind: 'reply',
      id: 1,
      ok: true,
      value: { data: new Float32Array([1, 2]) },
    });
    expect(reply?.transfer?.[0]).toBeInstanceOf(ArrayBuffer);
  });

  it('cancels only the request named', async () => {
    const { dispatcher, posted, until } = setUp();
    dispatcher.receive({ kind: 'request', id: 1, name: 'wait', payload: null });
    dispatcher.receive({ kind: 'request', id: 2, name: 'wait', payload: null });
    dispatcher.receive({ kind: 'cancel', id: 2 });
    await until(1);
    expect(posted[0]?.message).toMatchObject({ id: 2, ok: false, error: { code: 'aborted' } });
    expect(dispatcher.pending).toBe(1);
    dispatcher.receive({ kind: 'cancel', id: 99 });
    expect(dispatcher.pending).toBe(1);
  });

  it.each([
    ['engine', { code: 'device-lost', message: 'gone', detail: { backend: 'webgl' } }],
    ['memory', { code: 'out-of-memory', message: 'Array buffer allocation failed' }],
    ['text', { code: 'internal', message: 'just text' }],
    ['type', { code: 'internal', message: 'x is not a function', detail: { name: 'TypeError' } }],
  ])('turns a thrown %s error into data', async (how, error) => {
    const { dispatcher, posted, until } = setUp();
    dispatcher.receive({ kind: 'request', id: 1, name: 'fail', payload: { how } });
    await until(1);
    expect(posted[0]?.message).toEqual({ kind: 'reply', id: 1, ok: false, error });
  });

  it('answers with an error when the result cannot be cloned', async () => {
    const { dispatcher, posted, until } = setUp();
    dispatcher.receive({ kind: 'request', id: 1, name: 'fail', payload: { how: 'clone' } });
    await until(1);
    expect(posted[0]?.message).toMatchObject({ id: 1, ok: false, error: { code: 'internal' } });
  });

  it.each(['missing', 'toString', '__proto__', 'constructor'])(
    'refuses the unknown request %s',
    async (name) => {
      const { dispatcher, posted, until } = setUp();
      dispatcher.receive({ kind: 'request', id: 1, name, payload: null });
      await until(1);
      expect(posted[0]?.message).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    },
  );

  it('refuses an id that is in use, and the first request lives on', async () => {
    const { dispatcher, posted, until } = setUp();
    dispatcher.receive({ kind: 'request', id: 1, name: 'wait', payload: null });
    dispatcher.receive({ kind: 'request', id: 1, name: 'double', payload: { value: 1 } });
    await until(1);
    expect(posted[0]?.message).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(dispatcher.pending).toBe(1);
  });

  it.each([null, 'text', 3, {}, { kind: 'request' }, { kind: 'else', id: 1 }])(
    'ignores what is not a message: %j',
    (message) => {
      const { dispatcher, posted } = setUp();
      dispatcher.receive(message);
      expect(posted).toEqual([]);
    },
  );

  it('sends events apart from replies', async () => {
    const { dispatcher, posted, until } = setUp();
    dispatcher.receive({ kind: 'request', id: 1, name: 'tell', payload: null });
    await until(2);
    expect(posted[0]?.message).toEqual({ kind: 'event', event: { type: 'told' } });
  });
});

describe('toErrorData', () => {
  it('recognises a cancelled fetch or stream', () => {
    expect(toErrorData(new DOMException('stopped', 'AbortError')).code).toBe('aborted');
  });
});
