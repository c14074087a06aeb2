/** Which photos of a class are shown, and in what order. */
import type { ClassId, Photo, PhotoId, PhotoOriginKind, Side } from './photo.ts';

export type PhotoSort = 'added' | 'newest' | 'name' | 'size';
export const PHOTO_SORTS: readonly PhotoSort[] = ['added', 'newest', 'name', 'size'];

export interface PhotoView {
  /** Part of the file name, in whatever case; empty: any. */
  readonly search: string;
  readonly classId: ClassId | null;
  readonly side: Side | null;
  readonly origin: PhotoOriginKind | null;
  /** Null: whatever passes the rest. */
  readonly only: ReadonlySet<PhotoId> | null;
  readonly sort: PhotoSort;
}

export const WHOLE_VIEW: PhotoView = {
  search: '',
  classId: null,
  side: null,
  origin: null,
  only: null,
  sort: 'added',
};

/** How many of the filters let only some photos through; the order does not count. */
export function filterCount(view: PhotoView): number {
  const { search, classId, side, origin, only } = view;
  const set = [search.trim() !== '', classId !== null, side !== null, origin !== null];
  return [...set, only !== null].filter(Boolean).length;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const COMPARE: Readonly<Record<Exclude<PhotoSort, 'added' | 'newest'>, Compare>> = {
  name: (a, b) => collator.compare(a.name, b.name),
  // Smallest first: those are the ones worth looking at.
  size: (a, b) => a.width * a.height - b.width * b.height,
};
type Compare = (a: Photo, b: Photo) => number;

/**
 * The photos of one class as the view has them; the very same list when it changes nothing. Null: the
 * class itself is not shown. Equals keep their order.
 *
 * @param photos in the order they were added
 */
export function viewPhotos(
  classId: ClassId,
  photos: readonly Photo[],
  view: PhotoView,
): readonly Photo[] | null {
  if (view.classId !== null && view.classId !== classId) return null;
  const shown = filterCount(view) === 0 ? photos : photos.filter(passes(view));
  if (view.sort === 'added') return shown;
  if (view.sort === 'newest') return shown.toReversed();
  return shown.toSorted(COMPARE[view.sort]);
}

function passes({ search, side, origin, only }: PhotoView): (photo: Photo) => boolean {
  const wanted = fold(search.trim());
  return (photo) =>
    (side === null || photo.side === side) &&
    (origin === null || photo.origin.kind === origin) &&
    (only === null || only.has(photo.id)) &&
    (wanted === '' || foldedName(photo).includes(wanted));
}

/** Made once for each photo: with each letter typed thousands of names are looked at. */
const foldedNames = new WeakMap<Photo, string>();

function foldedName(photo: Photo): string {
  let folded = foldedNames.get(photo);
  if (folded === undefined) {
    folded = fold(photo.name);
    foldedNames.set(photo, folded);
  }
  return folded;
}

/** Composed letters and ligatures made alike: file names of a Mac are decomposed. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
