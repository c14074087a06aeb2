/** Embeddings by key. Float32 values are kept exactly as computed. */
import { imageHashOfEmbeddingKey } from '../domain/embedding-key.ts';
import { guarded, type Database } from './open-database.ts';
import type { EmbeddingKey, Storage } from './storage.ts';

type EmbeddingRepository = Pick<Storage, 'getEmbeddings' | 'haveEmbeddings' | 'putEmbeddings'>;

export function createEmbeddingRepository(database: Database): EmbeddingRepository {
  return {
    getEmbeddings: (keys) =>
      guarded(async () => {
        const { store, done } = database.transaction('embeddings');
        const records = await Promise.all(keys.map((key) => store.get(key)));
        await done;
        const found = new Map<EmbeddingKey, Float32Array>();
        for (const record of records) if (record !== undefined) found.set(record.key, record.values);
        return found;
      }),

    haveEmbeddings: (keys) =>
      guarded(async () => {
        const { store, done } = database.transaction('embeddings');
        const present = await Promise.all(keys.map((key) => store.getKey(key)));
        await done;
        return new Set(present.filter((key) => key !== undefined));
      }),

    putEmbeddings: (entries) =>
      guarded(async () => {
        const { store, done } = database.transaction('embeddings', 'readwrite');
        const writes = [...entries].map(([key, values]) =>
          store.put({ key, imageHash: imageHashOfEmbeddingKey(key), values }),
        );
        await Promise.all([...writes, done]);
      }),
  };
}
