/**
 * Errors that cross a thread boundary. Always cloneable: a code from a closed union, an English
 * message for developers and optional parameters. What a person reads is made from the code by the
 * message catalogue. Expected outcomes (stopped, refused file, too few photos) are values, not errors.
 */
export const ENGINE_ERROR_CODES = [
  'aborted', // the caller's AbortSignal fired
  'backend-unavailable',
  'backend-failed',
  'device-lost', // GPU context or device lost
  'backbone-not-loaded',
  'backbone-invalid', // files do not form the model that the card promises
  'backbone-wrong-numbers', // golden embedding not reproduced
  'data-not-loaded',
  'bad-request',
  'out-of-memory',
  'worker-died',
  'worker-timeout',
  'protocol-mismatch',
  'internal',
] as const;
export type EngineErrorCode = (typeof ENGINE_ERROR_CODES)[number];

export interface EngineErrorData {
  readonly code: EngineErrorCode;
  readonly message: string;
  readonly detail?: Readonly<Record<string, string | number>>;
}

export class EngineError extends Error {
  readonly code: EngineErrorCode;
  readonly detail: Readonly<Record<string, string | number>> | undefined;

  constructor(data: EngineErrorData) {
    super(data.message);
    this.name = 'EngineError';
    this.code = data.code;
    this.detail = data.detail;
  }

  toData(): EngineErrorData {
    return this.detail === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, detail: this.detail };
  }
}
