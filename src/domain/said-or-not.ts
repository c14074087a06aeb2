/**
 * Whether an answer is said or withheld, by how sure it is: the one rule of the try-out, the exported
 * page and the library. The scripts beside other exports repeat it in their own language.
 */

export interface AnswerLimits {
  /** Below this probability the answer is "I don't know"; null: it is not asked how sure it is. */
  readonly abstainBelow: number | null;
  /**
   * For each class, in the order of the probabilities, the probability from which on it is said, else
   * the answer is "not sure". 0: always. Null: no class has one.
   */
  readonly thresholds: readonly number[] | null;
}

export type WithheldAsUnsure = 'unsure' | 'below';

/** Null: it is said. Of equally probable classes the first is the answer. */
export function withheldBy(
  { abstainBelow, thresholds }: AnswerLimits,
  probabilities: ArrayLike<number>,
): WithheldAsUnsure | null {
  let top = 0;
  for (let i = 1; i < probabilities.length; i++) {
    if ((probabilities[i] ?? 0) > (probabilities[top] ?? 0)) top = i;
  }
  const highest = probabilities[top] ?? 0;
  if (abstainBelow !== null && highest < abstainBelow) return 'unsure';
  return highest < (thresholds?.[top] ?? 0) ? 'below' : null;
}
