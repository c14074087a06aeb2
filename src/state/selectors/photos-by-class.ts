/** The photos of each class with the counts of each side, in display order. Memoised on what it reads. */
import type { ClassId, ClassInfo, Photo } from '../../domain/photo.ts';
import type { AppState } from '../store-types.ts';

export interface ClassPhotos {
  readonly info: ClassInfo;
  readonly photos: readonly Photo[];
  readonly training: number;
  readonly validation: number;
  readonly test: number;
}

type Inputs = Pick<AppState, 'classes' | 'photos'>;

/**
 * Makes a selector that gives one entry per class, in the order of the classes. An entry is the very
 * same object as before when nothing in it changed, so that a change in one class of a large data
 * set leaves the others alone. Photos of a class that no longer exists are passed over.
 */
export function createPhotosByClass(): (state: Inputs) => readonly ClassPhotos[] {
  let last: Inputs | null = null;
  let answer: readonly ClassPhotos[] = [];
  return (state) => {
    if (last?.classes === state.classes && last.photos === state.photos) return answer;
    last = { classes: state.classes, photos: state.photos };
    answer = group(state, new Map(answer.map((entry) => [entry.info.id, entry])));
    return answer;
  };
}

function group(
  { classes, photos }: Inputs,
  before: ReadonlyMap<ClassId, ClassPhotos>,
): readonly ClassPhotos[] {
  const lists = new Map<ClassId, Photo[]>(classes.map((info) => [info.id, []]));
  for (const photo of photos.values()) lists.get(photo.classId)?.push(photo);
  return classes.map((info) => {
    const list = lists.get(info.id) ?? [];
    const old = before.get(info.id);
    if (old !== undefined && isSameList(old.photos, list)) {
      return old.info === info ? old : { ...old, info };
    }
    return { info, photos: list, ...countSides(list) };
  });
}

function isSameList(a: readonly Photo[], b: readonly Photo[]): boolean {
  return a.length === b.length && a.every((photo, i) => photo === b[i]);
}

/** Photos on each side of the split. */
export function countSides(photos: Iterable<Photo>): {
  training: number;
  validation: number;
  test: number;
} {
  const counts = { training: 0, validation: 0, test: 0 };
  for (const { side } of photos) counts[side === 'train' ? 'training' : side] += 1;
  return counts;
}
