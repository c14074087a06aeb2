/** The error of a job that its caller cancelled. */
import { EngineError } from '../../protocol/errors.ts';

export function abortedByCaller(): EngineError {
  return new EngineError({ code: 'aborted', message: 'cancelled by the caller' });
}
