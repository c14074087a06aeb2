/**
 * A handful of intake workers behind one queue. Each works on one task at a time, so that when one
 * dies it is known which file did it: that file is tried once more elsewhere, then reported as
 * failed; the files beside it never notice.
 */
import type { IntakeEvent, IntakeRequestMap } from '../protocol/intake-messages.ts';
import { EngineError } from '../protocol/errors.ts';
import { abortedError, toEngineError } from './abort.ts';
import { WorkerChannel, type ReplyOf, type RequestOf, type WorkerDown } from './worker-channel.ts';
import type { WorkerPort } from './worker-port.ts';

export interface IntakePoolOptions {
  readonly createWorker: () => WorkerPort;
  readonly size: number;
  readonly onReplaced: (reason: string) => void;
  /** Longest time for one task. */
  readonly taskTimeoutMs?: number;
  readonly cancelDeadlineMs?: number;
  readonly readyTimeoutMs?: number;
}

export interface IntakeCallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly transfer?: readonly Transferable[] | undefined;
}

type IntakeName = keyof IntakeRequestMap;

/** Lower goes first. Pixels before new photos, so that embedding starts as photos arrive. */
const RANKS: Readonly<Record<IntakeName, 0 | 1 | 2>> = {
  'frame/pixels': 0,
  'frame/encode': 0,
  'canvas/check': 0,
  'photo/pixels': 1,
  'photo/augmented': 1,
  'photo/prepare': 2,
  'sample/draw': 2,
};

interface Task {
  readonly name: IntakeName;
  readonly signal: AbortSignal | undefined;
  /** What is transferred is gone with the worker: such a task cannot be tried again. */
  readonly repeatable: boolean;
  readonly send: (channel: IntakeChannel, onSettled: () => void) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: EngineError) => void;
  readonly onAbort: () => void;
  deaths: number;
}
type IntakeChannel = WorkerChannel<IntakeRequestMap, IntakeEvent>;
interface Slot {
  channel: IntakeChannel | null;
  busy: boolean;
}

const DEFAULT_TASK_TIMEOUT_MS = 60_000;
const DEFAULT_CANCEL_DEADLINE_MS = 20_000;
/** Workers in a row that died before they started: the script is broken or out of reach. */
const MAX_FAILED_STARTS = 3;

/** Workers worth having: one core is left to the page, and more than four only fight for memory. */
export function intakePoolSize(hardwareConcurrency: number): number {
  return Math.min(4, Math.max(1, hardwareConcurrency - 1));
}

export class IntakePool {
  readonly #options: IntakePoolOptions;
  readonly #slots: readonly Slot[];
  readonly #queues: readonly [Task[], Task[], Task[]] = [[], [], []];
  #failedStarts = 0;
  #disposed = false;

