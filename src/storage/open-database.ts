/** Opens the database, migrating it if need be, and turns what can go wrong into StorageError. */
import { openDB, type IDBPDatabase } from 'idb';
import { migrate } from './migrations.ts';
import { DATABASE_NAME, SCHEMA_VERSION, type HeadstartSchema } from './schema.ts';
import { StorageError } from './storage.ts';

export type Database = IDBPDatabase<HeadstartSchema>;

/** Another tab with an older version should let go within this time; if not, the person must close it. */
const BLOCKED_TIMEOUT_MS = 5_000;

/** Throws StorageError: 'from-the-future', 'blocked', 'unavailable'. */
export async function openDatabase(name = DATABASE_NAME): Promise<Database> {
  let giveUp: ReturnType<typeof setTimeout> | undefined;
  const blocked = new Promise<never>((_, reject) => {
    giveUp = setTimeout(() => {
      reject(new StorageError('blocked', 'another tab keeps an older version of the database open'));
    }, BLOCKED_TIMEOUT_MS);
  });
  try {
    const opening = openDB<HeadstartSchema>(name, SCHEMA_VERSION, {
      upgrade: (database, from, to) => {
        migrate(database, from, to ?? SCHEMA_VERSION);
      },
      // A newer version in another tab waits for this one to let go.
      blocking: (_from, _to, event) => {
        (event.target as IDBDatabase).close();
      },
    });
    return await Promise.race([opening, blocked]);
  } catch (error) {
    throw toStorageError(error);
  } finally {
    clearTimeout(giveUp);
  }
}

export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const name = error instanceof DOMException || error instanceof Error ? error.name : '';
  const message = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (name === 'QuotaExceededError') return new StorageError('quota-exceeded', message, options);
  if (name === 'VersionError') return new StorageError('from-the-future', message, options);
  if (name === 'InvalidStateError' || name === 'SecurityError' || name === 'UnknownError') {
    return new StorageError('unavailable', message, options);
  }
  return new StorageError('failed', message, options);
}

/** Runs a storage operation; whatever it throws becomes a StorageError. */
export async function guarded<Value>(operation: () => Promise<Value>): Promise<Value> {
  try {
    return await operation();
  } catch (error) {
    throw toStorageError(error);
  }
}
