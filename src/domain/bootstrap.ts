/**
 * 95 % intervals of any figure by resampling the photos it was measured on (Efron & Tibshirani, An
 * introduction to the bootstrap, 1993; percentile method). Whole groups of near-duplicates are drawn,
 * because photos of one group are not independent (cluster bootstrap).
 */
import type { Interval } from './classification-metrics.ts';
import { createRandom } from './random.ts';

export const BOOTSTRAP_REPLICATES = 1_000;

/**
 * Interval of each figure that `measure` gives for a sample. `measure` gets how often each row was
 * drawn ([rows], 0 and up) and answers the same number of figures every time; one that is not a number
 * for a sample (a class that was not drawn) is left out of that figure's interval.
 *
 * @param groups [rows], equal numbers for photos of one group
 */
export function bootstrapIntervals(
  groups: ArrayLike<number>,
  measure: (weights: Int32Array) => readonly number[],
  seed: number,
  replicates = BOOTSTRAP_REPLICATES,
): readonly (Interval | null)[] {
  const members = membersOfGroups(groups);
  const random = createRandom(seed);
  const weights = new Int32Array(groups.length);
  const samples: number[][] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    weights.fill(0);
    for (let draw = 0; draw < members.length; draw++) {
      for (const row of members[random.int(members.length)] ?? []) weights[row]! += 1;
    }
    measure(weights).forEach((figure, index) => {
      const list = (samples[index] ??= []);
      if (Number.isFinite(figure)) list.push(figure);
    });
  }
  return samples.map((list) => percentileInterval(list));
}

function membersOfGroups(groups: ArrayLike<number>): readonly (readonly number[])[] {
  const members = new Map<number, number[]>();
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row] ?? 0;
    const list = members.get(group);
    if (list === undefined) members.set(group, [row]);
    else list.push(row);
  }
  return [...members.values()];
}

/** From the 2.5th to the 97.5th percentile; null without values. Sorts the list. */
export function percentileInterval(values: number[]): Interval | null {
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  return { low: quantileOfSorted(values, 0.025), high: quantileOfSorted(values, 0.975) };
}

/** Linear between neighbours (type 7 of Hyndman & Fan 1996). NaN for an empty list. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(sorted.length - 1, below + 1)] ?? NaN;
  return low + (high - low) * (at - below);
}
