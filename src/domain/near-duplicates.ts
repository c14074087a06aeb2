/**
 * Finds photos that show practically the same picture and gives them one group, so that the split
 * keeps them on one side. Photos belong together when they are
 * - exact copies: same file or same stored image;
 * - near-duplicates: difference hashes (64 bits) at a small Hamming distance;
 * - frames of one recording: the whole burst is one group. Cutting a burst into parts for both sides
 *   would put neighbouring frames, nearly equal, on either side of every cut. A class recorded in
 *   one go therefore has no validation (`one-group` in `describeSplit`) until it is recorded again.
 *
 * Groups join when a new photo links them, and are never taken apart again.
 */
import { createHashBands } from './hash-bands.ts';
import type { ClassId, Photo, PhotoId } from './photo.ts';

/**
 * Largest Hamming distance of near-duplicates. Measured on 1,700 photos of four public sets: at 6
 * the pairs are augmented copies and neighbouring film frames; from 7 on, different things in
 * similar places begin to match and chains grow quickly (largest group 33 at 8, 106 at 10).
 */
export const MAX_DISTANCE = 6;
/**
 * A hash with few bits of the rarer kind says little: a thing in front of a plain wall has most bits
 * equal whatever the thing is. The distance allowed is at most this part of the rarer bits, which in
 * the same measurement removed the false pairs and kept the true ones.
 */
const BITS_PER_DISTANCE = 4;
/** Standard deviation of luminance (0 to 1) under which a photo is one colour and its hash noise. */
const FLAT_CONTRAST = 0.02;
/** No link by hash. */
const UNLINKABLE = -1;

type Comparable = Pick<
  Photo,
  'id' | 'contentHash' | 'imageHash' | 'perceptualHash' | 'origin' | 'stats'
>;

export interface SimilarityIndex {
  add(photo: Comparable): void;
  remove(id: PhotoId): void;
  has(id: PhotoId): boolean;
  /** Photos of the very same file. */
  withContent(contentHash: string): Iterable<PhotoId>;
  /** Photos in the index that belong together with this one, itself left out. */
  similarTo(photo: Comparable): readonly PhotoId[];
  readonly size: number;
}

interface HashBits {
  readonly high: number;
  readonly low: number;
  /** Largest distance at which this hash means anything; UNLINKABLE for none. */
  readonly reach: number;
}

const HASH_PATTERN = /^[0-9a-f]{16}$/i;

function readHash(photo: Pick<Photo, 'perceptualHash' | 'stats'>): HashBits {
  if (!HASH_PATTERN.test(photo.perceptualHash)) return { high: 0, low: 0, reach: UNLINKABLE };
  const high = Number.parseInt(photo.perceptualHash.slice(0, 8), 16) | 0;
  const low = Number.parseInt(photo.perceptualHash.slice(8), 16) | 0;
  const ones = countBits(high) + countBits(low);
  const reach = Math.min(MAX_DISTANCE, Math.floor(Math.min(ones, 64 - ones) / BITS_PER_DISTANCE));
  const isFlat = reach === 0 || photo.stats.contrast < FLAT_CONTRAST;
  return { high, low, reach: isFlat ? UNLINKABLE : reach };
}

/** Set bits of a 32-bit integer, by adding neighbouring fields. */
function countBits(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  bits = (bits + (bits >>> 4)) & 0x0f0f0f0f;
  return Math.imul(bits, 0x01010101) >>> 24;
}

/** Differing bits of two hashes of 16 hex digits. */
export function hammingDistance(a: string, b: string): number {
  let distance = 0;
  for (const at of [0, 8]) {
    const part = (hash: string) => Number.parseInt(hash.slice(at, at + 8), 16) | 0;
    distance += countBits(part(a) ^ part(b));
  }
  return distance;
}

/**
 * Compares over packed integers, with those photos only whose hash shares a band of bits (`hash-bands`):
 * all that can be near are among them, and at 10,000 photos they are about one in seventy.
 */
