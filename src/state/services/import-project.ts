/**
 * Makes a project again from its file. Everything is checked first; the project's own record is
 * written last, so that a project is there whole or not at all.
 */
import type { Photo } from '../../domain/photo.ts';
import type { Project } from '../../domain/project.ts';
import { recogniseFile, SIGNATURE_BYTES } from '../../domain/image-signature.ts';
import type { Run } from '../../domain/run.ts';
import { ArchiveError } from '../../formats/archive-error.ts';
import {
  checked,
  HEAD_FILE,
  imageName,
  parseHead,
  parseJson,
  photoListName,
  photoListSchema,
  PHOTOS_PER_FILE,
  runName,
  runNumbersName,
  runSchema,
  thumbnailName,
  unpackValue,
} from '../../formats/project-file.ts';
import { MAX_PROJECT_MEMBERS, MAX_ZIP_BYTES } from '../../formats/project-limits.ts';
import { openZip, type ZipMember } from '../../formats/zip-archive.ts';
import type { ZipLimits } from '../../formats/zip-directory.ts';
import type { NewPhoto, Storage } from '../../storage/storage.ts';
import type { ImportPreview } from '../store-types.ts';
import { hashOf } from './model-files.ts';
import { projectLockName, type Tabs } from './tabs.ts';

const PROJECT_LIMITS: ZipLimits = {
  entries: MAX_PROJECT_MEMBERS,
  memberBytes: 256 * 2 ** 20,
  totalBytes: MAX_ZIP_BYTES,
};
const MAX_JSON_BYTES = 32 * 2 ** 20;
const MAX_IMAGE_BYTES = 64 * 2 ** 20;
const MAX_THUMBNAIL_BYTES = 2 ** 20;
const PHOTOS_PER_WRITE = 12;

interface ListedPhoto {
  readonly photo: Photo;
  readonly imageType: string;
  readonly thumbnailType: string;
}

export interface ReadProject {
  readonly preview: ImportPreview;
  readonly project: Project;
  readonly photos: readonly ListedPhoto[];
  readonly runs: readonly Run[];
  readonly members: ReadonlyMap<string, ZipMember>;
}

/** Null when the file is a zip of something else. Throws ArchiveError. */
export async function readProjectFile(name: string, file: Blob): Promise<ReadProject | null> {
  const { members: list } = await openZip(file, PROJECT_LIMITS);
  const members = new Map(list.map((member) => [member.parts.join('/'), member]));
  if (!members.has(HEAD_FILE)) return null;
  const head = parseHead(await readText(members, HEAD_FILE));
  // The schema has looked at every field; fields that a later version adds are kept as they are.
  const project = head.project as unknown as Project;
  const photos = await readPhotos(members, head.photoCount);
  checkPhotos(project, photos, members);
  const runs: Run[] = [];
  for (let i = 0; i < head.runCount; i++) {
    const numbers = await readMember(members, runNumbersName(i), PROJECT_LIMITS.memberBytes);
    const value = unpackValue({ json: await readText(members, runName(i)), numbers });
    runs.push(checked(runSchema, value) as unknown as Run);
  }
  if (new Set(runs.map((run) => run.id)).size !== runs.length) edited('runs');
  const preview = toPreview(name, project, photos, runs.length);
  return { preview, project, photos, runs, members };
}

function edited(where: string): never {
  throw new ArchiveError('edited', { where });
}

async function readMember(
  members: ReadonlyMap<string, ZipMember>,
  name: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const member = members.get(name);
  if (member === undefined || member.bytes > limit) edited(name);
  return member.read(signal);
}

async function readText(members: ReadonlyMap<string, ZipMember>, name: string): Promise<string> {
  return new TextDecoder().decode(await readMember(members, name, MAX_JSON_BYTES));
}

async function readPhotos(
  members: ReadonlyMap<string, ZipMember>,
  count: number,
): Promise<readonly ListedPhoto[]> {
  const photos: ListedPhoto[] = [];
  for (let i = 0; i < Math.ceil(count / PHOTOS_PER_FILE); i++) {
    const list = checked(photoListSchema, parseJson(await readText(members, photoListName(i))));
    photos.push(...(list as unknown as ListedPhoto[]));
  }
  if (photos.length !== count) edited('photoCount');
  return photos;
}

