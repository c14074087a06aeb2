/**
 * What near-duplicates do to a validation score: the same photos split again and again, once with
 * groups kept whole and once as if there were none. A head trained on either kind of split is scored;
 * the difference is what the leak would have added.
 */
import type { ClassInfo, Photo } from './photo.ts';
import type { SplitSettings } from './project.ts';
import { createRandom, deriveSeed } from './random.ts';
import { resplit } from './split-changes.ts';

export type TrialKind = 'honest' | 'leaky';

export interface SplitTrial {
  readonly kind: TrialKind;
  /** Row numbers into `photos`; disjoint. */
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
}

export interface TrialPlan {
  readonly photos: readonly Photo[];
  /** [photos.length], index into `classes`. */
  readonly labels: Int32Array;
  readonly classes: readonly ClassInfo[];
  /** Honest and leaky take turns, so that a comparison cut short has as many of each. */
  readonly trials: readonly SplitTrial[];
}

/** Enough for a steady mean, few enough for a coffee-free wait. */
export const TRIALS_OF_EACH = 3;
/** Photos beyond this are left out, group by group: the difference shows long before. */
export const MOST_TRIAL_PHOTOS = 1_500;

/**
 * Null when it cannot be done: fewer than two classes with photos on both sides in every trial.
 * Photos of the test side take no part. Pins are passed over: both kinds of split decide alone.
 */
export function planTrials(
  classes: readonly ClassInfo[],
  all: Iterable<Photo>,
  settings: SplitSettings,
): TrialPlan | null {
  const photos = sample(
    [...all].filter((photo) => photo.side !== 'test'),
    settings.seed,
  );
  const used = classes.filter((info) => photos.some((photo) => photo.classId === info.id));
  if (used.length < 2) return null;
  const trials: SplitTrial[] = [];
  for (let turn = 0; turn < TRIALS_OF_EACH; turn++) {
    for (const kind of ['honest', 'leaky'] as const) {
      const seed = deriveSeed(settings.seed, `trial/${String(turn)}`);
      const trial = splitOnce(photos, kind, { ...settings, testShare: 0, seed });
      if (!coversClasses(photos, trial.trainRows, used.length)) return null;
      if (trial.validationRows.length === 0) return null;
      trials.push(trial);
    }
  }
  const indexOf = new Map(used.map((info, i) => [info.id, i]));
  const labels = Int32Array.from(photos, (photo) => indexOf.get(photo.classId) ?? 0);
  return { photos, labels, classes: used, trials };
}

function splitOnce(photos: readonly Photo[], kind: TrialKind, settings: SplitSettings): SplitTrial {
  const free = photos.map((photo): Photo => {
    const { splitRank: _, ...rest } = photo;
    const groupId = kind === 'honest' ? photo.groupId : photo.id;
    return { ...rest, groupId, side: 'train', pinned: false };
  });
  const sides = new Map(resplit(free, settings).map((photo) => [photo.id, photo.side]));
  const rowsOf = (wanted: 'train' | 'validation'): Int32Array =>
    Int32Array.from(
      photos.flatMap((photo, row) => ((sides.get(photo.id) ?? 'train') === wanted ? [row] : [])),
    );
  return { kind, trainRows: rowsOf('train'), validationRows: rowsOf('validation') };
}

function coversClasses(photos: readonly Photo[], rows: Int32Array, classCount: number): boolean {
  return new Set(Array.from(rows, (row) => photos[row]?.classId)).size === classCount;
}

/** Whole groups in an order of chance until there are enough; in the order they came. */
function sample(photos: readonly Photo[], seed: number): readonly Photo[] {
  if (photos.length <= MOST_TRIAL_PHOTOS) return photos;
  const groups = [...new Set(photos.map((photo) => photo.groupId))];
  const sizes = new Map<string, number>();
  for (const { groupId } of photos) sizes.set(groupId, (sizes.get(groupId) ?? 0) + 1);
  createRandom(deriveSeed(seed, 'trial/sample')).shuffle(groups);
  const taken = new Set<string>();
  let count = 0;
  for (const group of groups) {
    if (count >= MOST_TRIAL_PHOTOS) break;
    taken.add(group);
    count += sizes.get(group) ?? 0;
  }
  return photos.filter((photo) => taken.has(photo.groupId));
}

export interface TrialScore {
  readonly kind: TrialKind;
  /** Of the validation photos of the trial. */
  readonly right: number;
  readonly of: number;
}

export interface TrialVerdict {
  /** Share of validation photos answered right, over all trials of the kind. */
  readonly honest: number;
  readonly leaky: number;
}

/** Null until there is at least one of each. */
export function judgeTrials(scores: readonly TrialScore[]): TrialVerdict | null {
  const share = (kind: TrialKind): number | null => {
    const own = scores.filter((score) => score.kind === kind);
    const of = own.reduce((sum, score) => sum + score.of, 0);
    return of === 0 ? null : own.reduce((sum, score) => sum + score.right, 0) / of;
  };
  const [honest, leaky] = [share('honest'), share('leaky')];
  return honest === null || leaky === null ? null : { honest, leaky };
}
