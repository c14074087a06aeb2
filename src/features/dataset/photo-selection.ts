/**
 * Which photos are selected: one set over all classes, although each class has a list of its own.
 * Pure, so that the rules are tested without a screen.
 */
import type { ClassId, Photo, PhotoId } from '../../domain/photo.ts';

export type SelectedIds = ReadonlySet<PhotoId>;
export const NOTHING_SELECTED: SelectedIds = new Set();

type PhotoTable = ReadonlyMap<PhotoId, Photo>;

/** Without the photos that are gone; the very same set when none is. */
export function stillThere(selected: SelectedIds, photos: PhotoTable): SelectedIds {
  let missing = 0;
  for (const id of selected) if (!photos.has(id)) missing += 1;
  if (missing === 0) return selected;
  if (missing === selected.size) return NOTHING_SELECTED;
  return new Set([...selected].filter((id) => photos.has(id)));
}

export function isSameSelection(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean {
  if (a.size !== b.size) return false;
  for (const id of a) if (!b.has(id)) return false;
  return true;
}

/**
 * The list of one class reports `inClass` as its new selection.
 * @param keepOthers a finger or a held modifier adds to what is selected in other classes; a plain
 *   click starts anew, as it does within one list
 */
export function selectInClass(
  selected: SelectedIds,
  photos: PhotoTable,
  classId: ClassId,
  inClass: Iterable<PhotoId>,
  keepOthers: boolean,
): SelectedIds {
  const next = new Set(inClass);
  if (keepOthers) {
    for (const id of selected) {
      const photo = photos.get(id);
      if (photo !== undefined && photo.classId !== classId) next.add(id);
    }
  }
  return next.size === 0 ? NOTHING_SELECTED : next;
}

export function groupByClass(
  selected: SelectedIds,
  photos: PhotoTable,
): ReadonlyMap<ClassId, SelectedIds> {
  const groups = new Map<ClassId, Set<PhotoId>>();
  for (const id of selected) {
    const photo = photos.get(id);
    if (photo === undefined) continue;
    const group = groups.get(photo.classId);
    if (group === undefined) groups.set(photo.classId, new Set([id]));
    else group.add(id);
  }
  return groups;
}

/** Those of `ids` that are not in the class already: moving them there changes something. */
export function outsideClass(
  ids: Iterable<PhotoId>,
  photos: PhotoTable,
  classId: ClassId,
): readonly PhotoId[] {
  return [...ids].filter((id) => {
    const photo = photos.get(id);
    return photo !== undefined && photo.classId !== classId;
  });
}
