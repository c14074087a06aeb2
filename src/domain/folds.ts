/**
 * Shares photos out into folds for cross-validation: near-duplicates stay together, and every fold
 * has about the same share of every class.
 */
import { createRandom } from './random.ts';

export type FoldProblem =
  | { readonly code: 'one-class' }
  /** Fewer groups of photos than folds. */
  | { readonly code: 'too-few-groups'; readonly groups: number; readonly folds: number };

export interface FoldPlan {
  /** [rows], 0 … folds − 1; −1 for photos that are always learned from and never judged. */
  readonly foldOf: Int32Array;
  readonly folds: number;
  /** Classes whose photos are all one group: judged, they would have nothing to be learned from. */
  readonly loneClasses: readonly number[];
}

/**
 * @param labels [rows]
 * @param groups [rows], equal for near-duplicates
 */
export function planFolds(
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  classCount: number,
  folds: number,
  seed: number,
): FoldPlan | FoldProblem {
  const members = new Map<number, number[]>();
  const groupsOfClass = Array.from({ length: classCount }, () => new Set<number>());
  for (let row = 0; row < labels.length; row++) {
    const group = groups[row] ?? 0;
    const list = members.get(group);
    if (list === undefined) members.set(group, [row]);
    else list.push(row);
    groupsOfClass[labels[row] ?? 0]?.add(group);
  }
  const present = groupsOfClass.filter((own) => own.size > 0).length;
  if (present < 2) return { code: 'one-class' };
  const loneClasses = groupsOfClass.flatMap((own, index) => (own.size === 1 ? [index] : []));
  const lone = new Set(loneClasses);
  const judged = [...members.values()].filter(
    (rows) => !rows.some((row) => lone.has(labels[row] ?? 0)),
  );
  if (judged.length < folds) return { code: 'too-few-groups', groups: judged.length, folds };
  const foldOf = new Int32Array(labels.length).fill(-1);
  shareOut(judged, labels, classCount, folds, seed, foldOf);
  return { foldOf, folds, loneClasses };
}

/** Largest groups first, each into the fold that has the least of its classes so far. */
function shareOut(
  groups: readonly (readonly number[])[],
  labels: ArrayLike<number>,
  classCount: number,
  folds: number,
  seed: number,
  foldOf: Int32Array,
): void {
  const inOrder = createRandom(seed)
    .shuffle([...groups])
    .sort((a, b) => b.length - a.length);
  const counts = new Int32Array(folds * classCount);
  const sizes = new Int32Array(folds);
  for (const rows of inOrder) {
    let best = 0;
    let bestCost = Infinity;
    for (let fold = 0; fold < folds; fold++) {
      let cost = (sizes[fold] ?? 0) / 1_000;
      for (const row of rows) cost += counts[fold * classCount + (labels[row] ?? 0)] ?? 0;
      if (cost < bestCost) {
        best = fold;
        bestCost = cost;
      }
    }
    for (const row of rows) {
      foldOf[row] = best;
      counts[best * classCount + (labels[row] ?? 0)]! += 1;
    }
    sizes[best]! += rows.length;
  }
}
