/** Downloaded backbones on IndexedDB, in chunks so that a broken download goes on where it stopped. */
import type { ModelStore, StoredModelFile } from './model-store.ts';
import { guarded, type Database } from './open-database.ts';

export function createModelStore(database: Database): ModelStore {
  return {
    list: () =>
      guarded(async () => {
        const files = new Map<string, StoredModelFile[]>();
        for (const { backboneId, ...file } of await database.getAll('modelFiles')) {
          files.set(backboneId, [...(files.get(backboneId) ?? []), file]);
        }
        return files;
      }),

    appendChunk: (backboneId, path, offset, totalBytes, chunk) =>
      guarded(async () => {
        const transaction = database.transaction(['modelFiles', 'modelChunks'], 'readwrite');
        const files = transaction.objectStore('modelFiles');
        const received = (await files.get([backboneId, path]))?.receivedBytes ?? 0;
        if (offset !== received) {
          transaction.abort();
          await transaction.done.catch(() => undefined);
          throw new Error(`chunk at ${String(offset)} does not follow ${String(received)} bytes`);
        }
        const bytes = chunk.slice().buffer;
        const receivedBytes = offset + chunk.length;
        await Promise.all([
          transaction.objectStore('modelChunks').put({ backboneId, path, offset, bytes }),
          files.put({ backboneId, path, totalBytes, receivedBytes, sha256: null }),
          transaction.done,
        ]);
      }),

    markComplete: (backboneId, path, sha256) =>
      guarded(async () => {
        const { store, done } = database.transaction('modelFiles', 'readwrite');
        const file = await store.get([backboneId, path]);
        if (file !== undefined) await store.put({ ...file, sha256 });
        await done;
      }),

    readFile: (backboneId, path) =>
      guarded(async () => {
        const transaction = database.transaction(['modelFiles', 'modelChunks']);
        const file = await transaction.objectStore('modelFiles').get([backboneId, path]);
        const chunks = await transaction.objectStore('modelChunks').getAll(chunkRange(backboneId, path));
        await transaction.done;
        if (file === undefined || file.receivedBytes !== file.totalBytes) return null;
        const all = new Uint8Array(file.totalBytes);
        for (const { offset, bytes } of chunks) all.set(new Uint8Array(bytes), offset);
        return all.buffer;
      }),

    remove: (backboneId) =>
      guarded(async () => {
        const transaction = database.transaction(['modelFiles', 'modelChunks'], 'readwrite');
        const range = IDBKeyRange.bound([backboneId], [backboneId, []]);
        await transaction.objectStore('modelFiles').delete(range);
        await transaction.objectStore('modelChunks').delete(range);
        await transaction.done;
      }),

    removeFile: (backboneId, path) =>
      guarded(async () => {
        const transaction = database.transaction(['modelFiles', 'modelChunks'], 'readwrite');
        await transaction.objectStore('modelFiles').delete([backboneId, path]);
        await transaction.objectStore('modelChunks').delete(chunkRange(backboneId, path));
        await transaction.done;
      }),
  };
}

/** Arrays sort after numbers, so `[]` is above every offset. */
function chunkRange(backboneId: string, path: string): IDBKeyRange {
  return IDBKeyRange.bound([backboneId, path], [backboneId, path, []]);
}
