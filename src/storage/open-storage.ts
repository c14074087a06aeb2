/** Storage on IndexedDB. Each method is one transaction; repositories in the files beside this one. */
import { createEmbeddingRepository } from './embedding-repository.ts';
import { collectGarbage } from './garbage.ts';
import { guarded, openDatabase, type Database } from './open-database.ts';
import { createPhotoRepository } from './photo-repository.ts';
import { createProjectRepository } from './project-repository.ts';
import type { Storage, StorageUsage } from './storage.ts';

export interface OpenedStorage {
  readonly storage: Storage;
  /** For `createModelStore`. */
  readonly database: Database;
}

/** Throws StorageError when the database cannot be opened. */
export async function openStorage(name?: string): Promise<OpenedStorage> {
  const database = await openDatabase(name);
  const storage: Storage = {
    ...createProjectRepository(database),
    ...createPhotoRepository(database),
    ...createEmbeddingRepository(database),
    collectGarbage: () => guarded(() => collectGarbage(database)),
    usage: readUsage,
    requestPersistence: () => storageManager()?.persist() ?? Promise.resolve(false),
    close: () => {
      database.close();
    },
  };
  return { storage, database };
}

/** Missing on insecure addresses and in Node. */
function storageManager(): StorageManager | null {
  return (globalThis.navigator as Navigator | undefined)?.storage as StorageManager | undefined ?? null;
}

async function readUsage(): Promise<StorageUsage> {
  const manager = storageManager();
  const estimate = await manager?.estimate().catch(() => null);
  const persistent = await manager?.persisted().catch(() => false);
  return {
    usedBytes: estimate?.usage ?? 0,
    quotaBytes: estimate?.quota ?? 0,
    persistent: persistent ?? false,
  };
}
