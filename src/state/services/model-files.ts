/** What downloading and loading a backbone share: its error, its manifest, hashes and limits. */
import { isRecord } from '../../domain/is-record.ts';
import { sha256Hex } from '../../domain/sha256.ts';
import { StorageError } from '../../storage/storage.ts';

export type ModelDownloadErrorCode =
  | 'offline' // no answer, or the connection broke off: trying again goes on from there
  | 'http' // the server refused
  | 'checksum' // not the file that was expected; it has been removed
  | 'too-large'
  | 'aborted'
  | 'storage-full'
  | 'backbone-invalid';

export class ModelDownloadError extends Error {
  readonly code: ModelDownloadErrorCode;
  constructor(code: ModelDownloadErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ModelDownloadError';
    this.code = code;
  }
}

export const MODEL_JSON = 'model.json';
export const MAX_MODEL_JSON_BYTES = 4 * 1024 * 1024;
/** What a tablet can still hold in memory twice. */
export const MAX_FILE_BYTES = 128 * 1024 * 1024;

/** Weight files in manifest order; names that leave the folder are refused. */
export function manifestPaths(modelJson: unknown): readonly string[] {
  const groups: unknown = isRecord(modelJson) ? modelJson['weightsManifest'] : null;
  if (!Array.isArray(groups)) return [];
  const paths = groups.flatMap((group: unknown) => {
    const list: unknown = isRecord(group) ? group['paths'] : null;
    return Array.isArray(list) ? (list as unknown[]) : [];
  });
  const safe = paths.filter(
    (path): path is string => typeof path === 'string' && /^[\w][\w.-]*$/.test(path),
  );
  if (safe.length !== paths.length) {
    throw new ModelDownloadError('backbone-invalid', 'a weight file has an unusable name');
  }
  return safe;
}

export function parseModelJson(bytes: ArrayBuffer): unknown {
  if (bytes.byteLength > MAX_MODEL_JSON_BYTES) {
    throw new ModelDownloadError('too-large', MODEL_JSON);
  }
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (error) {
    throw new ModelDownloadError('backbone-invalid', 'model.json is not JSON', { cause: error });
  }
}

/** Hex. `crypto.subtle` is missing on plain-http addresses, where school servers often are. */
export async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const { crypto } = globalThis as { crypto?: { subtle?: SubtleCrypto } };
  if (crypto?.subtle === undefined) return sha256Hex(new Uint8Array(bytes));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function toDownloadError(error: unknown, signal: AbortSignal | null): ModelDownloadError {
  if (error instanceof ModelDownloadError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (signal?.aborted === true) return new ModelDownloadError('aborted', message, options);
  if (error instanceof StorageError) {
    const isFull = error.code === 'quota-exceeded';
    return new ModelDownloadError(isFull ? 'storage-full' : 'backbone-invalid', message, options);
  }
  return new ModelDownloadError('offline', message, options);
}
