/** Which implementation trains on which backend, and how fast it is here. */
import { getBackend } from '@tensorflow/tfjs-core';
import { createRandom } from '../../domain/random.ts';
import type { CreateHeadMath } from './head-math.ts';
import { initialParameters, type HeadShape } from './head-parameters.ts';
import { createPlainHeadMath } from './plain-head-math.ts';
import { createTensorHeadMath } from './tensor-head-math.ts';
import { createTrainingSet, type TrainingSet } from './training-set.ts';

/** The open backend's: plain typed arrays stand for cpu, TensorFlow.js for every other. */
export function chooseHeadMath(): CreateHeadMath {
  return getBackend() === 'cpu' ? createPlainHeadMath : createTensorHeadMath;
}

const TIMED_SHAPE: HeadShape = { inputDim: 1280, hiddenUnits: 0, classCount: 4 };
const TIMED_BATCH = 32;
const TIMED_ROWS = 256;

/**
 * Steps per second of a head of the default size on the open backend: the median of whole passes over
 * 256 made-up rows, each ended by a readback so that a GPU's queue is counted. The first pass, which
 * compiles, is left out. Takes about `budgetMs`, at least two passes.
 */
export async function measureHeadStepsPerSecond(
  budgetMs: number,
  createMath: CreateHeadMath = chooseHeadMath(),
): Promise<number> {
  const trainingSet = madeUpTrainingSet();
  const math = createMath({
    trainingSet,
    initial: initialParameters(TIMED_SHAPE, 1),
    optimizer: { optimizer: 'adamw', momentum: 0, weightDecay: 0.01 },
    gradientClip: 0,
  });
  const order = Int32Array.from({ length: TIMED_ROWS }, (_, row) => row);
  const rates: number[] = [];
  try {
    const startedAt = performance.now();
    while (rates.length < 3 || performance.now() - startedAt < budgetMs) {
      const passStartedAt = performance.now();
      math.beginEpoch(order);
      for (let begin = 0; begin < TIMED_ROWS; begin += TIMED_BATCH) {
        const end = begin + TIMED_BATCH;
        math.step({ begin, end, learningRate: 1e-3, dropoutMask: null });
      }
      await math.parameters();
      const seconds = (performance.now() - passStartedAt) / 1000;
      rates.push(TIMED_ROWS / TIMED_BATCH / Math.max(seconds, 1e-6));
    }
  } finally {
    math.dispose();
  }
  const timed = rates.slice(1).sort((a, b) => a - b);
  return timed[Math.floor(timed.length / 2)] ?? 0;
}

function madeUpTrainingSet(): TrainingSet {
  const random = createRandom(1);
  const { inputDim: dim, classCount } = TIMED_SHAPE;
  return createTrainingSet(
    {
      dataKey: 'timing',
      embeddings: Float32Array.from({ length: TIMED_ROWS * dim }, () => random.float()),
      count: TIMED_ROWS,
      dim,
      labels: Int32Array.from({ length: TIMED_ROWS }, (_, row) => row % classCount),
      classCount,
      trainRows: Int32Array.from({ length: TIMED_ROWS }, (_, row) => row),
      validationRows: new Int32Array(0),
    },
    { standardise: true, labelSmoothing: 0, balanceClasses: false },
  );
}
