/** What every call of the fake engine passes through before it does its work. */
import { abortable, abortedError } from '../engine/abort.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError, type EngineErrorCode } from '../protocol/errors.ts';

export type FakeOperation = Exclude<
  keyof Engine,
  | 'intakeParallelism'
  | 'subscribe'
  | 'dispose'
  | 'pauseTraining'
  | 'resumeTraining'
  | 'stopTraining'
>;

export class FakeGates {
  readonly #counts = new Map<FakeOperation, number>();
  readonly #failures = new Map<FakeOperation, EngineErrorCode[]>();
  readonly #delays = new Map<FakeOperation, number>();
  readonly #held = new Map<FakeOperation, Promise<void>>();
  readonly #disposed = new AbortController();

  count(operation: FakeOperation): number {
    return this.#counts.get(operation) ?? 0;
  }

  failNext(operation: FakeOperation, code: EngineErrorCode, times: number): void {
    const waiting = this.#failures.get(operation) ?? [];
    this.#failures.set(operation, [...waiting, ...Array<EngineErrorCode>(times).fill(code)]);
  }

  delay(operation: FakeOperation, delayMs: number): void {
    this.#delays.set(operation, delayMs);
  }

  hold(operation: FakeOperation): () => void {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#held.set(operation, held);
    return () => {
      if (this.#held.get(operation) === held) this.#held.delete(operation);
      release();
    };
  }

  async pass(operation: FakeOperation, signal?: AbortSignal): Promise<void> {
    await this.begin(operation, signal);
    await this.wait(operation, signal);
  }

  async begin(operation: FakeOperation, signal?: AbortSignal): Promise<void> {
    this.#counts.set(operation, this.count(operation) + 1);
    if (signal?.aborted === true || this.#disposed.signal.aborted) throw abortedError(operation);
    const code = this.#failures.get(operation)?.shift();
    if (code !== undefined) {
      throw new EngineError({ code, message: `${operation} was told to fail` });
    }
    await Promise.resolve();
  }

  async wait(operation: FakeOperation, signal?: AbortSignal): Promise<void> {
    const delayMs = this.#delays.get(operation) ?? 0;
    // A macrotask even without a delay: as with real workers, nothing happens before the caller goes on.
    const delayed = new Promise<void>((resolve) => setTimeout(resolve, delayMs));
    const free = delayed.then(() => this.#held.get(operation));
    await abortable(abortable(free, signal, operation), this.#disposed.signal, operation);
  }

  dispose(): void {
    this.#disposed.abort();
  }
}
