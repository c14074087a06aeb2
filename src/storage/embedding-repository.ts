/** Embeddings by key. Float32 values come back bit for bit as they were computed. */
import type { IDBPObjectStore } from 'idb';
import type { Database } from './open-database.ts';
import { ownBuffer } from './own-buffer.ts';
import { requestAll } from './request-all.ts';
import type { HeadstartSchema } from './schema.ts';
import type { EmbeddingKey, Storage } from './storage.ts';

type EmbeddingRepository = Pick<Storage, 'getEmbeddings' | 'haveEmbeddings' | 'putEmbeddings'>;
type EmbeddingStore = IDBPObjectStore<HeadstartSchema, ['embeddings'], 'embeddings'>;

/** From so many keys on, one look at the whole range they span is faster than one request each. */
const MANY_KEYS = 200;
/** Reading the range must not read more than so many times what was asked for. */
const MAX_WASTE = 2;
/** Records per answer: 1,280 values each make 5 MB. */
const RECORDS_PER_REQUEST = 1_000;

export function createEmbeddingRepository(database: Database): EmbeddingRepository {
  return {
    async getEmbeddings(keys) {
      const found = await database.read(['embeddings'], ({ store }) => readAll(store, keys));
      // Anything that is not what it should be is computed again, as if it were missing.
      return new Map(
        keys.flatMap((key): [EmbeddingKey, Float32Array][] => {
          const value = found.get(key);
          return value instanceof Float32Array ? [[key, value]] : [];
        }),
      );
    },

    async haveEmbeddings(keys) {
      const present = await database.read(['embeddings'], async ({ store }) => {
        if (keys.length >= MANY_KEYS) return store.getAllKeys(rangeOf(keys));
        return Promise.all(keys.map((key) => store.getKey(key)));
      });
      const known = new Set(present);
      return new Set(keys.filter((key) => known.has(key)));
    },

    async putEmbeddings(entries) {
      await database.write(['embeddings'], 'cheap', ({ store }) =>
        requestAll(
          [...entries].map(
            ([key, values]) =>
              () =>
                store.put(ownBuffer(values), key),
          ),
        ),
      );
    },
  };
}

async function readAll(
  store: EmbeddingStore,
  keys: readonly EmbeddingKey[],
): Promise<ReadonlyMap<EmbeddingKey, unknown>> {
  if (keys.length >= MANY_KEYS) {
    const present = await store.getAllKeys(rangeOf(keys));
    if (present.length <= MAX_WASTE * keys.length) return readTogether(store, present);
  }
  const values = await Promise.all(keys.map((key) => store.get(key)));
  return new Map(keys.map((key, i) => [key, values[i]]));
}

/** @param present all keys of a range, in order */
async function readTogether(store: EmbeddingStore, present: readonly EmbeddingKey[]) {
  const parts: (readonly EmbeddingKey[])[] = [];
  for (let i = 0; i < present.length; i += RECORDS_PER_REQUEST) {
    parts.push(present.slice(i, i + RECORDS_PER_REQUEST));
  }
  const values = await Promise.all(parts.map((part) => store.getAll(rangeOf(part))));
  return new Map(
    parts.flatMap((part, p) =>
      part.map((key, i): [EmbeddingKey, unknown] => [key, values[p]?.[i]]),
    ),
  );
}

/** From the smallest to the largest; the database sorts strings as JavaScript does. */
function rangeOf(keys: readonly EmbeddingKey[]): IDBKeyRange {
  let [first = ''] = keys;
  let last = first;
  for (const key of keys) {
    if (key < first) first = key;
    if (key > last) last = key;
  }
  return IDBKeyRange.bound(first, last);
}