  constructor(options: IntakePoolOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.size }, () => ({ channel: null, busy: false }));
  }

  /** Rejects with 'worker-died' or 'worker-timeout' when this task killed two workers. */
  call<Name extends IntakeName>(
    name: Name,
    payload: RequestOf<IntakeRequestMap, Name>,
    { signal, transfer }: IntakeCallOptions = {},
  ): Promise<ReplyOf<IntakeRequestMap, Name>> {
    return new Promise((resolve, reject) => {
      if (this.#disposed || signal?.aborted === true) {
        reject(abortedError(name));
        return;
      }
      const silenceLimitMs = this.#options.taskTimeoutMs ?? DEFAULT_TASK_TIMEOUT_MS;
      const task: Task = {
        name,
        signal,
        repeatable: transfer === undefined,
        send: (channel, onSettled) =>
          channel.call(name, payload, { signal, transfer, onSettled, silenceLimitMs }),
        resolve: (value) => resolve(value as ReplyOf<IntakeRequestMap, Name>),
        reject,
        onAbort: () => {
          const queue = this.#queues[RANKS[name]];
          const index = queue.indexOf(task);
          if (index >= 0) queue.splice(index, 1);
          reject(abortedError(name));
        },
        deaths: 0,
      };
      signal?.addEventListener('abort', task.onAbort, { once: true });
      this.#queues[RANKS[name]].push(task);
      this.#pump();
    });
  }

  dispose(): void {
    this.#disposed = true;
    const error = abortedError('the engine');
    this.#rejectWaiting(error);
    for (const slot of this.#slots) slot.channel?.close(error);
  }

  #pump(): void {
    while (!this.#disposed) {
      // A worker that already runs goes before one that would have to be started.
      const free = this.#slots.filter(({ busy }) => !busy);
      const slot = free.find(({ channel }) => channel !== null) ?? free[0];
      if (slot === undefined) return;
      const task = this.#queues.find((queue) => queue.length > 0)?.shift();
      if (task === undefined) return;
      slot.busy = true;
      void this.#run(slot, task);
    }
  }

  async #run(slot: Slot, task: Task): Promise<void> {
    const onSettled = (): void => {
      slot.busy = false;
      // Later, so that a task to be tried again is back at the head of its queue by then.
      setTimeout(() => this.#pump());
    };
    let channel: IntakeChannel;
    try {
      channel = slot.channel ??= this.#startWorker(slot);
    } catch (thrown) {
      onSettled();
      this.#noteFailedStart(toEngineError(thrown));
      this.#finish(task, () => task.reject(toEngineError(thrown)));
      return;
    }
    try {
      const value = await task.send(channel, onSettled);
      this.#failedStarts = 0;
      this.#finish(task, () => task.resolve(value));
    } catch (thrown) {
      const error = toEngineError(thrown);
      if (this.#shouldRepeat(task, error)) this.#queues[RANKS[task.name]].unshift(task);
      else this.#finish(task, () => task.reject(error));
    }
  }

  #shouldRepeat(task: Task, error: EngineError): boolean {
    const died = error.code === 'worker-died' || error.code === 'worker-timeout';
    if (!died || this.#disposed || task.signal?.aborted === true) return false;
    // Before it started, the worker had not seen the task: nothing was lost and nobody is to blame.
    if (error.detail?.['reason'] === 'not-started') return this.#failedStarts > 0;
    task.deaths++;
    return task.repeatable && task.deaths < 2;
  }

  #finish(task: Task, settle: () => void): void {
    task.signal?.removeEventListener('abort', task.onAbort);
    settle();
  }

  #startWorker(slot: Slot): IntakeChannel {
    const { createWorker, cancelDeadlineMs, readyTimeoutMs } = this.#options;
    const channel: IntakeChannel = new WorkerChannel<IntakeRequestMap, IntakeEvent>({
      worker: createWorker(),
      onEvent: () => undefined,
      onDown: (down) => this.#onDown(slot, down),
      cancelDeadlineMs: cancelDeadlineMs ?? DEFAULT_CANCEL_DEADLINE_MS,
      ...(readyTimeoutMs === undefined ? {} : { readyTimeoutMs }),
    });
    return channel;
  }

  #onDown(slot: Slot, { kind, message }: WorkerDown): void {
    slot.channel = null;
    if (kind === 'not-started' || kind === 'protocol-mismatch') {
      this.#noteFailedStart(new EngineError({ code: 'worker-died', message }));
    } else this.#options.onReplaced(kind);
  }

  /** After too many, everything that waits is told; the next call starts afresh. */
  #noteFailedStart(error: EngineError): void {
    this.#failedStarts++;
    if (this.#failedStarts < MAX_FAILED_STARTS) return;
    this.#failedStarts = 0;
    this.#rejectWaiting(error);
  }

  #rejectWaiting(error: EngineError): void {
    for (const queue of this.#queues) {
      for (const task of queue.splice(0)) this.#finish(task, () => task.reject(error));
    }
  }
}
