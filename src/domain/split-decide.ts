/** Decides side and rank of groups that have none, given everything that is settled already. */
import type { ClassId, Photo, Side } from './photo.ts';
import type { SplitSettings } from './project.ts';
import { chooseRank } from './split-rank.ts';
import { groupOrder, type SplitGroup, type SplitTally } from './split-tally.ts';

/** Beyond this share of a class, a group stays in training rather than be its only validation. */
export const MAX_FORCED_SHARE = 0.75;

/**
 * Goes through the groups in the order of hash(seed, content). Adds them to the tally.
 *
 * @returns their photos with side and rank
 */
export function decideSides(
  groups: readonly SplitGroup[],
  tally: SplitTally,
  settings: SplitSettings,
): readonly Photo[] {
  const inOrder = groups
    .map((group) => ({ group, ...groupOrder(group, settings.seed) }))
    .sort((a, b) => a.chance - b.chance || (a.key < b.key ? -1 : 1));
  for (const { group } of inOrder) tally.expect(group);
  const sides = new Map<SplitGroup, Side>();
  for (const { group } of inOrder) {
    const side = nearestSide(group, tally, settings);
    sides.set(group, side);
    tally.place(group, side);
  }
  ensureEverySide(
    inOrder.map(({ group }) => group),
    sides,
    tally,
    settings,
  );
  return inOrder.flatMap(({ group, chance }) => {
    const side = sides.get(group) ?? 'train';
    const { ranks } = tally.of(mainClass(group));
    const splitRank = chooseRank(ranks, group.members.length, side, settings, chance);
    tally.rank(group, splitRank);
    return group.members.map((photo) => ({ ...photo, side, splitRank }));
  });
}

/** The held-out side whose target comes nearer by taking this group; training when none does. */
function nearestSide(group: SplitGroup, tally: SplitTally, settings: SplitSettings): Side {
  let best: Side = 'train';
  let bestGain = 1e-9;
  for (const side of ['validation', 'test'] as const) {
    const share = side === 'validation' ? settings.validationShare : settings.testShare;
    let gain = 0;
    for (const [classId, size] of group.sizes) {
      const { photos, photosOn } = tally.of(classId);
      const missing = share * photos - photosOn[side];
      gain += Math.abs(missing) - Math.abs(missing - size);
    }
    if (gain > bestGain) {
      best = side;
      bestGain = gain;
    }
  }
  return best;
}

/** The rule for small classes (see `split.ts`); only groups without a side so far are moved. */
function ensureEverySide(
  groups: readonly SplitGroup[],
  sides: Map<SplitGroup, Side>,
  tally: SplitTally,
  settings: SplitSettings,
): void {
  const ofClass = new Map<ClassId, SplitGroup[]>();
  for (const group of groups) {
    for (const classId of group.sizes.keys()) {
      const own = ofClass.get(classId);
      if (own === undefined) ofClass.set(classId, [group]);
      else own.push(group);
    }
  }
  const move = (group: SplitGroup, to: Side): void => {
    tally.place(group, to, sides.get(group) ?? 'train');
    sides.set(group, to);
  };
  for (const [classId, own] of [...ofClass].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { groupsOn, photos } = tally.of(classId);
    const sizeOf = (group: SplitGroup): number => group.sizes.get(classId) ?? 0;
    own.sort((a, b) => sizeOf(a) - sizeOf(b));
    const largest = own.at(-1);
    if (groupsOn.train.size === 0 && largest !== undefined) move(largest, 'train');
    for (const side of ['validation', 'test'] as const) {
      const wanted = side === 'validation' ? settings.validationShare : settings.testShare;
      if (wanted <= 0 || groupsOn[side].size > 0) continue;
      const small = own.filter((group) => sizeOf(group) <= MAX_FORCED_SHARE * photos);
      const spare =
        small.find((group) => sides.get(group) === 'train' && tally.canLeaveTraining(group)) ??
        // A class too small for three sides validates before it tests.
        (side === 'validation' ? small.find((group) => sides.get(group) === 'test') : undefined);
      if (spare !== undefined) move(spare, side);
    }
  }
}

/** Class that most photos of the group belong to; the smaller id of equals. */
function mainClass(group: SplitGroup): ClassId {
  let best: ClassId = '';
  let bestSize = -1;
  for (const [classId, size] of group.sizes) {
    if (size > bestSize || (size === bestSize && classId < best)) {
      best = classId;
      bestSize = size;
    }
  }
  return best;
}
