/**
 * Pictures with classes as a project of their own, beside the open one. Written like a project file:
 * under its lock, its own record last, and nothing of it stays when it fails or is cancelled.
 */
import { nextColorIndex, normaliseClassName, PALETTE_SIZE } from '../../domain/class-names.ts';
import { nextArrival } from '../../domain/dataset-edit.ts';
import { createSimilarityIndex, groupNewPhotos } from '../../domain/near-duplicates.ts';
import type { ClassInfo, Photo, PhotoId } from '../../domain/photo.ts';
import { assignSides } from '../../domain/split.ts';
import { ArchiveError } from '../../formats/archive-error.ts';
import { stemOf } from '../../formats/safe-file-names.ts';
import type { Refusal } from '../store-types.ts';
import type { AppServices } from './app-services.ts';
import type { ReadImport } from './import-pictures.ts';
import { toPhoto, type IncomingPhoto } from './incoming-photo.ts';
import { newProject } from './new-project.ts';
import { prepareItem, type Outcome } from './prepare-item.ts';
import { projectLockName } from './tabs.ts';

const PHOTOS_PER_WRITE = 48;

export interface MadeProject {
  readonly id: string;
  readonly name: string;
  readonly photos: number;
  readonly refusals: readonly Refusal[];
}

interface Options {
  readonly services: Pick<AppServices, 'engine' | 'storage' | 'tabs' | 'newId' | 'now'>;
  readonly signal: AbortSignal;
  readonly onPhotos: (count: number) => void;
}

/** Throws ArchiveError 'no-pictures' when no file was a photo, StorageError, or what an abort throws. */
export async function writeAsProject(
  read: ReadImport,
  { services, signal, onPhotos }: Options,
): Promise<MadeProject> {
  const { engine, storage, tabs } = services;
  const project = newProject(services, stemOf(read.preview.name));
  const sorter = createSorter(services, read.origin);
  const index = createSimilarityIndex();
  const photos = new Map<PhotoId, Photo>();
  const lock = tabs.request(projectLockName(project.id));
  await lock.granted;
  try {
    for (let at = 0; at < read.pictures.length; at += PHOTOS_PER_WRITE) {
      signal.throwIfAborted();
      const some = read.pictures.slice(at, at + PHOTOS_PER_WRITE);
      const outcomes = await Promise.all(some.map((item) => prepareItem(engine, item, signal)));
      const incoming = sorter.sort(outcomes);
      const fresh = incoming.map((each) => toPhoto(each, services.newId(), sorter.nextArrival()));
      const { added, regrouped } = groupNewPhotos(index, photos, fresh);
      const placed = assignSides(photos.values(), added, project.split, regrouped);
      const records = placed.added.flatMap((photo, i) => {
        const from = incoming[i];
        return from === undefined ? [] : [{ photo, image: from.image, thumbnail: from.thumbnail }];
      });
      await storage.addPhotos(project.id, records, placed.changed);
      for (const photo of [...placed.changed, ...placed.added]) photos.set(photo.id, photo);
      onPhotos(some.length);
    }
    if (photos.size === 0) throw new ArchiveError('no-pictures');
    signal.throwIfAborted();
    await storage.putProject({ ...project, classes: sorter.classes });
    const { id, name } = project;
    return { id, name, photos: photos.size, refusals: sorter.refusals };
  } catch (error) {
    await storage.deleteProject(project.id).catch(() => undefined); // the first error is the one to tell
    throw error;
  } finally {
    lock.cancel();
  }
}

/** Gives each picture its class, and leaves out what can't be read or is there twice in its class. */
function createSorter(
  { newId, now }: Pick<AppServices, 'newId' | 'now'>,
  origin: ReadImport['origin'],
) {
  const classes: ClassInfo[] = [];
  const refusals: Refusal[] = [];
  const seen = new Set<string>();
  let arrival = 0;

  function classOf(folder: string | null): string | null {
    const name = normaliseClassName(folder ?? '');
    if (name === '') return null;
    const known = classes.find((info) => info.name === name);
    if (known !== undefined) return known.id;
    const info = { id: newId(), name, colorIndex: nextColorIndex(classes, PALETTE_SIZE) };
    classes.push(info);
    return info.id;
  }

  return {
    classes,
    refusals,
    nextArrival: () => (arrival = nextArrival(arrival, now())),
    sort(outcomes: readonly Outcome[]): readonly IncomingPhoto[] {
      return outcomes.flatMap((outcome) => {
        if (outcome.kind === 'refused') {
          refusals.push(outcome.refusal);
          return [];
        }
        const { item, prepared } = outcome;
        const classId = classOf(item.folder);
        const key = `${classId ?? ''} ${prepared.contentHash}`;
        if (classId === null || seen.has(key)) {
          const code = classId === null ? 'no-class' : 'duplicate';
          refusals.push({ fileName: item.name, code });
          return [];
        }
        seen.add(key);
        return [{ ...prepared, classId, name: item.name, origin: { kind: origin } }];
      });
    },
  };
}
