/**
 * Measures of a classifier's answers: accuracy with its interval, log loss, confusion matrix, macro
 * F1. Log loss from logits is also what the trainer records for both curves.
 */

export interface LossAndAccuracy {
  /** Mean cross-entropy in nats per photo; NaN when any logit is not finite. */
  readonly loss: number;
  /** In [0, 1]. */
  readonly accuracy: number;
}

/**
 * Mean cross-entropy and accuracy of rows `from`..`to`−1 of `logits` [rows, classCount] against
 * `labels` [rows]. Log-sum-exp with the maximum taken off, in double precision. Of equal logits the
 * first class counts as the answer. Null for an empty range.
 */
export function lossAndAccuracy(
  logits: Float32Array,
  labels: Int32Array,
  classCount: number,
  from = 0,
  to = labels.length,
): LossAndAccuracy | null {
  if (to <= from) return null;
  let lossSum = 0;
  let hits = 0;
  for (let row = from; row < to; row++) {
    const start = row * classCount;
    let best = 0;
    let highest = logits[start] ?? NaN;
    for (let k = 1; k < classCount; k++) {
      const value = logits[start + k] ?? NaN;
      if (value > highest) {
        highest = value;
        best = k;
      }
    }
    let sum = 0;
    for (let k = 0; k < classCount; k++) sum += Math.exp((logits[start + k] ?? NaN) - highest);
    const label = labels[row] ?? 0;
    lossSum += Math.log(sum) + highest - (logits[start + label] ?? NaN);
    if (best === label) hits += 1;
  }
  return { loss: lossSum / (to - from), accuracy: hits / (to - from) };
}

/**
 * Mean negative log probability of the true class, in nats. `probabilities` is [rows, classCount];
 * they are kept away from 0 by 1e-7 (float32 resolution), so one confident mistake stays finite.
 * NaN when there are no rows.
 */
export function logLoss(
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  classCount: number,
): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const probability = probabilities[row * classCount + (labels[row] ?? 0)] ?? 0;
    sum -= Math.log(Math.max(probability, 1e-7));
  }
  return sum / labels.length;
}

/** Index of the largest value of each row of [rows, classCount]; ties to the first. */
export function argMaxRows(values: Float32Array, classCount: number): Int32Array {
  const result = new Int32Array(classCount === 0 ? 0 : values.length / classCount);
  for (let row = 0; row < result.length; row++) {
    let best = 0;
    for (let k = 1; k < classCount; k++) {
      const value = values[row * classCount + k] ?? -Infinity;
      if (value > (values[row * classCount + best] ?? -Infinity)) best = k;
    }
    result[row] = best;
  }
  return result;
}

/** Share of equal entries, in [0, 1]; NaN when there are none. */
export function accuracy(predicted: ArrayLike<number>, labels: ArrayLike<number>): number {
  let hits = 0;
  for (let row = 0; row < labels.length; row++) if (predicted[row] === labels[row]) hits += 1;
  return hits / labels.length;
}

/** Counts [classCount, classCount] row-major: row = true class, column = predicted class. */
export function confusionMatrix(
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
  classCount: number,
): Int32Array {
  const counts = new Int32Array(classCount * classCount);
  for (let row = 0; row < labels.length; row++) {
    const cell = (labels[row] ?? 0) * classCount + (predicted[row] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

export interface ClassScores {
  /** Null when the class was never predicted. */
  readonly precision: number | null;
  /** Null when no photo is of this class. */
  readonly recall: number | null;
  /** 2·hits / (predicted + true); null when both are 0. */
  readonly f1: number | null;
}

/** Scores of each class from a confusion matrix (see `confusionMatrix`). */
export function classScores(matrix: Int32Array, classCount: number): readonly ClassScores[] {
  return Array.from({ length: classCount }, (_, k) => {
    const hits = matrix[k * classCount + k] ?? 0;
    let truly = 0;
    let predicted = 0;
    for (let other = 0; other < classCount; other++) {
      truly += matrix[k * classCount + other] ?? 0;
      predicted += matrix[other * classCount + k] ?? 0;
    }
    return {
      precision: predicted === 0 ? null : hits / predicted,
      recall: truly === 0 ? null : hits / truly,
      f1: predicted + truly === 0 ? null : (2 * hits) / (predicted + truly),
    };
  });
}

/** Unweighted mean of F1 over the classes that occur or were predicted; null when none did. */
export function macroF1(matrix: Int32Array, classCount: number): number | null {
  const scores = classScores(matrix, classCount).flatMap(({ f1 }) => (f1 === null ? [] : [f1]));
  return scores.length === 0 ? null : scores.reduce((sum, f1) => sum + f1, 0) / scores.length;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % quantile of the standard normal. */
export const Z_95 = 1.959963984540054;

/**
 * Wilson score interval (Wilson, JASA 22, 1927; recommended for small samples by Brown, Cai &
 * DasGupta, Statistical Science 16, 2001) for `hits` of `count`. [0, 1] when count is 0.
 */
export function wilsonInterval(hits: number, count: number, z = Z_95): Interval {
  if (count === 0) return { low: 0, high: 1 };
  const share = hits / count;
  const z2 = z * z;
  const centre = (share + z2 / (2 * count)) / (1 + z2 / count);
  const half =
    (z * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count * count))) / (1 + z2 / count);
  // At 0 and at all hits the bound is exactly 0 or 1; rounding would leave it a hair off.
  return {
    low: hits === 0 ? 0 : Math.max(0, centre - half),
    high: hits === count ? 1 : Math.min(1, centre + half),
  };
}
