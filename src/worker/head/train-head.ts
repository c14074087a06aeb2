/**
 * One training run: epochs of shuffled batches, evaluation of both sides after each, early stopping,
 * checkpoints, divergence. Everything drawn by chance is drawn here from the seed; the arithmetic is
 * behind `HeadMath`.
 */
import { lossAndAccuracy } from '../../domain/classification-metrics.ts';
import {
  createEarlyStoppingMonitor,
  type EarlyStoppingMonitor,
} from '../../domain/early-stopping.ts';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import { withStandardisation } from '../../domain/extend-head.ts';
import type { HeadWeights } from '../../domain/head.ts';
import type { EpochMetrics } from '../../domain/metrics.ts';
import { createRandom, deriveSeed, restoreRandom, type Random } from '../../domain/random.ts';
import { learningRateAt } from '../../domain/schedule.ts';
import { resumePointBytes, type ResumePoint } from '../../domain/unfinished-run.ts';
import type { TrainEnd } from '../../protocol/engine-messages.ts';
import { EngineError } from '../../protocol/errors.ts';
import type { CheckpointStore } from './checkpoint-store.ts';
import type { CreateHeadMath, HeadMath } from './head-math.ts';
import {
  fromHeadWeights,
  initialParameters,
  outputFanIn,
  type HeadParameters,
  type HeadShape,
} from './head-parameters.ts';
import type { RunControl } from './run-control.ts';
import type { TrainingSet } from './training-set.ts';

export interface TrainHeadOptions {
  readonly trainingSet: TrainingSet;
  readonly hyperparameters: Hyperparameters;
  readonly createMath: CreateHeadMath;
  readonly control: RunControl;
  readonly checkpoints: CheckpointStore;
  readonly onEpoch: (metrics: EpochMetrics) => void;
  /** Goes on from here instead of from the beginning; made by a run with the same data and settings. */
  readonly resume?: { readonly point: ResumePoint; readonly metrics: readonly EpochMetrics[] };
  /** Given a point from time to time, after an epoch. */
  readonly points?: PointTaker;
  /** To go on from instead of a random start. */
  readonly startFrom?: HeadWeights;
}

export interface PointTaker {
  readonly take: (point: ResumePoint) => void;
  /** No point before the run has lasted this long: a short one is quicker made again. */
  readonly afterMs: number;
  /** At least so long from one to the next. */
  readonly everyMs: number;
  /** Points are copied, sent and stored; those of large heads come less often. */
  readonly bytesPerMs: number;
}

export interface TrainHeadResult {
  readonly end: TrainEnd;
  readonly epochsDone: number;
  /** 0, the untrained head, when no epoch was finished. Its parameters are in the checkpoints. */
  readonly bestEpoch: number;
  readonly stoppedEpoch: number | null;
  readonly steps: number;
}

export function headShape(trainingSet: TrainingSet, hiddenUnits: number): HeadShape {
  return { inputDim: trainingSet.inputDim, hiddenUnits, classCount: trainingSet.classCount };
}

/** Trains until an end is reached. The math is created and disposed here. */
export async function trainHead(options: TrainHeadOptions): Promise<TrainHeadResult> {
  const { trainingSet, hyperparameters, checkpoints } = options;
  const shape = headShape(trainingSet, hyperparameters.hiddenUnits);
  const point = options.resume?.point ?? null;
  if (point !== null) checkPoint(point, trainingSet, shape);
  const untrained = startOf(options, shape);
  const initial =
    point === null ? untrained : toParameters(point.layers.map((layer) => layer.values));
  const math = options.createMath({
    trainingSet,
    initial,
    optimizer: hyperparameters,
    gradientClip: hyperparameters.gradientClip,
    ...(point === null ? {} : { resume: point }),
  });
  checkpoints.add(0, untrained, true);
  if (point !== null) {
    if (point.bestEpoch > 0 && point.bestEpoch < point.epoch)
      checkpoints.add(point.bestEpoch, toParameters(point.bestLayers), true);
    checkpoints.add(point.epoch, initial, point.bestEpoch === point.epoch);
  }
  try {
    return await runEpochs(
      options,
      math,
      createEpochPlan(trainingSet, hyperparameters, shape, point),
    );
  } finally {
    math.dispose();
  }
}

