/** Turns whatever a browser throws into one StorageError with a code of ours. */
import { StorageError, type StorageErrorCode } from './storage.ts';

const CODES: Readonly<Record<string, StorageErrorCode>> = {
  QuotaExceededError: 'quota-exceeded',
  VersionError: 'from-the-future',
  // Private windows of some browsers and blocked site data refuse to open at all.
  SecurityError: 'unavailable',
  InvalidStateError: 'unavailable',
  NotAllowedError: 'unavailable',
};

/** Chromium reports a full disk as UnknownError or AbortError, with only the text to tell by. */
const DISK_FULL = /full disk|disk (is )?full|no space|quota/i;

export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const { name, message } =
    error instanceof Error || error instanceof DOMException
      ? error
      : { name: '', message: String(error) };
  const code = CODES[name] ?? (DISK_FULL.test(message) ? 'quota-exceeded' : 'failed');
  return new StorageError(code, `${name}: ${message}`, { cause: error });
}
