/** Photos with their pictures. A photo is there with image and thumbnail, or not at all. */
import type { Photo } from '../domain/photo.ts';
import type { Database } from './open-database.ts';
import { isPhoto } from './record-checks.ts';
import { requestAll } from './request-all.ts';
import type { PictureRecord } from './schema.ts';
import type { Session } from './session.ts';
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

/** Keys of all records whose key begins with this id; arrays sort after strings. */
export function keysUnder(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

export function createPhotoRepository(database: Database, session: Session): PhotoRepository {
  async function change(
    projectId: string,
    put: readonly Photo[],
    remove: readonly string[],
    project: Parameters<Storage['applyEdit']>[0] | null,
  ): Promise<void> {
    if (put.length + remove.length === 0 && project === null) return;
    await database.write(['projects', 'photos'], 'kept', async (transaction) => {
      const photos = transaction.objectStore('photos');
      if (project !== null) await transaction.objectStore('projects').put(project, projectId);
      // Undo may bring these back in this session, so their pictures are to be spared.
      const gone = await Promise.all(remove.map((id) => photos.get([projectId, id])));
      for (const photo of gone) if (photo !== undefined) session.spare(photo.imageHash);
      await requestAll([
        ...put.map((photo) => () => photos.put(photo, [projectId, photo.id])),
        ...remove.map((id) => () => photos.delete([projectId, id])),
      ]);
    });
  }

  async function getPicture(store: 'images' | 'thumbnails', hash: string): Promise<Blob | null> {
    const record = await database.read([store], (t) => t.objectStore(store).get(hash));
    return record === undefined ? null : new Blob([record.bytes], { type: record.type });
  }

  return {
    listPhotos: (projectId) => listPhotos(database, session, projectId),

    async addPhotos(projectId, photos, changed = []) {
      // Reading a blob inside a transaction would let the transaction end, so it is done before.
      const pictures = await Promise.all(
        photos.map(async ({ photo, image, thumbnail }) => ({
          hash: photo.imageHash,
          image: await toPicture(image),
          thumbnail: await toPicture(thumbnail),
        })),
      );
      await database.write(['photos', 'images', 'thumbnails'], 'kept', async (transaction) => {
        const [records, images, thumbnails] = [
          transaction.objectStore('photos'),
          transaction.objectStore('images'),
          transaction.objectStore('thumbnails'),
        ];
        await requestAll([
          ...photos.map(
            ({ photo }) =>
              () =>
                records.put(photo, [projectId, photo.id]),
          ),
          ...changed.map((photo) => () => records.put(photo, [projectId, photo.id])),
          ...pictures.map(
            ({ hash, image }) =>
              () =>
                images.put(image, hash),
          ),
          ...pictures.map(
            ({ hash, thumbnail }) =>
              () =>
                thumbnails.put(thumbnail, hash),
          ),
        ]);
      });
    },

    updatePhotos: (projectId, photos) => change(projectId, photos, [], null),
    restorePhotos: (projectId, photos) => change(projectId, photos, [], null),
    deletePhotos: (projectId, ids) => change(projectId, [], ids, null),
    applyEdit: (project, { put, remove }) => change(project.id, put, remove, project),
    getImage: (imageHash) => getPicture('images', imageHash),
    getThumbnail: (imageHash) => getPicture('thumbnails', imageHash),
  };
}

/** In order of arrival, then by id. Damaged records are left out and counted. */
async function listPhotos(
  database: Database,
  session: Session,
  projectId: string,
): Promise<readonly Photo[]> {
  const range = keysUnder(projectId);
  const records = await readInPieces(database, range)
    // A single value that the browser cannot read back fails all of them: then one by one.
    .catch(() => readOneByOne(database, range));
  const photos: Photo[] = [];
  for (const record of records) {
    if (isPhoto(record)) photos.push(record);
    else session.countDamaged();
  }
  return photos.sort((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1));
}

/** Records handed over in one event: more of them would keep the page from answering. */
const PIECE_RECORDS = 2_000;

async function readInPieces(database: Database, range: IDBKeyRange): Promise<unknown[]> {
  return database.read(['photos'], async (t) => {
    const store = t.objectStore('photos');
    const records: unknown[] = await store.getAll(range, PIECE_RECORDS);
    if (records.length < PIECE_RECORDS) return records;
    const keys = await store.getAllKeys(range);
    for (let from = PIECE_RECORDS; from < keys.length; from += PIECE_RECORDS) {
      const [first, last] = [keys[from], keys[Math.min(from + PIECE_RECORDS, keys.length) - 1]];
      for (const record of await store.getAll(IDBKeyRange.bound(first, last))) records.push(record);
    }
    return records;
  });
}

async function readOneByOne(database: Database, range: IDBKeyRange): Promise<unknown[]> {
  const keys = await database.read(['photos'], (t) => t.objectStore('photos').getAllKeys(range));
  return Promise.all(
    keys.map((key) =>
      database
        .read(['photos'], (t): Promise<unknown> => t.objectStore('photos').get(key))
        .catch(() => null),
    ),
  );
}

async function toPicture(blob: Blob): Promise<PictureRecord> {
  return { bytes: await blob.arrayBuffer(), type: blob.type };
}
