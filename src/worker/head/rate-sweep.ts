/**
 * The sweep of the learning-rate range test: a fresh head, one batch a step, each step with a larger
 * rate, and after each step the loss of the photos it learns from, dropout off. The head is thrown away.
 */
import { lossAndAccuracy } from '../../domain/classification-metrics.ts';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import {
  hasDiverged,
  smoothSweep,
  suggestRate,
  SWEEP_STEPS,
  sweepRate,
  type RatePoint,
  type RateSweep,
} from '../../domain/learning-rate-range.ts';
import { createRandom, deriveSeed } from '../../domain/random.ts';
import type { TrainingData } from '../../protocol/engine-messages.ts';
import type { CreateHeadMath } from './head-math.ts';
import { initialParameters, outputFanIn } from './head-parameters.ts';
import type { RunControl } from './run-control.ts';
import { drawDropoutMask, headShape } from './train-head.ts';
import { createTrainingSet, type TrainingSet } from './training-set.ts';

export interface SweepOptions {
  readonly data: TrainingData;
  readonly hyperparameters: Hyperparameters;
  readonly createMath: CreateHeadMath;
  readonly control: RunControl;
}

/** More rows than this say the same and take longer: a draw of them stands for all. */
const MOST_ROWS = 768;

/** Null when it was told to stop. Schedule and warm-up take no part: the sweep is its own schedule. */
export async function sweepRates(options: SweepOptions): Promise<RateSweep | null> {
  const { data, hyperparameters, createMath, control } = options;
  const { seed } = hyperparameters;
  const trainingSet = rowsToLookAt(data, hyperparameters);
  const shape = headShape(trainingSet, hyperparameters.hiddenUnits);
  const math = createMath({
    trainingSet,
    initial: initialParameters(shape, seed),
    optimizer: hyperparameters,
    gradientClip: hyperparameters.gradientClip,
  });
  const takeBatch = batchesOf(trainingSet, hyperparameters, outputFanIn(shape), math.beginEpoch);
  const points: RatePoint[] = [];
  let diverged = false;
  try {
    for (let step = 0; step < SWEEP_STEPS && !diverged; step++) {
      if (control.isDue && !(await control.turn())) return null;
      const rate = sweepRate(step);
      math.step({ ...takeBatch(), learningRate: rate });
      const { labels, classCount, trainCount } = trainingSet;
      const measured = lossAndAccuracy(await math.logits(), labels, classCount, 0, trainCount);
      points.push({ rate, loss: measured?.loss ?? NaN });
      diverged = hasDiverged(points.map(({ loss }) => loss));
    }
  } finally {
    math.dispose();
  }
  const smooth = smoothSweep(points);
  const suggestion = suggestRate(smooth);
  return { points: smooth, diverged, suggestion, elapsedMs: control.elapsedMs() };
}

function rowsToLookAt(data: TrainingData, settings: Hyperparameters): TrainingSet {
  const random = createRandom(deriveSeed(settings.seed, 'rate sweep rows'));
  const trainRows =
    data.trainRows.length <= MOST_ROWS
      ? data.trainRows
      : random.shuffle(data.trainRows.slice()).slice(0, MOST_ROWS);
  return createTrainingSet({ ...data, trainRows, validationRows: new Int32Array(0) }, settings);
}

/** Gives one batch after the other, in a new order whenever all rows have had their turn. */
function batchesOf(
  { trainCount }: TrainingSet,
  { batchSize, dropout, seed }: Hyperparameters,
  width: number,
  beginEpoch: (order: Int32Array) => void,
): () => { begin: number; end: number; dropoutMask: Float32Array | null } {
  const size = Math.min(batchSize, trainCount);
  const order = Int32Array.from({ length: trainCount }, (_, row) => row);
  const orderRandom = createRandom(deriveSeed(seed, 'rate sweep order'));
  const maskRandom = createRandom(deriveSeed(seed, 'rate sweep dropout'));
  const mask = dropout > 0 ? new Float32Array(size * width) : null;
  let next = trainCount;
  return () => {
    if (next >= trainCount) {
      beginEpoch(orderRandom.shuffle(order).slice());
      next = 0;
    }
    const begin = next;
    const end = Math.min(begin + size, trainCount);
    next = end;
    const dropoutMask = mask?.subarray(0, (end - begin) * width) ?? null;
    if (dropoutMask !== null) drawDropoutMask(dropoutMask, dropout, maskRandom);
    return { begin, end, dropoutMask };
  };
}
