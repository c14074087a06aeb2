/** Changes of the split that a person asks for: other shares, a new split, pins. */
import type { Photo, PhotoId, Side } from './photo.ts';
import type { SplitSettings } from './project.ts';
import { decideSides } from './split-decide.ts';
import { rankWithin, sideOfRank } from './split-rank.ts';
import {
  collectGroups,
  groupOrder,
  isSamePlace,
  rankOf,
  SplitTally,
  strictestSide,
  type SplitGroup,
} from './split-tally.ts';

/**
 * Moves the borders between the sides. Only groups that a border passes change, the nearest first;
 * pinned groups stay. Going back to the former shares gives the former split exactly, as long as no
 * photo was removed, pinned or moved to another class since it came. Single photos meet a share other
 * than the one they came at within two photos per class.
 *
 * @returns the photos that have another side (or got their first rank)
 */
export function changeShares(
  photos: Iterable<Photo>,
  from: SplitSettings,
  to: SplitSettings,
): readonly Photo[] {
  const ranked = [...collectGroups(photos).values()]
    .map((group) => ({ group, rank: rankOf(group) ?? firstRank(group, from) }))
    .sort((a, b) => a.rank - b.rank || (a.group.id < b.group.id ? -1 : 1));
  const tally = new SplitTally();
  const sides = new Map<SplitGroup, Side>();
  for (const { group, rank } of ranked) {
    if (group.members.some((photo) => photo.pinned)) {
      for (const photo of group.members) tally.settle(photo);
      continue;
    }
    const side = sideOfRank(rank, to);
    sides.set(group, side);
    tally.expect(group);
    tally.place(group, side);
  }
  keepTraining(tally, sides);
  return ranked.flatMap(({ group, rank }) =>
    group.members.flatMap((photo) => {
      const now = { ...photo, side: sides.get(group) ?? photo.side };
      if (now.splitRank === undefined) now.splitRank = rank;
      return isSamePlace(now, photo) ? [] : [now];
    }),
  );
}

function firstRank(group: SplitGroup, settings: SplitSettings): number {
  const { chance } = groupOrder(group, settings.seed);
  return rankWithin(strictestSide(group.members), settings, chance);
}

/** A class all of whose groups were beyond the borders would have nothing to learn from. */
function keepTraining(tally: SplitTally, sides: Map<SplitGroup, Side>): void {
  const inRankOrder = [...sides.keys()];
  for (const classId of tally.classIds()) {
    if (tally.of(classId).groupsOn.train.size > 0) continue;
    const own = inRankOrder.filter((group) => group.sizes.has(classId));
    const nearest = own.findLast((group) => sides.get(group) === 'validation') ?? own[0];
    if (nearest === undefined) continue;
    tally.place(nearest, 'train', sides.get(nearest) ?? null);
    sides.set(nearest, 'train');
  }
}

/** A new split on request: every group without a pin gets side and rank anew. Returns what changed. */
export function resplit(photos: Iterable<Photo>, settings: SplitSettings): readonly Photo[] {
  const tally = new SplitTally();
  const free: SplitGroup[] = [];
  const before = new Map<PhotoId, Photo>();
  for (const group of collectGroups(photos).values()) {
    const pinned = group.members.some((photo) => photo.pinned);
    if (!pinned) free.push(group);
    for (const photo of group.members) {
      before.set(photo.id, photo);
      if (pinned) tally.settle(photo);
    }
  }
  return decideSides(free, tally, settings).filter((photo) => {
    const old = before.get(photo.id);
    return old === undefined || !isSamePlace(photo, old);
  });
}

/**
 * Pins photos, each with its whole group, to a side; null hands them back to the split, which puts
 * them where their rank says. Returns what changed.
 */
export function pinSide(
  photos: Iterable<Photo>,
  ids: Iterable<PhotoId>,
  side: Side | null,
  settings: SplitSettings,
): readonly Photo[] {
  const wanted = new Set(ids);
  return [...collectGroups(photos).values()].flatMap((group) => {
    if (!group.members.some((photo) => wanted.has(photo.id))) return [];
    const rank = rankOf(group);
    const home = rank === null ? null : sideOfRank(rank, settings);
    return group.members.flatMap((photo) => {
      const now = { ...photo, side: side ?? home ?? photo.side, pinned: side !== null };
      return isSamePlace(now, photo) ? [] : [now];
    });
  });
}
