/**
 * What a head answers about the validation photos, and how two epochs' answers differ: accuracy with
 * its interval, the confusion matrix with the photos of each cell, and the photos that flipped.
 */
import {
  argMaxRows,
  confusionMatrix,
  wilsonInterval,
  type Interval,
} from './classification-metrics.ts';

/** Rows are validation photos, in a fixed order. */
export interface EpochAnswers {
  readonly epoch: number;
  readonly classCount: number;
  /** [rows] */
  readonly labels: Int32Array;
  /** [rows], the class answered. */
  readonly predicted: Int32Array;
  /** [rows], probability of the class answered. */
  readonly confidence: Float32Array;
  readonly hits: number;
  /** In [0, 1]; NaN without rows. */
  readonly accuracy: number;
  /** 95 % Wilson interval. */
  readonly interval: Interval;
  /** Counts [classCount, classCount]: row = true class, column = answer. */
  readonly matrix: Int32Array;
}

/** `probabilities` is [labels.length, classCount]. */
export function answersOf(
  epoch: number,
  probabilities: Float32Array,
  labels: Int32Array,
  classCount: number,
): EpochAnswers {
  const predicted = argMaxRows(probabilities, classCount);
  const confidence = Float32Array.from(
    predicted,
    (answer, row) => probabilities[row * classCount + answer] ?? 0,
  );
  let hits = 0;
  for (let row = 0; row < labels.length; row++) if (predicted[row] === labels[row]) hits += 1;
  return {
    epoch,
    classCount,
    labels,
    predicted,
    confidence,
    hits,
    accuracy: hits / labels.length,
    interval: wilsonInterval(hits, labels.length),
    matrix: confusionMatrix(predicted, labels, classCount),
  };
}

/** Rows of one cell of the matrix, the surest answers first. */
export function rowsOfCell(
  answers: EpochAnswers,
  trueClass: number,
  answer: number,
): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < answers.labels.length; row++) {
    if (answers.labels[row] === trueClass && answers.predicted[row] === answer) rows.push(row);
  }
  return surestFirst(answers, rows);
}

export interface Flips {
  /** Right at the first epoch, wrong at the second. */
  readonly lost: readonly number[];
  /** Wrong at the first, right at the second. */
  readonly won: readonly number[];
}

/** Rows that were right at one epoch and wrong at the other; surest (at `to`) first. */
export function flipsBetween(from: EpochAnswers, to: EpochAnswers): Flips {
  const lost: number[] = [];
  const won: number[] = [];
  for (let row = 0; row < to.labels.length; row++) {
    const wasRight = from.predicted[row] === from.labels[row];
    const isRight = to.predicted[row] === to.labels[row];
    if (wasRight && !isRight) lost.push(row);
    if (!wasRight && isRight) won.push(row);
  }
  return { lost: surestFirst(to, lost), won: surestFirst(to, won) };
}

function surestFirst({ confidence }: EpochAnswers, rows: readonly number[]): readonly number[] {
  return [...rows].sort((a, b) => (confidence[b] ?? 0) - (confidence[a] ?? 0) || a - b);
}
