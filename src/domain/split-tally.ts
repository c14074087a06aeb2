/** What the split counts with: groups of photos, and per class how many photos and groups stand where. */
import type { ClassId, Photo, Side } from './photo.ts';
import { deriveSeed } from './random.ts';
import { addToRankTable, createRankTable, type RankTable } from './split-rank.ts';

/** Photos that must stand on one side. */
export interface SplitGroup {
  readonly id: string;
  readonly members: readonly Photo[];
  /** Photos per class; more than one entry when copies lie in several classes. */
  readonly sizes: ReadonlyMap<ClassId, number>;
}

export interface ClassTally {
  photos: number;
  readonly photosOn: Record<Side, number>;
  /** Ids of groups with photos of this class; of settled ones, only the first few (see `settle`). */
  readonly groupsOn: Readonly<Record<Side, Set<string>>>;
  readonly ranks: RankTable;
}

export function collectGroups(photos: Iterable<Photo>): Map<string, SplitGroup> {
  const members = new Map<string, Photo[]>();
  for (const photo of photos) {
    const list = members.get(photo.groupId);
    if (list === undefined) members.set(photo.groupId, [photo]);
    else list.push(photo);
  }
  const groups = new Map<string, SplitGroup>();
  for (const [id, list] of members) {
    const sizes = new Map<ClassId, number>();
    for (const { classId } of list) sizes.set(classId, (sizes.get(classId) ?? 0) + 1);
    groups.set(id, { id, members: list, sizes });
  }
  return groups;
}

/** The rules only ask whether a class has none, one or more groups on a side. */
const SETTLED_GROUPS_KEPT = 3;

export class SplitTally {
  readonly #classes = new Map<ClassId, ClassTally>();

  of(classId: ClassId): ClassTally {
    let tally = this.#classes.get(classId);
    if (tally === undefined) {
      tally = {
        photos: 0,
        photosOn: { train: 0, validation: 0, test: 0 },
        groupsOn: { train: new Set(), validation: new Set(), test: new Set() },
        ranks: createRankTable(),
      };
      this.#classes.set(classId, tally);
    }
    return tally;
  }

  classIds(): readonly ClassId[] {
    return [...this.#classes.keys()].sort();
  }

  /** A photo that stands where it stands. Called for every photo of the project at each addition. */
  settle(photo: Photo): void {
    const tally = this.of(photo.classId);
    tally.photos++;
    tally.photosOn[photo.side]++;
    const groups = tally.groupsOn[photo.side];
    if (groups.size < SETTLED_GROUPS_KEPT) groups.add(photo.groupId);
    if (photo.splitRank !== undefined) addToRankTable(tally.ranks, photo.splitRank, 1);
  }

  /** Counts photos whose side is not decided yet, so that targets are those of the whole batch. */
  expect(group: SplitGroup): void {
    for (const [classId, size] of group.sizes) this.of(classId).photos += size;
  }

  /** Puts an expected group on a side; `from` when it stood on another one. */
  place(group: SplitGroup, side: Side, from: Side | null = null): void {
    for (const [classId, size] of group.sizes) {
      const { photosOn, groupsOn } = this.of(classId);
      if (from !== null) {
        photosOn[from] -= size;
        groupsOn[from].delete(group.id);
      }
      photosOn[side] += size;
      groupsOn[side].add(group.id);
    }
  }

  rank(group: SplitGroup, rank: number): void {
    for (const [classId, size] of group.sizes) addToRankTable(this.of(classId).ranks, rank, size);
  }

  /** Whether every class of this group keeps a training group without it. */
  canLeaveTraining(group: SplitGroup): boolean {
    return [...group.sizes.keys()].every((id) => this.of(id).groupsOn.train.size > 1);
  }
}

/** The rank of a group; the smallest when its photos still carry several. */
export function rankOf(group: SplitGroup): number | null {
  let rank: number | null = null;
  for (const { splitRank } of group.members) {
    if (splitRank !== undefined && (rank === null || splitRank < rank)) rank = splitRank;
  }
  return rank;
}

/**
 * A group's place in the seeded order. It is known by the smallest content hash in it, so that equal
 * photos give an equal split.
 *
 * @returns `key` to break ties; `chance` in [0, 1)
 */
export function groupOrder(group: SplitGroup, seed: number): { key: string; chance: number } {
  let key = '';
  for (const { contentHash, id } of group.members) {
    const own = `${contentHash} ${id}`;
    if (key === '' || own < key) key = own;
  }
  return { key, chance: deriveSeed(seed, key.slice(0, key.indexOf(' '))) / 2 ** 32 };
}

const STRICTNESS: Readonly<Record<Side, number>> = { train: 0, validation: 1, test: 2 };

/** A photo may be moved to a stricter side by the program, never to a laxer one. */
export function isStricter(side: Side, than: Side): boolean {
  return STRICTNESS[side] > STRICTNESS[than];
}

export function strictestSide(photos: readonly Photo[]): Side {
  return photos.reduce<Side>((s, photo) => (isStricter(photo.side, s) ? photo.side : s), 'train');
}

/** Whether two records of one photo agree in everything that the split decides. */
export function isSamePlace(a: Photo, b: Photo): boolean {
  return (
    a.side === b.side &&
    a.pinned === b.pinned &&
    a.groupId === b.groupId &&
    a.splitRank === b.splitRank
  );
}
