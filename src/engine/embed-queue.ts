/**
 * Order of embedding. One bulk batch at a time is in the worker, and beside it at most two live
 * requests (single photos or camera frames), which therefore wait for one batch at most, however
 * many photos are queued. Two, so that the worker finds the next frame there when it is done with one,
 * and does not wait for a page that is busy showing the answer.
 */
import type { EngineError } from '../protocol/errors.ts';
import { abortedError } from './abort.ts';
import type { CallOptions } from './worker-channel.ts';

/** Pixels [count, size, size, 3] → embeddings [count, width]. Must call `onSettled` exactly once. */
export type EmbedCall = (
  pixels: Uint8Array,
  count: number,
  options: CallOptions,
) => Promise<Float32Array>;

interface Item {
  readonly pixels: Uint8Array;
  readonly count: number;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (embeddings: Float32Array) => void;
  readonly reject: (error: unknown) => void;
  readonly onAbort: () => void;
}
interface Lane {
  readonly items: Item[];
  /** Requests that may be in the worker at once. */
  readonly limit: number;
  sent: number;
}

const LIVE_COUNT = 1;

export class EmbedQueue {
  readonly #call: EmbedCall;
  readonly #live: Lane = { items: [], limit: 2, sent: 0 };
  readonly #bulk: Lane = { items: [], limit: 1, sent: 0 };

  constructor(call: EmbedCall) {
    this.#call = call;
  }

  add(pixels: Uint8Array, count: number, signal?: AbortSignal): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(abortedError('embed'));
        return;
      }
      const lane = count <= LIVE_COUNT ? this.#live : this.#bulk;
      const onAbort = (): void => {
        const index = lane.items.indexOf(item);
        if (index >= 0) lane.items.splice(index, 1);
        reject(abortedError('embed'));
      };
      const item: Item = { pixels, count, signal, resolve, reject, onAbort };
      signal?.addEventListener('abort', onAbort, { once: true });
      lane.items.push(item);
      this.#pump(lane);
    });
  }

  /** Rejects what has not been sent yet: its pixels were made for another backbone. */
  rejectWaiting(error: EngineError): void {
    for (const lane of [this.#live, this.#bulk]) {
      for (const item of lane.items.splice(0)) {
        item.signal?.removeEventListener('abort', item.onAbort);
        item.reject(error);
      }
    }
  }

  #pump(lane: Lane): void {
    if (lane.sent >= lane.limit) return;
    const item = lane.items.shift();
    if (item === undefined) return;
    lane.sent += 1;
    const { pixels, count, signal } = item;
    const onSettled = (): void => {
      lane.sent -= 1;
      this.#pump(lane);
    };
    this.#call(pixels, count, { signal, onSettled })
      .then(item.resolve, item.reject)
      .finally(() => signal?.removeEventListener('abort', item.onAbort));
  }
}
