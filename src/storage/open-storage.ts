/** Storage on IndexedDB: puts the repositories beside this file together. */
import { createEmbeddingRepository } from './embedding-repository.ts';
import { createGarbageCollector } from './garbage.ts';
import { openDatabase, type Database } from './open-database.ts';
import { createPhotoRepository } from './photo-repository.ts';
import { createProjectRepository } from './project-repository.ts';
import { createRunRepository } from './run-repository.ts';
import { createSession } from './session.ts';
import { createShelfRepository } from './shelf-repository.ts';
import { createUnfinishedRepository } from './unfinished-repository.ts';
import type { Storage, StorageUsage } from './storage.ts';

export interface OpenedStorage {
  readonly storage: Storage;
  /** For `createModelStore`. */
  readonly database: Database;
  /** Records left out so far because they were damaged. */
  readonly damagedRecords: () => number;
}

/** Throws StorageError when the database cannot be opened (see `openDatabase`). */
export async function openStorage(name?: string): Promise<OpenedStorage> {
  const database = await openDatabase(name);
  const session = createSession();
  const garbage = createGarbageCollector(database, session);
  const storage: Storage = {
    ...createProjectRepository(database, session, garbage),
    ...createRunRepository(database, session),
    ...createPhotoRepository(database, session),
    ...createShelfRepository(database),
    ...createUnfinishedRepository(database, session),
    ...createEmbeddingRepository(database),
    collectGarbage: () => garbage.collect(),
    damagedRecords: () => session.damagedRecords,
    usage: readUsage,
    requestPersistence,
    close: () => {
      database.close();
    },
  };
  return { storage, database, damagedRecords: () => session.damagedRecords };
}

/** Missing on insecure addresses and in older browsers. */
function storageManager(): Partial<StorageManager> {
  const { navigator } = globalThis as { navigator?: { storage?: StorageManager } };
  return navigator?.storage ?? {};
}

/** What the browser does not tell is 0 or false; never throws. */
async function readUsage(): Promise<StorageUsage> {
  const manager = storageManager();
  const [estimate, persistent] = await Promise.all([
    manager.estimate?.().catch(() => null),
    manager.persisted?.().catch(() => false),
  ]);
  return {
    usedBytes: estimate?.usage ?? 0,
    quotaBytes: estimate?.quota ?? 0,
    persistent: persistent ?? false,
  };
}

/** Whether the browser promises not to clear the data by itself. Never throws. */
async function requestPersistence(): Promise<boolean> {
  const granted = await storageManager()
    .persist?.()
    .catch(() => false);
  return granted ?? false;
}
