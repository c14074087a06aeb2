/** Removes pictures and embeddings that no photo of any project refers to any more. */
import { imageHashOfEmbeddingKey } from '../domain/embedding-key.ts';
import type { Photo } from '../domain/photo.ts';
import type { Database } from './open-database.ts';
import type { Session } from './session.ts';

interface KeyedStore {
  getAllKeys(): Promise<string[]>;
  delete(key: string): Promise<void>;
}

/** Stores of one readwrite transaction. */
export interface PictureStores {
  readonly photos: { getAll(): Promise<Photo[]> };
  readonly images: KeyedStore;
  readonly thumbnails: KeyedStore;
  readonly embeddings: KeyedStore;
}

export interface Collected {
  readonly images: number;
  readonly embeddings: number;
}

/** Spares what undo may still bring back in this session. */
export function collectGarbage(database: Database, session: Session): Promise<Collected> {
  const stores = ['photos', 'images', 'thumbnails', 'embeddings'] as const;
  // One transaction: photos that are being added at the same time wait, so none loses its picture.
  return database.write([...stores], 'cheap', (transaction) =>
    collectPictures(
      {
        photos: transaction.objectStore('photos'),
        images: transaction.objectStore('images'),
        thumbnails: transaction.objectStore('thumbnails'),
        embeddings: transaction.objectStore('embeddings'),
      },
      (hash) => !session.isSpared(hash),
    ),
  );
}

/** Within a transaction of the caller. `isCandidate`: image hashes that may go if nobody needs them. */
export async function collectPictures(
  { photos, images, thumbnails, embeddings }: PictureStores,
  isCandidate: (imageHash: string) => boolean,
): Promise<Collected> {
  // Whole records at once: a cursor over the same photos takes many times as long.
  const records = await photos.getAll();
  const used = new Set(records.map((photo: Photo | undefined) => photo?.imageHash));
  const isGarbage = (hash: string) => !used.has(hash) && isCandidate(hash);
  const [imageKeys, thumbnailKeys, embeddingKeys] = await Promise.all([
    images.getAllKeys(),
    thumbnails.getAllKeys(),
    embeddings.getAllKeys(),
  ]);
  const oldImages = imageKeys.filter(isGarbage);
  const oldEmbeddings = embeddingKeys.filter((key) => isGarbage(imageHashOfEmbeddingKey(key)));
  await Promise.all([
    ...oldImages.map((hash) => images.delete(hash)),
    ...thumbnailKeys.filter(isGarbage).map((hash) => thumbnails.delete(hash)),
    ...oldEmbeddings.map((key) => embeddings.delete(key)),
  ]);
  return { images: oldImages.length, embeddings: oldEmbeddings.length };
}
