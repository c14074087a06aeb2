/** Removes pictures and embeddings that no photo of any project refers to any more. */
import type { Database } from './open-database.ts';

export async function collectGarbage(
  database: Database,
): Promise<{ images: number; embeddings: number }> {
  const stores = ['photos', 'images', 'thumbnails', 'embeddings'] as const;
  const transaction = database.transaction(stores, 'readwrite');
  const used = new Set<string>();
  let cursor = await transaction.objectStore('photos').index('by-image').openKeyCursor(null, 'nextunique');
  while (cursor !== null) {
    used.add(cursor.key);
    cursor = await cursor.continue();
  }
  const images = transaction.objectStore('images');
  const unusedImages = (await images.getAllKeys()).filter((hash) => !used.has(hash));
  for (const hash of unusedImages) {
    await images.delete(hash);
    await transaction.objectStore('thumbnails').delete(hash);
  }
  const embeddings = transaction.objectStore('embeddings');
  let removed = 0;
  let entry = await embeddings.index('by-image').openKeyCursor();
  while (entry !== null) {
    if (!used.has(entry.key)) {
      await embeddings.delete(entry.primaryKey);
      removed += 1;
    }
    entry = await entry.continue();
  }
  await transaction.done;
  return { images: unusedImages.length, embeddings: removed };
}
