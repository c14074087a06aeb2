/** Embeddings by key. Float32 values come back bit for bit as they were computed. */
import type { Database } from './open-database.ts';
import { ownBuffer } from './own-buffer.ts';
import type { Storage } from './storage.ts';

type EmbeddingRepository = Pick<Storage, 'getEmbeddings' | 'haveEmbeddings' | 'putEmbeddings'>;

export function createEmbeddingRepository(database: Database): EmbeddingRepository {
  return {
    async getEmbeddings(keys) {
      const values = await database.read(['embeddings'], ({ store }) =>
        Promise.all(keys.map((key) => store.get(key))),
      );
      return new Map(
        keys.flatMap((key, i): [string, Float32Array][] => {
          const value: unknown = values[i];
          // Anything else is computed again, which is what a missing one leads to.
          return value instanceof Float32Array ? [[key, value]] : [];
        }),
      );
    },

    async haveEmbeddings(keys) {
      const found = await database.read(['embeddings'], ({ store }) =>
        Promise.all(keys.map((key) => store.getKey(key))),
      );
      return new Set(found.filter((key) => key !== undefined));
    },

    async putEmbeddings(entries) {
      await database.write(['embeddings'], 'cheap', ({ store }) =>
        Promise.all([...entries].map(([key, values]) => store.put(ownBuffer(values), key))),
      );
    },
  };
}
