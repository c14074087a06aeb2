/**
 * The worker's side of the protocol as a plain object: takes messages, runs the handler of each
 * request, posts exactly one reply per request. Knows nothing about Worker or `self`, so tests run
 * it in Node, and both worker kinds (engine, intake) share it.
 */
import type { FromWorker } from '../protocol/engine-messages.ts';
import { EngineError, type EngineErrorData } from '../protocol/errors.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';

/** What a handler is given besides its payload. */
export interface RequestContext<Event> {
  /** Fires when the caller cancels. Handlers check it between pieces of work. */
  readonly signal: AbortSignal;
  /** Sends an event that is not a reply. */
  readonly emit: (event: Event) => void;
}

const TRANSFER = Symbol('transfer');

/** A reply whose buffers move to the other thread instead of being copied. Made by `withTransfer`. */
export interface WithTransfer<Value> {
  readonly [TRANSFER]: readonly Transferable[];
  readonly value: Value;
}

/** Wraps a handler's result so that `transfer` (buffers inside `value`) is moved, not copied. */
export function withTransfer<Value>(
  value: Value,
  transfer: readonly Transferable[],
): WithTransfer<Value> {
  return { [TRANSFER]: transfer, value };
}

export type Out<Value> = Value | WithTransfer<Value>;

/** What the other thread is given. */
export function valueOf<Value>(result: Out<Value>): Value {
  return isWithTransfer(result) ? result.value : result;
}

/** Any map of operations: one `in` and one `out` per name. */
export type RequestMap<Map> = { [Name in keyof Map]: { in: unknown; out: unknown } };

export type Handler<In, Value, Event> = (
  payload: In,
  context: RequestContext<Event>,
) => Promise<Out<Value>> | Out<Value>;

/** One handler per operation; leaving one out is a compile error. */
export type Handlers<Map extends RequestMap<Map>, Event> = {
  readonly [Name in keyof Map]: Handler<Map[Name]['in'], Map[Name]['out'], Event>;
};

export type PostMessage<Event> = (
  message: FromWorker<Event>,
  transfer?: readonly Transferable[],
) => void;

export interface Dispatcher<Event> {
  /** Posts the `ready` handshake. Call once, after the message listener is in place. */
  ready(): void;
  /** Feeds one incoming message (`event.data`). Never throws. */
  receive(message: unknown): void;
  emit(event: Event): void;
  /** Requests that have not been answered yet. */
  readonly pending: number;
}

export interface DispatcherOptions<Map extends RequestMap<Map>, Event> {
  readonly handlers: Handlers<Map, Event>;
  readonly post: PostMessage<Event>;
}

export function createDispatcher<Map extends RequestMap<Map>, Event>(
  options: DispatcherOptions<Map, Event>,
): Dispatcher<Event> {
  const { handlers, post } = options;
  const running = new globalThis.Map<number, AbortController>();
  const emit = (event: Event): void => {
    post({ kind: 'event', event });
  };

  async function answer(id: number, name: string, payload: unknown): Promise<void> {
    const abort = new AbortController();
    running.set(id, abort);
    try {
      const handler = handlerFor(handlers, name);
      const result = await handler(payload, { signal: abort.signal, emit });
      if (isWithTransfer(result)) {
        post({ kind: 'reply', id, ok: true, value: result.value }, result[TRANSFER]);
      } else {
        post({ kind: 'reply', id, ok: true, value: result });
      }
    } catch (error) {
      // Also reached when the value could not be cloned: the caller must never be left waiting.
      post({ kind: 'reply', id, ok: false, error: toErrorData(error) });
    } finally {
      running.delete(id);
    }
  }

  return {
    emit,
    ready: () => {
      post({ kind: 'ready', protocol: PROTOCOL_VERSION });
    },
    receive: (message) => {
      const incoming = readMessage(message);
      if (incoming === null) return;
      if (incoming.kind === 'cancel') {
        running.get(incoming.id)?.abort();
      } else if (running.has(incoming.id)) {
        const error = {
          code: 'bad-request',
          message: `id ${incoming.id} is already in use`,
        } as const;
        post({ kind: 'reply', id: incoming.id, ok: false, error });
      } else {
        void answer(incoming.id, incoming.name, incoming.payload);
      }
    },
    get pending() {
      return running.size;
    },
  };
}

/** Throws EngineError 'aborted' if the caller has cancelled. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted)
    throw new EngineError({ code: 'aborted', message: 'cancelled by the caller' });
}

/** Any thrown value as cloneable data; the code says what went wrong as far as it can be told. */
export function toErrorData(error: unknown): EngineErrorData {
  if (error instanceof EngineError) return error.toData();
  if (!(error instanceof Error)) return { code: 'internal', message: String(error) };
  if (error.name === 'AbortError') return { code: 'aborted', message: error.message };
  if (isOutOfMemory(error)) return { code: 'out-of-memory', message: error.message };
  return { code: 'internal', message: error.message, detail: { name: error.name } };
}

/** The wording differs between engines: V8, SpiderMonkey, JavaScriptCore, and emscripten's abort. */
function isOutOfMemory(error: Error): boolean {
  return /out of memory|allocation (failed|size overflow)|cannot enlarge memory|\bOOM\b/i.test(
    error.message,
  );
}

type Incoming =
  | {
      readonly kind: 'request';
      readonly id: number;
      readonly name: string;
      readonly payload: unknown;
    }
  | { readonly kind: 'cancel'; readonly id: number };

/** Null for anything that is not ours (browser extensions post into workers too). */
function readMessage(message: unknown): Incoming | null {
  if (typeof message !== 'object' || message === null) return null;
  const { kind, id, name, payload } = message as Record<string, unknown>;
  if (typeof id !== 'number') return null;
  if (kind === 'cancel') return { kind, id };
  if (kind === 'request' && typeof name === 'string') return { kind, id, name, payload };
  return null;
}

function handlerFor<Map extends RequestMap<Map>, Event>(
  handlers: Handlers<Map, Event>,
  name: string,
): Handler<unknown, unknown, Event> {
  if (!Object.hasOwn(handlers, name)) {
    throw new EngineError({ code: 'bad-request', message: `unknown request "${name}"` });
  }
  // The name decides the payload's type; a message cannot prove it, so this is the one cast.
  return handlers[name as keyof Map];
}

function isWithTransfer<Value>(value: Out<Value>): value is WithTransfer<Value> {
  return typeof value === 'object' && value !== null && TRANSFER in value;
}
