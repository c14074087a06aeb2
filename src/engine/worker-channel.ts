/**
 * Typed requests, replies and events over one worker. A call never hangs: it settles with the
 * worker's reply, with 'aborted' when its signal fires, or with 'worker-died' / 'worker-timeout' when
 * the worker is gone. A channel that has gone down stays down; the owner makes a new one.
 */
import type { FromWorker, ToWorker } from '../protocol/engine-messages.ts';
import { EngineError } from '../protocol/errors.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { abortedError } from './abort.ts';
import { startCountdown, type Countdown } from './countdown.ts';
import type { WorkerPort } from './worker-port.ts';

export type RequestOf<Requests, Name extends keyof Requests> = Requests[Name] extends {
  in: infer In;
}
  ? In
  : never;
export type ReplyOf<Requests, Name extends keyof Requests> = Requests[Name] extends {
  out: infer Out;
}
  ? Out
  : never;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly transfer?: readonly Transferable[] | undefined;
  /** Longest silence of the worker while this call waits; beyond it the worker counts as hung. */
  readonly silenceLimitMs?: number | undefined;
  /**
   * Called exactly once, when the worker no longer works on this call: it replied, died, or was never
   * given it. After an abort that is later than the rejection.
   */
  readonly onSettled?: (() => void) | undefined;
}

export type WorkerDownKind =
  | 'crashed' // error or messageerror
  | 'hung' // silent for too long, or deaf to a cancel
  | 'not-started' // died or stayed silent before its first message
  | 'protocol-mismatch'
  | 'closed'; // by the owner

export interface WorkerDown {
  readonly kind: WorkerDownKind;
  readonly message: string;
}

export interface ChannelOptions<Event> {
  readonly worker: WorkerPort;
  readonly onEvent: (event: Event) => void;
  /** Called once, before pending calls are rejected; not called for `close`. */
  readonly onDown: (down: WorkerDown) => void;
  /** How long the worker may take to settle a cancelled call while it answers nothing else. */
  readonly cancelDeadlineMs?: number;
  readonly readyTimeoutMs?: number;
}

interface PendingCall {
  readonly name: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: EngineError) => void;
  /** Removes the abort listener, stops the countdowns and tells the owner. */
  readonly finish: () => void;
  /** Null: no limit. Replaced by the cancel deadline after an abort. */
  countdown: Countdown | null;
  cancelled: boolean;
}

/** A slow backend may need several seconds for the batch under way before it sees a cancel. */
const DEFAULT_CANCEL_DEADLINE_MS = 30_000;
/** The worker's script comes over the network on a first visit. */
const DEFAULT_READY_TIMEOUT_MS = 120_000;

export class WorkerChannel<Requests, Event> {
  readonly #worker: WorkerPort;
  readonly #options: ChannelOptions<Event>;
  readonly #cancelDeadlineMs: number;
  readonly #calls = new Map<number, PendingCall>();
  /** Requests made before `ready`, by id, in order. */
  readonly #waiting = new Map<number, () => void>();
  readonly #readyCountdown: Countdown;
  #nextId = 1;
  #ready = false;
  #downError: EngineError | null = null;