export function createSimilarityIndex(photos: Iterable<Comparable> = []): SimilarityIndex {
  let high = new Int32Array(256);
  let low = new Int32Array(256);
  let reach = new Int8Array(256);
  const rows: Comparable[] = [];
  const bands = createHashBands();
  const rowOf = new Map<PhotoId, number>();
  const sharing = {
    contentHash: new Map<string, Set<PhotoId>>(),
    imageHash: new Map<string, Set<PhotoId>>(),
    burst: new Map<string, Set<PhotoId>>(),
  };
  type Trait = keyof typeof sharing;

  function traits(photo: Comparable): readonly (readonly [Trait, string])[] {
    const { contentHash, imageHash, origin } = photo;
    const own = [
      ['contentHash', contentHash],
      ['imageHash', imageHash],
    ] as const;
    return origin.burstId === undefined ? own : [...own, ['burst', origin.burstId] as const];
  }

  function grow(): void {
    const double = <T extends Int32Array | Int8Array>(old: T, next: T): T => {
      next.set(old);
      return next;
    };
    high = double(high, new Int32Array(high.length * 2));
    low = double(low, new Int32Array(low.length * 2));
    reach = double(reach, new Int8Array(reach.length * 2));
  }

  function write(row: number, photo: Comparable, bits: HashBits): void {
    rows[row] = photo;
    rowOf.set(photo.id, row);
    high[row] = bits.high;
    low[row] = bits.low;
    reach[row] = bits.reach;
    if (bits.reach !== UNLINKABLE) bands.insert(row, bits.high, bits.low);
  }

  function remove(id: PhotoId): void {
    const row = rowOf.get(id);
    const photo = row === undefined ? undefined : rows[row];
    if (row === undefined || photo === undefined) return;
    for (const [trait, value] of traits(photo)) {
      const ids = sharing[trait].get(value);
      ids?.delete(id);
      if (ids?.size === 0) sharing[trait].delete(value);
    }
    rowOf.delete(id);
    bands.remove(row);
    const last = rows.pop();
    if (last === undefined || last === photo) return;
    bands.remove(rows.length);
    write(row, last, readHash(last));
  }

  function add(photo: Comparable): void {
    remove(photo.id);
    if (rows.length === high.length) grow();
    write(rows.length, photo, readHash(photo));
    for (const [trait, value] of traits(photo)) {
      const ids = sharing[trait].get(value);
      if (ids === undefined) sharing[trait].set(value, new Set([photo.id]));
      else ids.add(photo.id);
    }
  }

  function similarTo(photo: Comparable): readonly PhotoId[] {
    const found = new Set<PhotoId>();
    for (const [trait, value] of traits(photo)) {
      for (const id of sharing[trait].get(value) ?? []) found.add(id);
    }
    const bits = readHash(photo);
    if (bits.reach !== UNLINKABLE) {
      const near: number[] = [];
      bands.candidates(bits.high, bits.low, (row) => {
        const limit = Math.min(bits.reach, reach[row] as number);
        const first = countBits(bits.high ^ (high[row] as number));
        if (first > limit) return;
        if (first + countBits(bits.low ^ (low[row] as number)) <= limit) near.push(row);
      });
      for (const row of near.sort((a, b) => a - b)) found.add((rows[row] as Comparable).id);
    }
    found.delete(photo.id);
    return [...found];
  }

  for (const photo of photos) add(photo);
  return {
    add,
    remove,
    has: (id) => rowOf.has(id),
    withContent: (contentHash) => sharing.contentHash.get(contentHash) ?? [],
    similarTo,
    get size() {
      return rows.length;
    },
  };
}

export interface Grouping {
  /** The new photos with their groups, in the order they came. */
  readonly added: readonly Photo[];
  /** Photos that were there and belong to another group now, because a new photo linked two. */
  readonly regrouped: readonly Photo[];
}

