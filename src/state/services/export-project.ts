/** The open project as one file from which it can be made again exactly (docs/PROJECT-FILE.md). */
import type { Project } from '../../domain/project.ts';
import { ArchiveError } from '../../formats/archive-error.ts';
import {
  HEAD_FILE,
  imageName,
  packValue,
  photoListName,
  PHOTOS_PER_FILE,
  PROJECT_FILE_FORMAT,
  PROJECT_FILE_VERSION,
  runName,
  runNumbersName,
  thumbnailName,
} from '../../formats/project-file.ts';
import { MAX_PROJECT_PHOTOS } from '../../formats/project-limits.ts';
import type { Storage } from '../../storage/storage.ts';
import { toBytes, type ExportJob } from './export-dataset.ts';
import { readAhead } from './read-ahead.ts';

type Source = Pick<Storage, 'getImage' | 'getThumbnail' | 'listRuns'>;

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Reads runs from storage; photos whose picture is gone are left out. Gives how many were written. */
export async function writeProjectFile(
  { photos, zip, signal, onPhoto }: Omit<ExportJob, 'classes' | 'fit'>,
  project: Project,
  storage: Source,
): Promise<number> {
  // Refused before anything is written: such a file could be made and not be opened again.
  if (photos.length > MAX_PROJECT_PHOTOS) {
    throw new ArchiveError('too-many-photos', { limit: MAX_PROJECT_PHOTOS });
  }
  const written = new Set<string>();
  let listed: unknown[] = [];
  let lists = 0;
  let photoCount = 0;
  const endList = async (): Promise<void> => {
    if (listed.length > 0) await zip.add(photoListName(lists++), encode(JSON.stringify(listed)));
    listed = [];
  };
  const pictures = readAhead(photos, ({ imageHash }) =>
    Promise.all([storage.getImage(imageHash), storage.getThumbnail(imageHash)]),
  );
  for await (const { item: photo, value } of pictures) {
    signal.throwIfAborted();
    const { imageHash } = photo;
    const [image, thumbnail] = value;
    if (image !== null && thumbnail !== null) {
      listed.push({ photo, imageType: image.type, thumbnailType: thumbnail.type });
      photoCount += 1;
      if (!written.has(imageHash)) {
        written.add(imageHash);
        await zip.add(imageName(imageHash), await toBytes(image));
        await zip.add(thumbnailName(imageHash), await toBytes(thumbnail));
      }
      if (listed.length === PHOTOS_PER_FILE) await endList();
    }
    onPhoto();
  }
  await endList();
  const runs = await storage.listRuns(project.id);
  for (const [i, run] of runs.entries()) {
    signal.throwIfAborted();
    const { json, numbers } = packValue(run);
    await zip.add(runName(i), encode(json));
    await zip.add(runNumbersName(i), numbers);
  }
  const head = {
    format: PROJECT_FILE_FORMAT,
    version: PROJECT_FILE_VERSION,
    photoCount,
    runCount: runs.length,
    project,
  };
  await zip.add(HEAD_FILE, encode(JSON.stringify(head)));
  return photoCount;
}