  constructor(options: ChannelOptions<Event>) {
    this.#options = options;
    this.#worker = options.worker;
    this.#cancelDeadlineMs = options.cancelDeadlineMs ?? DEFAULT_CANCEL_DEADLINE_MS;
    this.#readyCountdown = startCountdown(options.readyTimeoutMs ?? DEFAULT_READY_TIMEOUT_MS, () =>
      this.#goDown({ kind: 'not-started', message: 'the worker did not start in time' }),
    );
    this.#worker.addEventListener('message', (event) => {
      this.#receive((event as MessageEvent<unknown>).data);
    });
    this.#worker.addEventListener('messageerror', () => {
      this.#goDown({ kind: 'crashed', message: 'a message could not be read' });
    });
    this.#worker.addEventListener('error', (event) => {
      const { message } = event as Partial<ErrorEvent>;
      const kind = this.#ready ? 'crashed' : 'not-started';
      this.#goDown({ kind, message: message ?? 'the worker failed without a message' });
    });
  }

  /** False once the worker is gone; every later call then rejects. */
  get alive(): boolean {
    return this.#downError === null;
  }

  /** Rejects with EngineError only. What is in `transfer` is gone even if the call fails. */
  call<Name extends keyof Requests & string>(
    name: Name,
    payload: RequestOf<Requests, Name>,
    options: CallOptions = {},
  ): Promise<ReplyOf<Requests, Name>> {
    return new Promise((resolve, reject) => {
      const { signal, onSettled } = options;
      if (this.#downError !== null || signal?.aborted === true) {
        reject(this.#downError ?? abortedError(name));
        onSettled?.();
        return;
      }
      const id = this.#nextId++;
      const onAbort = (): void => this.#cancel(id);
      const pending: PendingCall = {
        name,
        resolve: (value) => resolve(value as ReplyOf<Requests, Name>),
        reject,
        finish: () => {
          signal?.removeEventListener('abort', onAbort);
          pending.countdown?.stop();
          onSettled?.();
        },
        countdown: null,
        cancelled: false,
      };
      this.#calls.set(id, pending);
      signal?.addEventListener('abort', onAbort, { once: true });
      const send = (): void => {
        const message = { kind: 'request', id, name, payload } as unknown as ToWorker<Requests>;
        this.#post(id, pending, message, options);
      };
      if (this.#ready) send();
      else this.#waiting.set(id, send);
    });
  }

  /** Ends the worker at once; pending calls reject with `error`. */
  close(error: EngineError): void {
    this.#goDown({ kind: 'closed', message: error.message }, error);
  }

  #post(id: number, pending: PendingCall, message: ToWorker<Requests>, options: CallOptions): void {
    try {
      this.#worker.postMessage(message, [...(options.transfer ?? [])]);
    } catch (thrown) {
      // DataCloneError: the payload holds something that cannot cross threads, or was transferred before.
      this.#calls.delete(id);
      const text = thrown instanceof Error ? thrown.message : String(thrown);
      pending.reject(new EngineError({ code: 'bad-request', message: `${pending.name}: ${text}` }));
      pending.finish();
      return;
    }
    const { silenceLimitMs } = options;
    if (silenceLimitMs === undefined) return;
    pending.countdown = startCountdown(silenceLimitMs, () => {
      const text = `no answer to ${pending.name} within ${silenceLimitMs} ms`;
      pending.reject(new EngineError({ code: 'worker-timeout', message: text }));
      this.#goDown({ kind: 'hung', message: text });
    });
  }

  #cancel(id: number): void {
    const pending = this.#calls.get(id);
    if (pending === undefined) return;
    pending.reject(abortedError(pending.name));
    pending.cancelled = true;
    if (this.#waiting.delete(id)) {
      this.#calls.delete(id);
      pending.finish();
      return;
    }
    this.#worker.postMessage({ kind: 'cancel', id } satisfies ToWorker<Requests>, []);
    pending.countdown?.stop();
    pending.countdown = startCountdown(this.#cancelDeadlineMs, () => {
      this.#goDown({ kind: 'hung', message: `${pending.name} went on after it was cancelled` });
    });
  }

  #receive(data: unknown): void {
    if (this.#downError !== null || typeof data !== 'object' || data === null) return;
    const message = data as FromWorker<Event>;
    switch (message.kind) {
      case 'ready':
        this.#handshake(message.protocol);
        break;
      case 'event':
        this.#signOfLife(false);
        this.#options.onEvent(message.event);
        break;
      case 'reply':
        this.#signOfLife(true);
        this.#settle(message);
        break;
    }
  }

  #settle(reply: Extract<FromWorker<Event>, { kind: 'reply' }>): void {
    const pending = this.#calls.get(reply.id);
    if (pending === undefined) return;
    this.#calls.delete(reply.id);
    if (reply.ok) pending.resolve(reply.value);
    else pending.reject(new EngineError(reply.error));
    pending.finish();
  }

  /**
   * A worker that talks is not hung. A cancelled call is stricter: only replies count, since a
   * training run that goes on sending epochs after its cancel is exactly what must be ended.
   */
  #signOfLife(isReply: boolean): void {
    for (const pending of this.#calls.values()) {
      if (isReply || !pending.cancelled) pending.countdown?.restart();
    }
  }

  #handshake(protocol: number): void {
    if (this.#ready) return;
    this.#readyCountdown.stop();
    if (protocol !== PROTOCOL_VERSION) {
      const message = `the worker speaks protocol ${protocol}, the page ${PROTOCOL_VERSION}`;
      const detail = { worker: protocol, page: PROTOCOL_VERSION };
      this.#goDown(
        { kind: 'protocol-mismatch', message },
        new EngineError({ code: 'protocol-mismatch', message, detail }),
      );
      return;
    }
    this.#ready = true;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const send of waiting) send();
  }

  #goDown(down: WorkerDown, error?: EngineError): void {
    if (this.#downError !== null) return;
    const { kind, message } = down;
    this.#downError =
      error ?? new EngineError({ code: 'worker-died', message, detail: { reason: kind } });
    this.#readyCountdown.stop();
    this.#worker.terminate();
    if (kind !== 'closed') this.#options.onDown(down);
    const pendingCalls = [...this.#calls.values()];
    this.#calls.clear();
    this.#waiting.clear();
    for (const pending of pendingCalls) {
      pending.reject(this.#downError);
      pending.finish();
    }
  }
}
