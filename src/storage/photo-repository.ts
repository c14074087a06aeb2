/** Photos with their pictures. A photo is there with image and thumbnail, or not at all. */
import type { Photo } from '../domain/photo.ts';
import { guarded, type Database } from './open-database.ts';
import type { PhotoRecord, PictureRecord } from './schema.ts';
import type { Storage } from './storage.ts';

type PhotoRepository = Pick<
  Storage,
  | 'listPhotos'
  | 'addPhotos'
  | 'updatePhotos'
  | 'deletePhotos'
  | 'restorePhotos'
  | 'applyEdit'
  | 'getImage'
  | 'getThumbnail'
>;

export function createPhotoRepository(database: Database): PhotoRepository {
  return {
    listPhotos: (projectId) => guarded(() => listPhotos(database, projectId)),

    addPhotos: (projectId, photos, changed = []) =>
      guarded(async () => {
        // Reading a blob inside a transaction would let the transaction end, so it is done before.
        const pictures = await Promise.all(
          photos.map(async ({ photo, image, thumbnail }) => ({
            image: await toPicture(photo.imageHash, image),
            thumbnail: await toPicture(photo.imageHash, thumbnail),
          })),
        );
        const transaction = database.transaction(['photos', 'images', 'thumbnails'], 'readwrite');
        const writes: Promise<unknown>[] = [
          ...photos.map(({ photo }) => photo),
          ...changed,
        ].map((photo) => transaction.objectStore('photos').put(toRecord(projectId, photo)));
        for (const { image, thumbnail } of pictures) {
          writes.push(transaction.objectStore('images').put(image));
          writes.push(transaction.objectStore('thumbnails').put(thumbnail));
        }
        await Promise.all([...writes, transaction.done]);
      }),

    updatePhotos: (projectId, photos) => guarded(() => putPhotos(database, projectId, photos)),
    restorePhotos: (projectId, photos) => guarded(() => putPhotos(database, projectId, photos)),

    deletePhotos: (projectId, ids) =>
      guarded(async () => {
        const transaction = database.transaction('photos', 'readwrite');
        await Promise.all([...ids.map((id) => transaction.store.delete([projectId, id])), transaction.done]);
      }),

    applyEdit: (project, { put, remove }) =>
      guarded(async () => {
        const transaction = database.transaction(['projects', 'photos'], 'readwrite');
        const photos = transaction.objectStore('photos');
        await transaction.objectStore('projects').put(project);
        await Promise.all([
          ...put.map((photo) => photos.put(toRecord(project.id, photo))),
          ...remove.map((id) => photos.delete([project.id, id])),
          transaction.done,
        ]);
      }),

    getImage: (imageHash) => guarded(async () => toBlob(await database.get('images', imageHash))),
    getThumbnail: (imageHash) => guarded(async () => toBlob(await database.get('thumbnails', imageHash))),
  };
}

/**
 * In order of arrival. A record that is not a photo (written by hand, or damaged) must not keep the
 * others from opening.
 */
async function listPhotos(database: Database, projectId: string): Promise<readonly Photo[]> {
  const records = await database.getAll('photos', IDBKeyRange.bound([projectId], [projectId, []]));
  const photos = records.map((record) => record.photo).filter(isPhoto);
  return photos.sort((a, b) => a.addedAt - b.addedAt);
}

function isPhoto(value: unknown): value is Photo {
  if (typeof value !== 'object' || value === null) return false;
  const { id, classId, imageHash, side } = value as Partial<Record<keyof Photo, unknown>>;
  return [id, classId, imageHash, side].every((field) => typeof field === 'string');
}

async function putPhotos(database: Database, projectId: string, photos: readonly Photo[]): Promise<void> {
  const transaction = database.transaction('photos', 'readwrite');
  await Promise.all([
    ...photos.map((photo) => transaction.store.put(toRecord(projectId, photo))),
    transaction.done,
  ]);
}

function toRecord(projectId: string, photo: Photo): PhotoRecord {
  return { projectId, id: photo.id, imageHash: photo.imageHash, photo };
}

async function toPicture(imageHash: string, blob: Blob): Promise<PictureRecord> {
  return { imageHash, bytes: await blob.arrayBuffer(), type: blob.type };
}

function toBlob(record: PictureRecord | undefined): Blob | null {
  return record === undefined ? null : new Blob([record.bytes], { type: record.type });
}
