import { beforeEach, describe, expect, it } from 'vitest';
import { memory } from '@tensorflow/tfjs-core';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import { createRandom } from '../../domain/random.ts';
import { madeUpData, settings } from '../../testing/head-fixtures.ts';
import { openInNode } from '../../testing/node-backends.ts';
import type { CreateHeadMath } from './head-math.ts';
import { initialParameters, outputFanIn, type HeadParameters } from './head-parameters.ts';
import { createPlainHeadMath } from './plain-head-math.ts';
import { createTensorHeadMath } from './tensor-head-math.ts';
import { drawDropoutMask, headShape } from './train-head.ts';
import { createTrainingSet, type TrainingSet } from './training-set.ts';

const IMPLEMENTATIONS: readonly [string, 'cpu' | 'wasm', CreateHeadMath][] = [
  ['plain', 'cpu', createPlainHeadMath],
  ['tensor on cpu', 'cpu', createTensorHeadMath],
  ['tensor on wasm', 'wasm', createTensorHeadMath],
];

const DATA = madeUpData({
  trainPerClass: 4,
  validationPerClass: 1,
  dim: 5,
  classCount: 3,
  separation: 2,
});
const BATCH_ROWS = [7, 2, 11, 0, 5, 3, 9];

/** The batch's loss in double precision, written from the definition. */
function lossOf(
  parameters: readonly Float64Array[],
  set: TrainingSet,
  mask: Float32Array | null,
  hiddenUnits: number,
): number {
  const dense = (x: readonly number[], w: Float64Array): number[] => {
    const stride = x.length + 1;
    return Array.from({ length: w.length / stride }, (_, unit) =>
      x.reduce(
        (sum, value, k) => sum + value * (w[unit * stride + k] ?? 0),
        w[unit * stride + x.length] ?? 0,
      ),
    );
  };
  let total = 0;
  BATCH_ROWS.forEach((row, index) => {
    let x = [...set.inputs.subarray(row * set.stride, (row + 1) * set.stride - 1)];
    if (hiddenUnits > 0) x = dense(x, parameters[0]!).map((value) => Math.max(0, value));
    if (mask !== null) x = x.map((value, k) => value * mask[index * x.length + k]!);
    const logits = dense(x, parameters.at(-1)!);
    const logSum = Math.log(logits.reduce((sum, value) => sum + Math.exp(value), 0));
    logits.forEach((value, k) => {
      const target = set.targets[row * set.classCount + k]!;
      total -= (set.rowWeights?.[row] ?? 1) * target * (value - logSum);
    });
  });
  return total / BATCH_ROWS.length;
}

/** Central differences of `lossOf` for every parameter. */
function numericalGradient(
  initial: HeadParameters,
  set: TrainingSet,
  mask: Float32Array | null,
  hiddenUnits: number,
): number[][] {
  const parameters = [initial.hidden, initial.output]
    .filter((layer) => layer !== null)
    .map((layer) => Float64Array.from(layer));
  const h = 1e-5;
  return parameters.map((layer) =>
    Array.from(layer, (value, index) => {
      layer[index] = value + h;
      const above = lossOf(parameters, set, mask, hiddenUnits);
      layer[index] = value - h;
      const below = lossOf(parameters, set, mask, hiddenUnits);
      layer[index] = value;
      return (above - below) / (2 * h);
    }),
  );
}

/** One sgd step with rate 1: the parameters move by exactly the gradient. */
async function gradientOf(
  createMath: CreateHeadMath,
  set: TrainingSet,
  initial: HeadParameters,
  mask: Float32Array | null,
  gradientClip = 0,
): Promise<number[][]> {
  const math = createMath({
    trainingSet: set,
    initial,
    optimizer: settings({ optimizer: 'sgd' }),
    gradientClip,
  });
  const rest = [...Array(set.trainCount).keys()].filter((row) => !BATCH_ROWS.includes(row));
  math.beginEpoch(Int32Array.from([...BATCH_ROWS, ...rest]));
  math.step({ begin: 0, end: BATCH_ROWS.length, learningRate: 1, dropoutMask: mask });
  const after = await math.parameters();
  math.dispose();
  const moved = (from: Float32Array, to: Float32Array): number[] =>
    Array.from(from, (value, index) => value - to[index]!);
  return initial.hidden === null || after.hidden === null
    ? [moved(initial.output, after.output)]
    : [moved(initial.hidden, after.hidden), moved(initial.output, after.output)];
}

function prepare(changes: Partial<Hyperparameters>): {
  set: TrainingSet;
  initial: HeadParameters;
  mask: Float32Array | null;
} {
  const chosen = settings(changes);
  const set = createTrainingSet(DATA, chosen);
  const shape = headShape(set, chosen.hiddenUnits);
  // Linear heads start at 0, where gradients are too regular to prove much.
  const random = createRandom(4);
  const initial = initialParameters(shape, 2);
  const output = initial.output.map(() => 0.3 * random.normal());
  const mask = chosen.dropout > 0 ? new Float32Array(BATCH_ROWS.length * outputFanIn(shape)) : null;
  if (mask !== null) drawDropoutMask(mask, chosen.dropout, random);
  return { set, initial: { ...initial, output }, mask };
}

describe.each(IMPLEMENTATIONS)('%s', (_, backend, createMath) => {
  beforeEach(() => openInNode(backend));

  it.each([
    ['linear', {}],
    ['linear, not standardised', { standardise: false }],
    ['linear with dropout', { dropout: 0.4 }],
    ['hidden', { hiddenUnits: 6 }],
    ['hidden, one unit', { hiddenUnits: 1 }],
    ['hidden with dropout', { hiddenUnits: 7, dropout: 0.5 }],
    [
      'smoothed labels and class weights',
      { hiddenUnits: 3, labelSmoothing: 0.2, balanceClasses: true },
    ],
  ] as const)('gradient agrees with finite differences: %s', async (_name, changes) => {
    const { set, initial, mask } = prepare(changes);
    const gradients = await gradientOf(createMath, set, initial, mask);
    const expected = numericalGradient(initial, set, mask, settings(changes).hiddenUnits);
    expect(gradients.length).toBe(expected.length);
    expect(Math.max(...expected.flat().map(Math.abs))).toBeGreaterThan(0.05);
    gradients.forEach((layer, index) => {
      layer.forEach((value, at) => expect(value).toBeCloseTo(expected[index]![at]!, 5));
    });
  });

  it('clips the norm of all gradients together', async () => {
    const { set, initial, mask } = prepare({ hiddenUnits: 4 });
    const free = (await gradientOf(createMath, set, initial, mask)).flat();
    const norm = Math.hypot(...free);
    const clipped = (await gradientOf(createMath, set, initial, mask, norm / 4)).flat();
    clipped.forEach((value, index) => expect(value).toBeCloseTo(free[index]! / 4, 5));
    const untouched = (await gradientOf(createMath, set, initial, mask, norm * 2)).flat();
    untouched.forEach((value, index) => expect(value).toBeCloseTo(free[index]!, 6));
  });

  it('leaves no tensor behind', async () => {
    const before = memory().numTensors;
    const { set, initial, mask } = prepare({ hiddenUnits: 4, dropout: 0.5, balanceClasses: true });
    await gradientOf(createMath, set, initial, mask, 0.1);
    expect(memory().numTensors).toBe(before);
  });
});
