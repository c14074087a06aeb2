/** Do two classifiers that answered the same photos really differ, or could it be luck? */

export interface Comparison {
  /** Photos that only the first got right. */
  readonly firstOnly: number;
  /** Photos that only the second got right. */
  readonly secondOnly: number;
  /** Two-sided p of McNemar's exact test (McNemar 1947; exact binomial form). 1 when they never differ. */
  readonly p: number;
}

/** `first`, `second`, `labels`: [rows]. */
export function compareAnswers(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
): Comparison {
  let firstOnly = 0;
  let secondOnly = 0;
  for (let row = 0; row < labels.length; row++) {
    const firstRight = first[row] === labels[row];
    const secondRight = second[row] === labels[row];
    if (firstRight && !secondRight) firstOnly += 1;
    if (secondRight && !firstRight) secondOnly += 1;
  }
  return { firstOnly, secondOnly, p: mcnemarExact(firstOnly, secondOnly) };
}

/** Probability of a split at least as uneven when each of the differing photos is a coin toss. */
export function mcnemarExact(firstOnly: number, secondOnly: number): number {
  const tosses = firstOnly + secondOnly;
  if (tosses === 0) return 1;
  const fewer = Math.min(firstOnly, secondOnly);
  // In logarithms: 0.5^n alone would be 0 for a few thousand photos.
  let logTerm = -tosses * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= fewer; k++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log(tosses - k) - Math.log(k + 1);
  }
  return Math.min(1, 2 * tail);
}
