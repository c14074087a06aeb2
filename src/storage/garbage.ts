/**
 * Removes pictures and embeddings that no photo of any project refers to any more. Deleting is slow
 * (a millisecond a picture), so it is done in small transactions between which others get their turn.
 */
import { imageHashOfEmbeddingKey } from '../domain/embedding-key.ts';
import type { Photo } from '../domain/photo.ts';
import type { Database } from './open-database.ts';
import { requestAll } from './request-all.ts';
import type { Session } from './session.ts';

export interface Collected {
  readonly images: number;
  readonly embeddings: number;
}

const HASHES_PER_TRANSACTION = 50;

export interface GarbageCollector {
  /**
   * Looks at the pictures that `isCandidate` names by their image hash (default: all) and spares what
   * undo may still bring back. One collection at a time; a second one waits.
   */
  collect(isCandidate?: (imageHash: string) => boolean): Promise<Collected>;
}

export function createGarbageCollector(database: Database, session: Session): GarbageCollector {
  let running: Promise<unknown> = Promise.resolve();

  async function collect(isCandidate: (imageHash: string) => boolean): Promise<Collected> {
    const suspects = await findSuspects(database, isCandidate);
    const hashes = [...suspects.keys()];
    let [images, embeddings] = [0, 0];
    for (let i = 0; i < hashes.length; i += HASHES_PER_TRANSACTION) {
      const batch = hashes.slice(i, i + HASHES_PER_TRANSACTION);
      const done = await removeUnused(database, session, suspects, batch);
      images += done.images;
      embeddings += done.embeddings;
    }
    return { images, embeddings };
  }

  return {
    collect(isCandidate = () => true) {
      const mine = running.then(() => collect(isCandidate));
      running = mine.catch(() => undefined);
      return mine;
    },
  };
}

interface Suspect {
  hasImage: boolean;
  readonly embeddingKeys: string[];
}

/** Hashes without a photo at this moment, with what is kept under them. */
async function findSuspects(
  database: Database,
  isCandidate: (imageHash: string) => boolean,
): Promise<ReadonlyMap<string, Suspect>> {
  const stores = ['photos', 'images', 'thumbnails', 'embeddings'] as const;
  const [photos, imageKeys, thumbnailKeys, embeddingKeys] = await database.read(
    [...stores],
    (transaction) =>
      Promise.all([
        // Whole records at once: a cursor over the same photos takes many times as long.
        transaction.objectStore('photos').getAll() as Promise<(Photo | null)[]>,
        transaction.objectStore('images').getAllKeys(),
        transaction.objectStore('thumbnails').getAllKeys(),
        transaction.objectStore('embeddings').getAllKeys(),
      ]),
  );
  const used = new Set(photos.map((photo) => photo?.imageHash));
  const suspects = new Map<string, Suspect>();
  const suspect = (hash: string): Suspect | null => {
    if (used.has(hash) || !isCandidate(hash)) return null;
    const known = suspects.get(hash) ?? { hasImage: false, embeddingKeys: [] };
    suspects.set(hash, known);
    return known;
  };
  for (const hash of thumbnailKeys) suspect(hash);
  for (const hash of imageKeys) {
    const found = suspect(hash);
    if (found !== null) found.hasImage = true;
  }
  for (const key of embeddingKeys) suspect(imageHashOfEmbeddingKey(key))?.embeddingKeys.push(key);
  return suspects;
}

/** Asks again inside the transaction: a photo with this picture may have come in the meantime. */
function removeUnused(
  database: Database,
  session: Session,
  suspects: ReadonlyMap<string, Suspect>,
  batch: readonly string[],
): Promise<Collected> {
  const stores = ['photos', 'images', 'thumbnails', 'embeddings'] as const;
  return database.write([...stores], 'cheap', async (transaction) => {
    const byImage = transaction.objectStore('photos').index('imageHash');
    const users = await Promise.all(batch.map((hash) => byImage.getKey(hash)));
    const unused = batch.filter((hash, i) => users[i] === undefined && !session.isSpared(hash));
    const found = unused.map((hash) => suspects.get(hash)).filter((s) => s !== undefined);
    const embeddingKeys = found.flatMap((suspect) => suspect.embeddingKeys);
    await requestAll([
      ...unused.map((hash) => () => transaction.objectStore('images').delete(hash)),
      ...unused.map((hash) => () => transaction.objectStore('thumbnails').delete(hash)),
      ...embeddingKeys.map((key) => () => transaction.objectStore('embeddings').delete(key)),
    ]);
    return {
      images: found.filter((suspect) => suspect.hasImage).length,
      embeddings: embeddingKeys.length,
    };
  });
}
