/**
 * Training data made ready for the trainer: the rows of both sides, training first, standardised if
 * asked with figures of the training side only, with a column of ones for the bias.
 */
import type { HeadWeights } from '../../domain/head.ts';
import type { TrainingData } from '../../protocol/engine-messages.ts';
import { EngineError } from '../../protocol/errors.ts';

export interface TrainingSet {
  /** [rowCount, stride]: rows 0..trainCount−1 are the training side, the rest validation. */
  readonly inputs: Float32Array;
  /** inputDim + 1; the last column is 1. */
  readonly stride: number;
  readonly inputDim: number;
  readonly rowCount: number;
  readonly trainCount: number;
  readonly classCount: number;
  /** [rowCount] */
  readonly labels: Int32Array;
  /** [trainCount, classCount]: what the head is asked to say, label smoothing applied. */
  readonly targets: Float32Array;
  /** [trainCount], mean about 1; null when every photo weighs the same. */
  readonly rowWeights: Float32Array | null;
  readonly standardisation: HeadWeights['standardisation'];
}

export interface TrainingSetSettings {
  readonly standardise: boolean;
  readonly labelSmoothing: number;
  readonly balanceClasses: boolean;
}

/** Throws EngineError 'bad-request' naming what is wrong; the caller promised a consistent set. */
export function checkTrainingData(data: TrainingData): void {
  const { embeddings, count, dim, labels, classCount, trainRows, validationRows } = data;
  const refuse = (message: string): never => {
    throw new EngineError({ code: 'bad-request', message });
  };
  for (const size of [count, dim, classCount]) {
    if (!Number.isInteger(size) || size < 1) refuse('sizes must be whole numbers from 1');
  }
  if (embeddings.length !== count * dim) refuse('embeddings do not hold count × dim numbers');
  if (labels.length !== count) refuse('one label per row is needed');
  if (!labels.every((label) => label >= 0 && label < classCount)) refuse('a label is out of range');
  if (!embeddings.every(Number.isFinite)) refuse('an embedding holds a number that is not finite');
  if (trainRows.length === 0) refuse('there are no training rows');
  const seen = new Uint8Array(count);
  for (const rows of [trainRows, validationRows]) {
    for (const row of rows) {
      if (row < 0 || row >= count) refuse('a row number is out of range');
      if (seen[row] === 1) refuse('a row is named twice');
      seen[row] = 1;
    }
  }
}

export function createTrainingSet(data: TrainingData, settings: TrainingSetSettings): TrainingSet {
  const rows = new Int32Array(data.trainRows.length + data.validationRows.length);
  rows.set(data.trainRows);
  rows.set(data.validationRows, data.trainRows.length);
  const trainCount = data.trainRows.length;
  const labels = rows.map((row) => data.labels[row] ?? 0);
  const standardisation = settings.standardise ? measureStandardisation(data) : null;
  const trainLabels = labels.subarray(0, trainCount);
  return {
    inputs: gatherInputs(data, rows, standardisation),
    stride: data.dim + 1,
    inputDim: data.dim,
    rowCount: rows.length,
    trainCount,
    classCount: data.classCount,
    labels,
    targets: smoothedTargets(trainLabels, data.classCount, settings.labelSmoothing),
    rowWeights: settings.balanceClasses ? balancedWeights(trainLabels, data.classCount) : null,
    standardisation,
  };
}

/** A feature varying less than this share of the typical one is not blown up to full size. */
const SMALLEST_RELATIVE_DEVIATION = 0.1;

/**
 * Mean and population standard deviation of each feature over the training rows. Deviations are kept
 * above a tenth of their root mean square: a feature that is (nearly) constant on the training side
 * would otherwise turn into a huge number on the first photo where it is not. All zero: scale 1.
 */
export function measureStandardisation(
  data: Pick<TrainingData, 'embeddings' | 'dim' | 'trainRows'>,
): { readonly mean: Float32Array; readonly scale: Float32Array } {
  const { embeddings, dim, trainRows } = data;
  const mean = new Float64Array(dim);
  const squares = new Float64Array(dim);
  for (const row of trainRows) {
    for (let d = 0; d < dim; d++) mean[d] = (mean[d] ?? 0) + (embeddings[row * dim + d] ?? 0);
  }
  for (let d = 0; d < dim; d++) mean[d] = (mean[d] ?? 0) / trainRows.length;
  for (const row of trainRows) {
    for (let d = 0; d < dim; d++) {
      const difference = (embeddings[row * dim + d] ?? 0) - (mean[d] ?? 0);
      squares[d] = (squares[d] ?? 0) + difference * difference;
    }
  }
  const variances = squares.map((sum) => sum / trainRows.length);
  const typical = Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0) / dim);
  const floor = typical > 0 ? SMALLEST_RELATIVE_DEVIATION * typical : 1;
  return {
    mean: Float32Array.from(mean),
    scale: Float32Array.from(variances, (variance) => Math.max(Math.sqrt(variance), floor)),
  };
}

function gatherInputs(
  data: TrainingData,
  rows: Int32Array,
  standardisation: HeadWeights['standardisation'],
): Float32Array {
  const { embeddings, dim } = data;
  const stride = dim + 1;
  const inputs = new Float32Array(rows.length * stride);
  for (let index = 0; index < rows.length; index++) {
    const from = (rows[index] ?? 0) * dim;
    const to = index * stride;
    if (standardisation === null) {
      inputs.set(embeddings.subarray(from, from + dim), to);
    } else {
      const { mean, scale } = standardisation;
      for (let d = 0; d < dim; d++) {
        inputs[to + d] = ((embeddings[from + d] ?? 0) - (mean[d] ?? 0)) / (scale[d] ?? 1);
      }
    }
    inputs[to + dim] = 1;
  }
  return inputs;
}

/** Label smoothing: 1 − s + s/classes for the true class, s/classes elsewhere (Szegedy et al. 2016). */
function smoothedTargets(
  labels: Int32Array,
  classCount: number,
  labelSmoothing: number,
): Float32Array {
  const targets = new Float32Array(labels.length * classCount).fill(labelSmoothing / classCount);
  labels.forEach((label, row) => {
    targets[row * classCount + label] = 1 - labelSmoothing + labelSmoothing / classCount;
  });
  return targets;
}

/** n / (classes · count), counting only classes that have training photos. */
function balancedWeights(labels: Int32Array, classCount: number): Float32Array {
  const counts = new Int32Array(classCount);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const present = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return Float32Array.from(labels, (label) => labels.length / (present * (counts[label] ?? 1)));
}

/**
 * Copies rows `order[begin]`..`order[end−1]` of `source` [·, stride] into `target` [end − begin,
 * stride].
 */
export function gatherRows(
  source: Float32Array,
  stride: number,
  order: Int32Array,
  begin: number,
  end: number,
  target: Float32Array,
): void {
  for (let index = begin; index < end; index++) {
    const from = (order[index] ?? 0) * stride;
    target.set(source.subarray(from, from + stride), (index - begin) * stride);
  }
}
