/** The whole data set on one card: counts, balance, sizes, origins. Something a teacher can show. */
import type { ClassId, ClassInfo, Photo, PhotoOriginKind, Side } from './photo.ts';

export interface ClassSummary {
  readonly classId: ClassId;
  readonly photos: number;
  readonly sides: Readonly<Record<Side, number>>;
  /** Pictures that are really different: near-duplicates and frames of one recording count once. */
  readonly groups: number;
}

export interface DatasetSummary {
  readonly photos: number;
  readonly groups: number;
  readonly sides: Readonly<Record<Side, number>>;
  readonly classes: readonly ClassSummary[];
  /** Smallest class over largest, 1 when all are alike; null with fewer than two filled classes. */
  readonly balance: number | null;
  /** Stored sizes; null without photos. The median is of the longest side. */
  readonly sizes: {
    readonly smallest: { readonly width: number; readonly height: number };
    readonly largest: { readonly width: number; readonly height: number };
    readonly medianLongestSide: number;
    /** Share of photos that are not square, and so touched by crop, pad or stretch. */
    readonly notSquare: number;
  } | null;
  /** Most photos first. */
  readonly origins: readonly { readonly kind: PhotoOriginKind; readonly photos: number }[];
}

/** Sides that differ by less than this share are as good as square. */
const SQUARE_TOLERANCE = 0.02;

export function summariseDataset(
  classes: readonly ClassInfo[],
  photos: Iterable<Photo>,
): DatasetSummary {
  const list = [...photos];
  const rows = classes.map(({ id }) => {
    const own = list.filter((photo) => photo.classId === id);
    return {
      classId: id,
      photos: own.length,
      sides: countOf(own),
      groups: new Set(own.map((photo) => photo.groupId)).size,
    };
  });
  const filled = rows.filter((row) => row.photos > 0).map((row) => row.photos);
  return {
    photos: list.length,
    groups: new Set(list.map((photo) => photo.groupId)).size,
    sides: countOf(list),
    classes: rows,
    balance: filled.length < 2 ? null : Math.min(...filled) / Math.max(...filled),
    sizes: sizesOf(list),
    origins: originsOf(list),
  };
}

function countOf(photos: readonly Photo[]): Record<Side, number> {
  const sides = { train: 0, validation: 0, test: 0 };
  for (const { side } of photos) sides[side] += 1;
  return sides;
}

function sizesOf(photos: readonly Photo[]): DatasetSummary['sizes'] {
  const [first] = photos;
  if (first === undefined) return null;
  let [smallest, largest] = [first, first];
  let notSquare = 0;
  for (const photo of photos) {
    const area = photo.width * photo.height;
    if (area < smallest.width * smallest.height) smallest = photo;
    if (area > largest.width * largest.height) largest = photo;
    const [short, long] = [photo.width, photo.height].sort((a, b) => a - b) as [number, number];
    if (long - short > SQUARE_TOLERANCE * long) notSquare += 1;
  }
  const longest = photos.map(({ width, height }) => Math.max(width, height)).sort((a, b) => a - b);
  const size = ({ width, height }: Photo) => ({ width, height });
  return {
    smallest: size(smallest),
    largest: size(largest),
    medianLongestSide: longest[Math.floor(longest.length / 2)] ?? 0,
    notSquare: notSquare / photos.length,
  };
}

function originsOf(photos: readonly Photo[]): DatasetSummary['origins'] {
  const counts = new Map<PhotoOriginKind, number>();
  for (const { origin } of photos) counts.set(origin.kind, (counts.get(origin.kind) ?? 0) + 1);
  return [...counts]
    .map(([kind, count]) => ({ kind, photos: count }))
    .sort((a, b) => b.photos - a.photos);
}
