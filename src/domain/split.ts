/**
 * The split that does not lie: which photos train, which validate, which are kept for the test.
 *
 * - Stratified: each class comes as close to its shares as whole groups allow (within one group).
 * - For life: when photos are added, no photo leaves the validation or test side, and a training
 *   photo changes only when it turns out to be a near-duplicate of a held-out one.
 * - Whole groups: near-duplicates stand on one side. Only a person's pin can tear a group: then no
 *   photo is moved into training behind their back, and the group is reported as torn.
 * - Seeded: within one batch the outcome depends on the photos' contents, the settings and what was
 *   there before, never on the order of the batch. Batches added in another order may differ.
 * - Small classes: one group: training. Two or more: at least one trains and one validates; three or
 *   more with a test share: one tests. A group larger than MAX_FORCED_SHARE of its class is not
 *   forced out of training. Shares are of photos and are met to the nearest group, so 4 photos at
 *   20 % validate on 1, not on 0.8.
 */
import type { ClassId, Photo, PhotoId, Side } from './photo.ts';
import type { SplitSettings } from './project.ts';
import { decideSides } from './split-decide.ts';
import {
  collectGroups,
  isSamePlace,
  isStricter,
  SplitTally,
  strictestSide,
  type SplitGroup,
} from './split-tally.ts';

export interface SplitPlacement {
  /** The new photos with side and rank, in the order they came. */
  readonly added: readonly Photo[];
  /** Photos that were there and have another side, group or rank now. */
  readonly changed: readonly Photo[];
  /** Groups that pins keep on two sides: a leak that only the person can mend. */
  readonly tornGroups: readonly string[];
}

/**
 * Gives sides to new photos.
 *
 * @param photos those that are there, as they are
 * @param added new photos with their groups (see `groupNewPhotos`); `side` counts only where `pinned`
 * @param regrouped those of `photos` whose group was joined with another, with the new group
 */
export function assignSides(
  photos: Iterable<Photo>,
  added: readonly Photo[],
  settings: SplitSettings,
  regrouped: readonly Photo[] = [],
): SplitPlacement {
  const joined = new Map(regrouped.map((photo) => [photo.id, photo]));
  const newGroups = collectGroups(added);
  const touched = new Set([...newGroups.keys(), ...regrouped.map((photo) => photo.groupId)]);
  const tally = new SplitTally();
  const touchedBefore: Photo[] = [];
  for (const photo of photos) {
    const { groupId } = (joined.size > 0 ? joined.get(photo.id) : null) ?? photo;
    if (touched.has(groupId)) touchedBefore.push(photo);
    else tally.settle(photo);
  }

  const placed = new Map<PhotoId, Photo>();
  const tornGroups: string[] = [];
  const settleGroup = (id: string, standing: readonly Photo[], joining: readonly Photo[]): void => {
    const members = joinGroup(standing, joining);
    if (new Set(members.map((photo) => photo.side)).size > 1) tornGroups.push(id);
    for (const photo of members) {
      tally.settle(photo);
      placed.set(photo.id, photo);
    }
  };
  const oldGroups = collectGroups(touchedBefore.map((photo) => joined.get(photo.id) ?? photo));
  for (const [id, { members }] of oldGroups) {
    settleGroup(id, members, newGroups.get(id)?.members ?? []);
  }
  const undecided: SplitGroup[] = [];
  for (const [id, group] of newGroups) {
    if (oldGroups.has(id)) continue;
    const pinned = group.members.filter((photo) => photo.pinned);
    if (pinned.length === 0) undecided.push(group);
    else
      settleGroup(
        id,
        pinned,
        group.members.filter((photo) => !photo.pinned),
      );
  }
  for (const photo of decideSides(undecided, tally, settings)) placed.set(photo.id, photo);

  const changed = touchedBefore.flatMap((photo) => {
    const now = placed.get(photo.id) ?? photo;
    return isSamePlace(now, photo) ? [] : [now];
  });
  return { added: added.map((photo) => placed.get(photo.id) ?? photo), changed, tornGroups };
}

/** New photos join those that have sides; sides only ever get stricter, and pinned ones stay. */
function joinGroup(standing: readonly Photo[], joining: readonly Photo[]): readonly Photo[] {
  const settled = [...standing, ...joining.filter((photo) => photo.pinned)];
  const pinnedSides = new Set(settled.filter((photo) => photo.pinned).map((photo) => photo.side));
  const [pinnedSide] = pinnedSides;
  const target =
    pinnedSides.size === 1 && pinnedSide !== undefined ? pinnedSide : strictestSide(settled);
  const sideOf = (photo: Photo, isNew: boolean): Side => {
    if (photo.pinned) return photo.side;
    return isNew || isStricter(target, photo.side) ? target : photo.side;
  };
  const members = [
    ...standing.map((photo) => ({ ...photo, side: sideOf(photo, false) })),
    ...joining.map((photo) => ({ ...photo, side: sideOf(photo, true) })),
  ];
  if (members.some((photo) => photo.side !== target)) return members;
  // One group, one rank: that of a photo which stood there already, so that rank and side agree.
  const [rank] = standing
    .filter((photo) => photo.side === target)
    .flatMap((photo) => photo.splitRank ?? [])
    .sort((a, b) => a - b);
  return rank === undefined ? members : members.map((photo) => ({ ...photo, splitRank: rank }));
}

export interface ClassSplit {
  readonly classId: ClassId;
  readonly photos: Readonly<Record<Side, number>>;
  readonly groups: number;
  /**
   * What keeps the class from an honest validation, worst first; null when nothing does.
   * `one-group`: all its photos are near-duplicates or one recording.
   */
  readonly issue: 'empty' | 'no-training' | 'one-photo' | 'one-group' | 'no-validation' | null;
}

/** What the split looks like, class by class in the order given. */
export function describeSplit(
  photos: Iterable<Photo>,
  classIds: readonly ClassId[],
): readonly ClassSplit[] {
  const tally = new SplitTally();
  const groupIds = new Map(classIds.map((id) => [id, new Set<string>()]));
  for (const photo of photos) {
    tally.settle(photo);
    groupIds.get(photo.classId)?.add(photo.groupId);
  }
  return classIds.map((classId) => {
    const { photos: count, photosOn } = tally.of(classId);
    const groups = groupIds.get(classId)?.size ?? 0;
    let issue: ClassSplit['issue'] = null;
    if (count === 0) issue = 'empty';
    else if (photosOn.train === 0) issue = 'no-training';
    else if (count === 1) issue = 'one-photo';
    else if (groups === 1) issue = 'one-group';
    else if (photosOn.validation === 0) issue = 'no-validation';
    return { classId, photos: photosOn, groups, issue };
  });
}
