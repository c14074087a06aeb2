/** Turning AbortSignals into EngineErrors. */
import { EngineError } from '../protocol/errors.ts';

export function abortedError(what: string): EngineError {
  return new EngineError({ code: 'aborted', message: `${what} was aborted` });
}

/**
 * Settles as `promise` does, or rejects with code 'aborted' as soon as the signal fires. The work
 * behind the promise goes on; a late rejection of it is swallowed here.
 */
export function abortable<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
  what: string,
): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(abortedError(what));
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** Anything thrown, as an EngineError; what is not one already becomes 'internal'. */
export function toEngineError(thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new EngineError({ code: 'internal', message });
}