function checkPhotos(
  { classes }: Project,
  photos: readonly ListedPhoto[],
  members: ReadonlyMap<string, ZipMember>,
): void {
  const classIds = new Set(classes.map((info) => info.id));
  if (classIds.size !== classes.length) edited('classes');
  if (new Set(photos.map(({ photo }) => photo.id)).size !== photos.length) edited('photos');
  for (const { photo } of photos) {
    if (!classIds.has(photo.classId)) edited('classId');
    if (!members.has(imageName(photo.imageHash))) edited('images');
    if (!members.has(thumbnailName(photo.imageHash))) edited('thumbnails');
  }
}

function toPreview(
  name: string,
  project: Project,
  photos: readonly ListedPhoto[],
  runCount: number,
): ImportPreview {
  const counts = new Map(project.classes.map((info) => [info.id, 0]));
  for (const { photo } of photos) counts.set(photo.classId, (counts.get(photo.classId) ?? 0) + 1);
  return {
    name,
    layout: 'project',
    classes: project.classes.map((info) => ({ name: info.name, count: counts.get(info.id) ?? 0 })),
    photoCount: photos.length,
    runCount,
    skipped: [],
    notes: [],
  };
}

export interface WriteOptions {
  readonly storage: Storage;
  /** The project's lock is held while it is written, so that no other tab takes it for a left-over. */
  readonly tabs: Tabs;
  readonly newId: () => string;
  readonly signal: AbortSignal;
  readonly onPhotos: (count: number) => void;
}

/**
 * Gives the id of the new project: its own, or a new one where that is taken. Throws ArchiveError
 * ('edited' when a picture is not the one its record names), StorageError, or the signal's reason;
 * then nothing of it stays.
 */
export async function writeProject(read: ReadProject, options: WriteOptions): Promise<string> {
  const { storage, newId, signal, onPhotos } = options;
  const { id, isTaken, takenRuns } = await findPlace(read, storage, newId);
  const lock = options.tabs.request(projectLockName(id));
  await lock.granted;
  try {
    for (let at = 0; at < read.photos.length; at += PHOTOS_PER_WRITE) {
      signal.throwIfAborted();
      const some = read.photos.slice(at, at + PHOTOS_PER_WRITE);
      const batch: NewPhoto[] = [];
      for (const listed of some) batch.push(await readPictures(listed, read.members, options));
      await storage.addPhotos(id, batch);
      onPhotos(batch.length);
    }
    const renewRuns = isTaken || takenRuns;
    for (const run of read.runs) {
      await storage.putRun({ ...run, id: renewRuns ? newId() : run.id, projectId: id });
    }
    signal.throwIfAborted();
    await storage.putProject({ ...read.project, id });
    return id;
  } catch (error) {
    await storage.deleteProject(id).catch(() => undefined); // the first error is the one to tell
    throw error;
  } finally {
    lock.cancel();
  }
}

/** An id that no project and no left-over of one uses. */
async function findPlace(read: ReadProject, storage: Storage, newId: () => string) {
  const projects = await storage.listProjects();
  const ownRuns = new Set(read.runs.map((run) => run.id));
  let takenRuns = false;
  for (const project of projects) {
    const runs = await storage.listRunSummaries(project.id);
    takenRuns ||= runs.some((run) => ownRuns.has(run.id));
  }
  const { id } = read.project;
  const isTaken =
    projects.some((project) => project.id === id) || (await storage.listPhotos(id)).length > 0;
  return { id: isTaken ? newId() : id, isTaken, takenRuns };
}

async function readPictures(
  { photo, imageType, thumbnailType }: ListedPhoto,
  members: ReadonlyMap<string, ZipMember>,
  { storage, signal }: WriteOptions,
): Promise<NewPhoto> {
  const { imageHash } = photo;
  const image = await readMember(members, imageName(imageHash), MAX_IMAGE_BYTES, signal);
  // Pictures are shared between projects by this hash, so it must be true.
  if ((await hashOf(image.buffer)) !== imageHash) edited('images');
  if (!isPicture(image, imageType)) edited('images');
  const known = await storage.getThumbnail(imageHash);
  const name = thumbnailName(imageHash);
  const small = known ?? (await readMember(members, name, MAX_THUMBNAIL_BYTES, signal));
  if (!(small instanceof Blob) && !isPicture(small, thumbnailType)) edited('thumbnails');
  const thumbnail = small instanceof Blob ? small : new Blob([small], { type: thumbnailType });
  return { photo, image: new Blob([image], { type: imageType }), thumbnail };
}

function isPicture(bytes: Uint8Array, mediaType: string): boolean {
  return `image/${recogniseFile(bytes.subarray(0, SIGNATURE_BYTES))}` === mediaType;
}
