/**
 * How good a set of answers is: accuracy, precision, recall, F1 and log loss, over all and class by
 * class, each with a 95 % interval. Shares of photos have Wilson intervals, the rest bootstrap ones.
 */
import { bootstrapIntervals } from './bootstrap.ts';
import {
  argMaxRows,
  classScores,
  confusionMatrix,
  logLoss,
  wilsonInterval,
  type Interval,
} from './classification-metrics.ts';

/** A measured figure; null where there is nothing to measure it on. */
export interface Estimate extends Interval {
  readonly value: number;
}

export interface ClassCard {
  /** Photos of this class. */
  readonly support: number;
  /** Photos answered with this class. */
  readonly answered: number;
  readonly hits: number;
  readonly precision: Estimate | null;
  readonly recall: Estimate | null;
  readonly f1: Estimate | null;
}

export interface Scorecard {
  readonly photos: number;
  /** Groups of near-duplicates among them. */
  readonly groups: number;
  readonly hits: number;
  readonly accuracy: Estimate;
  /** Means over the classes that were judged, each counting as much as the others. */
  readonly macroPrecision: Estimate | null;
  readonly macroRecall: Estimate | null;
  readonly macroF1: Estimate | null;
  /** Nats per photo. */
  readonly logLoss: Estimate;
  readonly classes: readonly ClassCard[];
  /** Counts [classes × classes]: row = true class, column = answer. */
  readonly matrix: readonly number[];
}

export interface AnswersToScore {
  /** [rows, classCount], rows sum to 1. */
  readonly probabilities: Float32Array;
  /** [rows] */
  readonly labels: Int32Array;
  /** [rows], equal for near-duplicates. */
  readonly groups: Int32Array;
  readonly classCount: number;
}

/** At least one row is needed. */
export function scoreAnswers(answers: AnswersToScore, seed: number): Scorecard {
  const { probabilities, labels, groups, classCount } = answers;
  const predicted = argMaxRows(probabilities, classCount);
  const matrix = confusionMatrix(predicted, labels, classCount);
  const scores = classScores(matrix, classCount);
  const macro = macroScores(matrix, classCount);
  const losses = Float64Array.from(labels, (_, row) =>
    logLoss(
      probabilities.subarray(row * classCount, (row + 1) * classCount),
      labels.subarray(row, row + 1),
      classCount,
    ),
  );
  const intervals = bootstrapIntervals(
    groups,
    (weights) => {
      const drawn = weightedMatrix(predicted, labels, weights, classCount);
      const { precision, recall, f1 } = macroScores(drawn, classCount);
      return [
        precision ?? NaN,
        recall ?? NaN,
        f1 ?? NaN,
        weightedMean(losses, weights),
        ...classScores(drawn, classCount).map((score) => score.f1 ?? NaN),
      ];
    },
    seed,
  );
  const hits = sumDiagonal(matrix, classCount);
  const photos = labels.length;
  const share = wilsonInterval(hits, photos);
  const withInterval = (value: number | null, index: number): Estimate | null =>
    value === null ? null : { value, ...widened(intervals[index] ?? null, value, share) };
  return {
    photos,
    groups: new Set(groups).size,
    hits,
    accuracy: { value: hits / photos, ...share },
    macroPrecision: withInterval(macro.precision, 0),
    macroRecall: withInterval(macro.recall, 1),
    macroF1: withInterval(macro.f1, 2),
    logLoss: withInterval(weightedMean(losses, null), 3) ?? { value: NaN, low: NaN, high: NaN },
    classes: scores.map((score, index) => {
      const counts = countsOf(matrix, classCount, index);
      const { support, answered, hits: own } = counts;
      const f1Interval = intervals[4 + index] ?? null;
      return {
        ...counts,
        precision: proportion(own, answered),
        recall: proportion(own, support),
        f1:
          score.f1 === null
            ? null
            : { value: score.f1, ...widened(f1Interval, score.f1, wilsonInterval(own, support)) },
      };
    }),
    matrix: [...matrix],
  };
}

/**
 * Resampling answers that are all right (or all wrong) only ever gives the same figure again: an
 * interval without width, as if a handful of photos proved it. Then the Wilson interval of the share
 * that is right stands in.
 */
function widened(interval: Interval | null, value: number, share: Interval): Interval {
  if (interval !== null && interval.high - interval.low > 1e-9) return interval;
  if (value < 0 || value > 1) return { low: value, high: value };
  return { low: Math.min(share.low, value), high: Math.max(share.high, value) };
}

function proportion(hits: number, count: number): Estimate | null {
  return count === 0 ? null : { value: hits / count, ...wilsonInterval(hits, count) };
}

function countsOf(matrix: Int32Array, classCount: number, index: number) {
  let support = 0;
  let answered = 0;
  for (let other = 0; other < classCount; other++) {
    support += matrix[index * classCount + other] ?? 0;
    answered += matrix[other * classCount + index] ?? 0;
  }
  return { support, answered, hits: matrix[index * classCount + index] ?? 0 };
}

/**
 * Means over the classes with photos. A class that was never answered has a precision of 0 here (the
 * usual convention, and the unkind one), so that leaving a class out never looks better.
 */
export function macroScores(
  matrix: Int32Array,
  classCount: number,
): { precision: number | null; recall: number | null; f1: number | null } {
  let classes = 0;
  const sums = { precision: 0, recall: 0, f1: 0 };
  for (const score of classScores(matrix, classCount)) {
    if (score.recall === null) continue;
    classes += 1;
    sums.precision += score.precision ?? 0;
    sums.recall += score.recall;
    sums.f1 += score.f1 ?? 0;
  }
  if (classes === 0) return { precision: null, recall: null, f1: null };
  return {
    precision: sums.precision / classes,
    recall: sums.recall / classes,
    f1: sums.f1 / classes,
  };
}

function weightedMatrix(
  predicted: Int32Array,
  labels: Int32Array,
  weights: Int32Array,
  classCount: number,
): Int32Array {
  const counts = new Int32Array(classCount * classCount);
  for (let row = 0; row < labels.length; row++) {
    counts[(labels[row] ?? 0) * classCount + (predicted[row] ?? 0)]! += weights[row] ?? 0;
  }
  return counts;
}

/** Null: every row counts once. */
function weightedMean(values: Float64Array, weights: Int32Array | null): number {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weights === null ? 1 : (weights[row] ?? 0);
    sum += weight * (values[row] ?? 0);
    count += weight;
  }
  return sum / count;
}

function sumDiagonal(matrix: Int32Array, classCount: number): number {
  let sum = 0;
  for (let k = 0; k < classCount; k++) sum += matrix[k * classCount + k] ?? 0;
  return sum;
}
