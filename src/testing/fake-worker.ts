/**
 * A worker that is no worker: a message port whose far end runs a small dispatcher in the same
 * thread. Messages are really cloned and transferred, so tests see detached buffers and clone errors.
 */
import type { WorkerPort } from '../engine/worker-port.ts';
import type { FromWorker } from '../protocol/engine-messages.ts';
import { EngineError } from '../protocol/errors.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';

export interface HandlerContext<Event> {
  readonly signal: AbortSignal;
  readonly emit: (event: Event) => void;
  /** Ends the worker as an uncaught exception would. */
  readonly crash: (message?: string) => void;
}

export type FakeHandlers<Requests, Event> = {
  [Name in keyof Requests]?: Requests[Name] extends { in: infer In; out: infer Out }
    ? (payload: In, context: HandlerContext<Event>) => Out | Promise<Out>
    : never;
};

export interface FakeWorkerOptions {
  /** Milliseconds until `ready`; null: never. */
  readonly readyAfterMs?: number | null;
  readonly protocol?: number;
  /** A deaf worker never hears a cancel. */
  readonly ignoresCancel?: boolean;
}

export interface FakeWorker<Event> extends WorkerPort {
  readonly terminated: boolean;
  /** Names of the requests received, in order. */
  readonly received: readonly string[];
  emit(event: Event): void;
  crash(message?: string): void;
  failMessage(): void;
}

interface Request {
  readonly kind: 'request';
  readonly id: number;
  readonly name: string;
  readonly payload: unknown;
}
type Handler<Event> = (payload: unknown, context: HandlerContext<Event>) => unknown;

export function createFakeWorker<Requests, Event = never>(
  handlers: FakeHandlers<Requests, Event>,
  options: FakeWorkerOptions = {},
): FakeWorker<Event> {
  const { port1: near, port2: far } = new MessageChannel();
  const target = new EventTarget();
  const received: string[] = [];
  const running = new Map<number, AbortController>();
  let terminated = false;

  const terminate = (): void => {
    terminated = true;
    near.close();
    far.close();
  };
  const send = (message: FromWorker<Event>): void => {
    if (!terminated) far.postMessage(message);
  };
  const crash = (message = 'crashed'): void => {
    if (terminated) return;
    // The thread is gone: nothing it still does may be heard.
    far.close();
    target.dispatchEvent(Object.assign(new Event('error'), { message }));
  };
  const emit = (event: Event): void => send({ kind: 'event', event });

  const answer = async (request: Request): Promise<void> => {
    const controller = new AbortController();
    running.set(request.id, controller);
    const handler = handlers[request.name as keyof Requests] as Handler<Event> | undefined;
    try {
      if (handler === undefined) {
        throw new EngineError({ code: 'bad-request', message: `no handler for ${request.name}` });
      }
      const value = await handler(request.payload, { signal: controller.signal, emit, crash });
      send({ kind: 'reply', id: request.id, ok: true, value });
    } catch (thrown) {
      const error =
        thrown instanceof EngineError
          ? thrown.toData()
          : { code: 'internal' as const, message: String(thrown) };
      send({ kind: 'reply', id: request.id, ok: false, error });
    }
    running.delete(request.id);
  };

  near.onmessage = (event: MessageEvent<unknown>) => {
    if (!terminated) target.dispatchEvent(new MessageEvent('message', { data: event.data }));
  };
  far.onmessage = (event: MessageEvent<Request | { kind: 'cancel'; id: number }>) => {
    if (terminated) return;
    if (event.data.kind === 'cancel') {
      if (options.ignoresCancel !== true) running.get(event.data.id)?.abort();
      return;
    }
    received.push(event.data.name);
    void answer(event.data);
  };
  const readyAfterMs = options.readyAfterMs === undefined ? 0 : options.readyAfterMs;
  if (readyAfterMs !== null) {
    const ready = { kind: 'ready', protocol: options.protocol ?? PROTOCOL_VERSION } as const;
    setTimeout(() => send(ready), readyAfterMs);
  }

  return {
    postMessage: (message, transfer) => near.postMessage(message, transfer),
    addEventListener: (type, listener) => target.addEventListener(type, listener),
    terminate,
    get terminated() {
      return terminated;
    },
    received,
    emit,
    crash,
    failMessage: () => target.dispatchEvent(new Event('messageerror')),
  };
}

/** Rejects when the signal fires; never resolves. For handlers that only a cancel ends. */
export function untilCancelled(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new EngineError({ code: 'aborted', message: 'cancelled' }));
    });
  });
}

/** Never settles: a worker that hangs. */
export function forever(): Promise<never> {
  return new Promise(() => undefined);
}

export function wait(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
