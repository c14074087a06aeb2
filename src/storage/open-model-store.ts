/** Downloaded backbones on IndexedDB, in chunks so that a broken download goes on where it stopped. */
import type { ModelStore, StoredModelFile } from './model-store.ts';
import type { Database } from './open-database.ts';
import { keysUnder } from './photo-repository.ts';
import { requestAll } from './request-all.ts';
import { StorageError } from './storage.ts';

const STORES: ['modelFiles', 'modelChunks'] = ['modelFiles', 'modelChunks'];

export function createModelStore(database: Database): ModelStore {
  return {
    async list() {
      const { keys, records } = await database.read(['modelFiles'], async ({ store }) => {
        const [keys, records] = await Promise.all([store.getAllKeys(), store.getAll()]);
        return { keys, records };
      });
      const files = new Map<string, StoredModelFile[]>();
      records.forEach((record, i) => {
        const backboneId = keys[i]?.[0] ?? '';
        files.set(backboneId, [...(files.get(backboneId) ?? []), record]);
      });
      return files;
    },

    /** A chunk that does not follow what is there is refused: a file never has holes. */
    async appendChunk(backboneId, path, offset, totalBytes, chunk) {
      const bytes = chunk.slice().buffer;
      await database.write(STORES, 'cheap', async (transaction) => {
        const files = transaction.objectStore('modelFiles');
        const received = (await files.get([backboneId, path]))?.receivedBytes ?? 0;
        if (offset !== received) {
          throw new StorageError('failed', `chunk at ${offset} does not follow ${received} bytes`);
        }
        const receivedBytes = offset + chunk.length;
        await requestAll([
          () => transaction.objectStore('modelChunks').put(bytes, [backboneId, path, offset]),
          () => files.put({ path, totalBytes, receivedBytes, sha256: null }, [backboneId, path]),
        ]);
      });
    },

    async markComplete(backboneId, path, sha256) {
      await database.write(['modelFiles'], 'cheap', async ({ store }) => {
        const file = await store.get([backboneId, path]);
        if (file !== undefined) await store.put({ ...file, sha256 }, [backboneId, path]);
      });
    },

    async readFile(backboneId, path) {
      const { file, chunks } = await database.read(STORES, async (transaction) => {
        const [file, chunks] = await Promise.all([
          transaction.objectStore('modelFiles').get([backboneId, path]),
          transaction.objectStore('modelChunks').getAll(chunksOf(backboneId, path)),
        ]);
        return { file, chunks };
      });
      if (file === undefined || file.receivedBytes !== file.totalBytes) return null;
      const all = new Uint8Array(file.totalBytes);
      let offset = 0;
      for (const chunk of chunks) {
        if (offset + chunk.byteLength > all.length) return null;
        all.set(new Uint8Array(chunk), offset);
        offset += chunk.byteLength;
      }
      return offset === all.length ? all.buffer : null;
    },

    async remove(backboneId) {
      await database.write(STORES, 'cheap', (transaction) =>
        Promise.all([
          transaction.objectStore('modelFiles').delete(keysUnder(backboneId)),
          transaction.objectStore('modelChunks').delete(keysUnder(backboneId)),
        ]),
      );
    },

    async removeFile(backboneId, path) {
      await database.write(STORES, 'cheap', (transaction) =>
        Promise.all([
          transaction.objectStore('modelFiles').delete([backboneId, path]),
          transaction.objectStore('modelChunks').delete(chunksOf(backboneId, path)),
        ]),
      );
    },
  };
}

/** Arrays sort after numbers, so `[]` is above every offset. */
function chunksOf(backboneId: string, path: string): IDBKeyRange {
  return IDBKeyRange.bound([backboneId, path], [backboneId, path, []]);
}