function toParameters(layers: readonly Float32Array[]): HeadParameters {
  const output = layers.at(-1) ?? new Float32Array(0);
  return { hidden: layers.length > 1 ? (layers[0] ?? null) : null, output };
}

function toLayers({ hidden, output }: HeadParameters): readonly Float32Array[] {
  return hidden === null ? [output] : [hidden, output];
}

/** A point of other data or other settings would give numbers that mean nothing. */
function checkPoint(point: ResumePoint, { trainCount }: TrainingSet, shape: HeadShape): void {
  const wanted = toLayers(initialParameters(shape, 0)).map((layer) => layer.length);
  const found = point.layers.map((layer) => layer.values.length);
  if (point.order.length !== trainCount || wanted.join() !== found.join()) {
    throw new EngineError({ code: 'bad-request', message: 'the point is of another run' });
  }
}

function startOf(
  { startFrom, trainingSet, hyperparameters }: TrainHeadOptions,
  shape: HeadShape,
): HeadParameters {
  if (startFrom === undefined) return initialParameters(shape, hyperparameters.seed);
  const { inputDim, hiddenUnits, classCount } = startFrom;
  const fits =
    inputDim === shape.inputDim &&
    hiddenUnits === shape.hiddenUnits &&
    classCount === shape.classCount;
  if (!fits) {
    const message = 'the head to start from has another shape than data and settings ask for';
    throw new EngineError({ code: 'bad-request', message });
  }
  return fromHeadWeights(withStandardisation(startFrom, trainingSet.standardisation));
}

async function runEpochs(
  options: TrainHeadOptions,
  math: HeadMath,
  plan: EpochPlan,
): Promise<TrainHeadResult> {
  const { trainingSet, hyperparameters, control, checkpoints, onEpoch } = options;
  const monitor = createEarlyStoppingMonitor(
    hyperparameters.monitor,
    hyperparameters.earlyStopping ? hyperparameters : null,
  );
  for (const point of options.resume?.metrics ?? []) monitor.add(point);
  let epochsDone = options.resume?.point.epoch ?? 0;
  let steps = options.resume?.point.steps ?? 0;
  let lastPointAt = 0;
  let pointEveryMs = options.points?.everyMs ?? 0;

  async function givePoint(): Promise<void> {
    const { points } = options;
    const now = control.elapsedMs();
    if (points === undefined || now < points.afterMs || now - lastPointAt < pointEveryMs) return;
    lastPointAt = now;
    const best = checkpoints.get(monitor.bestEpoch);
    if (best === null) return;
    const point: ResumePoint = {
      epoch: epochsDone,
      steps,
      elapsedMs: now,
      layers: await math.layers(),
      ...plan.state(),
      bestEpoch: monitor.bestEpoch,
      bestLayers: toLayers(best).map((layer) => layer.slice()),
    };
    pointEveryMs = Math.max(points.everyMs, resumePointBytes(point) / points.bytesPerMs);
    points.take(point);
  }

  const finish = (end: TrainEnd): TrainHeadResult => ({
    end,
    epochsDone,
    bestEpoch: monitor.bestEpoch,
    stoppedEpoch: monitor.stoppedEpoch,
    steps,
  });

  for (let epoch = epochsDone + 1; epoch <= hyperparameters.epochs; epoch++) {
    math.beginEpoch(plan.nextOrder());
    for (let batch = 0; batch < plan.batchesPerEpoch; batch++) {
      if (control.isDue && !(await control.turn())) return finish('stopped');
      math.step(plan.batch(batch, steps));
      steps += 1;
    }
    const losses = evaluate(await math.logits(), trainingSet);
    if (losses === null) return finish('diverged');
    const metrics: EpochMetrics = {
      epoch,
      ...losses,
      learningRate: plan.learningRate(steps - 1),
      elapsedMs: control.elapsedMs(),
    };
    const isBest = monitor.add(metrics);
    checkpoints.add(epoch, await math.parameters(), isBest);
    epochsDone = epoch;
    onEpoch(metrics);
    if (hasToStop(monitor, hyperparameters)) return finish('early-stopped');
    await givePoint();
  }
  return finish('completed');
}