/**
 * Finds the groups of new photos and adds them to the index. The outcome does not depend on their
 * order. A new group is named after the smallest photo id in it; joined groups keep the smallest
 * name of those that were there.
 *
 * @param photos those that are there; index entries that are not among them are passed over
 */
export function groupNewPhotos(
  index: SimilarityIndex,
  photos: ReadonlyMap<PhotoId, Photo>,
  added: readonly Photo[],
): Grouping {
  const parents = new Map<string, string>();
  const oldGroups = new Set<string>();
  const find = (group: string): string => {
    let root = group;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    if (root !== group) parents.set(group, root);
    return root;
  };
  const join = (a: string, b: string): void => {
    const [first, second] = [find(a), find(b)];
    if (first === second) return;
    const firstIsOld = oldGroups.has(first);
    const keepFirst = firstIsOld === oldGroups.has(second) ? first < second : firstIsOld;
    parents.set(keepFirst ? second : first, keepFirst ? first : second);
  };
  const newIds = new Set(added.map((photo) => photo.id));
  for (const photo of added) {
    for (const id of index.similarTo(photo)) {
      const groupId = newIds.has(id) ? id : photos.get(id)?.groupId;
      if (groupId === undefined) continue;
      if (!newIds.has(id)) oldGroups.add(groupId);
      join(photo.id, groupId);
    }
    index.add(photo);
  }
  const regrouped: Photo[] = [];
  if ([...oldGroups].some((group) => find(group) !== group)) {
    for (const photo of photos.values()) {
      const groupId = find(photo.groupId);
      if (groupId !== photo.groupId) regrouped.push({ ...photo, groupId });
    }
  }
  return { added: added.map((photo) => ({ ...photo, groupId: find(photo.id) })), regrouped };
}

export interface LabelClash {
  readonly photoIds: readonly PhotoId[];
  readonly classIds: readonly ClassId[];
  /** Whether the very same picture has two labels; otherwise nearly the same. */
  readonly exact: boolean;
}

/** The same picture under two labels: each entry holds all copies of one picture. */
export function findSameUnderTwoClasses(photos: Iterable<Photo>): readonly LabelClash[] {
  const groups = new Map<string, Photo[]>();
  for (const photo of photos) {
    const group = groups.get(photo.groupId);
    if (group === undefined) groups.set(photo.groupId, [photo]);
    else group.push(photo);
  }
  return [...groups.values()].flatMap((group) => {
    if (group.every((photo) => photo.classId === group[0]?.classId)) return [];
    return clashesWithin(group);
  });
}

/** Frames of one burst share a group without looking alike, so pictures are told apart again here. */
function clashesWithin(group: readonly Photo[]): readonly LabelClash[] {
  const index = createSimilarityIndex(
    group.map((photo) => ({ ...photo, origin: { kind: photo.origin.kind } })),
  );
  const byId = new Map(group.map((photo) => [photo.id, photo]));
  const seen = new Set<PhotoId>();
  const clashes: LabelClash[] = [];
  for (const start of group) {
    if (seen.has(start.id)) continue;
    seen.add(start.id);
    const same = [start];
    // `same` grows while it is walked: everything reachable from `start`.
    for (const photo of same) {
      for (const id of index.similarTo({ ...photo, origin: { kind: photo.origin.kind } })) {
        const other = byId.get(id);
        if (other === undefined || seen.has(id)) continue;
        seen.add(id);
        same.push(other);
      }
    }
    const classIds = [...new Set(same.map((photo) => photo.classId))];
    if (classIds.length < 2) continue;
    clashes.push({ photoIds: same.map((photo) => photo.id), classIds, exact: hasExactClash(same) });
  }
  return clashes;
}

function hasExactClash(photos: readonly Photo[]): boolean {
  const classOf = new Map<string, ClassId>();
  return photos.some((photo) =>
    [`content ${photo.contentHash}`, `image ${photo.imageHash}`].some((key) => {
      const known = classOf.get(key);
      classOf.set(key, photo.classId);
      return known !== undefined && known !== photo.classId;
    }),
  );
}