function hasToStop(monitor: EarlyStoppingMonitor, hyperparameters: Hyperparameters): boolean {
  return monitor.stoppedEpoch !== null && !hyperparameters.continueAfterStop;
}

type Losses = Pick<
  EpochMetrics,
  'trainLoss' | 'trainAccuracy' | 'validationLoss' | 'validationAccuracy'
>;

/** Null when a loss is not a finite number: the run has diverged. */
function evaluate(logits: Float32Array, trainingSet: TrainingSet): Losses | null {
  const { labels, classCount, trainCount, rowCount } = trainingSet;
  const train = lossAndAccuracy(logits, labels, classCount, 0, trainCount);
  const validation = lossAndAccuracy(logits, labels, classCount, trainCount, rowCount);
  if (train === null || !Number.isFinite(train.loss)) return null;
  if (validation !== null && !Number.isFinite(validation.loss)) return null;
  return {
    trainLoss: train.loss,
    trainAccuracy: train.accuracy,
    validationLoss: validation?.loss ?? null,
    validationAccuracy: validation?.accuracy ?? null,
  };
}

/** Order, batches, dropout masks and learning rates of a run: a function of the seed alone. */
export interface EpochPlan {
  readonly batchesPerEpoch: number;
  nextOrder(): Int32Array;
  batch(index: number, step: number): Parameters<HeadMath['step']>[0];
  learningRate(step: number): number;
  /** Copies of what the next epoch is drawn from. */
  state(): Pick<ResumePoint, 'order' | 'orderState' | 'maskState'>;
}

export function createEpochPlan(
  { trainCount }: TrainingSet,
  hyperparameters: Hyperparameters,
  shape: HeadShape,
  point: ResumePoint | null,
): EpochPlan {
  const batchSize = Math.min(hyperparameters.batchSize, trainCount);
  const batchesPerEpoch = Math.ceil(trainCount / batchSize);
  const totalSteps = hyperparameters.epochs * batchesPerEpoch;
  const randomFor = (label: string, state: readonly number[] | undefined): Random =>
    state === undefined
      ? createRandom(deriveSeed(hyperparameters.seed, label))
      : restoreRandom(state);
  const orderRandom = randomFor('order', point?.orderState);
  const maskRandom = randomFor('dropout', point?.maskState);
  const order = point?.order.slice() ?? Int32Array.from({ length: trainCount }, (_, row) => row);
  const width = outputFanIn(shape);
  const mask = hyperparameters.dropout > 0 ? new Float32Array(batchSize * width) : null;
  const learningRate = (step: number): number => learningRateAt(step, totalSteps, hyperparameters);

  return {
    batchesPerEpoch,
    nextOrder: () => orderRandom.shuffle(order).slice(),
    learningRate,
    state: () => ({
      order: order.slice(),
      orderState: orderRandom.state(),
      maskState: maskRandom.state(),
    }),
    batch(index, step) {
      const begin = index * batchSize;
      const end = Math.min(begin + batchSize, trainCount);
      const used = mask?.subarray(0, (end - begin) * width) ?? null;
      if (used !== null) drawDropoutMask(used, hyperparameters.dropout, maskRandom);
      return { begin, end, learningRate: learningRate(step), dropoutMask: used };
    },
  };
}

/**
 * Inverted dropout (Srivastava et al., JMLR 2014): 0 with probability `rate`, else 1/(1 − rate). Two
 * factors from each 32 random bits; the rate is met to 1/65,536.
 */
export function drawDropoutMask(mask: Float32Array, rate: number, random: Random): void {
  const threshold = Math.round(rate * 65536);
  const factor = 65536 / (65536 - threshold);
  for (let index = 0; index < mask.length; index += 2) {
    const bits = random.uint32();
    mask[index] = (bits & 0xffff) < threshold ? 0 : factor;
    // A write behind an odd end is ignored by typed arrays.
    mask[index + 1] = bits >>> 16 < threshold ? 0 : factor;
  }
}
