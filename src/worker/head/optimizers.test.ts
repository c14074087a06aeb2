import { tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OptimizerName } from '../../domain/hyperparameters.ts';
import { openInNode } from '../../testing/node-backends.ts';
import { EPSILON } from './optimizer-rules.ts';
import { createPlainOptimizer } from './plain-optimizer.ts';
import { createTensorLayer } from './tensor-optimizer.ts';

/** Two units with two weights and a bias each. */
const START = [0.5, -1, 0.2, 2, 0.1, -0.3];
const IS_BIAS = [false, false, true, false, false, true];
/** Gradients for six steps: signs change, sizes differ, one entry is always 0. */
const GRADIENTS = Array.from({ length: 6 }, (_, step) =>
  START.map((_value, index) =>
    index === 4 ? 0 : Math.sin(3 * step + index) * 10 ** ((index % 3) - 1),
  ),
);
const RATES = [0.1, 0.1, 0.05, 0.05, 0.2, 0.01];
const DECAY = 0.3;
const MOMENTUM = 0.8;

/** Each rule as its paper writes it, one number at a time, in double precision. */
function textbook(optimizer: OptimizerName, decay: number): number[][] {
  const theta = [...START];
  const m = START.map(() => 0);
  const v = START.map(() => 0);
  return GRADIENTS.map((gradient, index) => {
    const t = index + 1;
    const rate = RATES[index]!;
    gradient.forEach((raw, i) => {
      const lambda = IS_BIAS[i] === true ? 0 : decay;
      const g = optimizer === 'adamw' ? raw : raw + lambda * theta[i]!;
      const old = theta[i]!;
      if (optimizer === 'sgd') theta[i] = old - rate * g;
      if (optimizer === 'momentum') {
        v[i] = MOMENTUM * v[i]! - rate * g;
        theta[i] = old + v[i];
      }
      if (optimizer === 'rmsprop') {
        v[i] = 0.9 * v[i]! + 0.1 * g ** 2;
        m[i] = MOMENTUM * m[i]! + (rate * g) / Math.sqrt(v[i] + EPSILON);
        theta[i] = old - m[i];
      }
      if (optimizer === 'adam' || optimizer === 'adamw') {
        m[i] = 0.9 * m[i]! + 0.1 * g;
        v[i] = 0.999 * v[i]! + 0.001 * g ** 2;
        const mHat = m[i] / (1 - 0.9 ** t);
        const vHat = v[i] / (1 - 0.999 ** t);
        theta[i] = old - (rate * mHat) / (Math.sqrt(vHat) + EPSILON);
        if (optimizer === 'adamw') theta[i] -= rate * lambda * old;
      }
    });
    return [...theta];
  });
}

function plain(optimizer: OptimizerName, weightDecay: number): number[][] {
  const layer = { values: Float32Array.from(START), gradient: new Float32Array(6), stride: 3 };
  const stepper = createPlainOptimizer([layer], { optimizer, weightDecay, momentum: MOMENTUM });
  return GRADIENTS.map((gradient, index) => {
    layer.gradient.set(gradient);
    stepper.apply(RATES[index]!);
    return [...layer.values];
  });
}

function tensors(optimizer: OptimizerName, weightDecay: number): number[][] {
  const layer = createTensorLayer(Float32Array.from(START), 3, {
    optimizer,
    weightDecay,
    momentum: MOMENTUM,
  });
  const path = GRADIENTS.map((gradient, index) => {
    const given = tensor2d(gradient, [2, 3]);
    layer.apply(given, RATES[index]!, index + 1);
    given.dispose();
    return [...layer.values.dataSync()];
  });
  layer.dispose();
  return path;
}

describe.each(['sgd', 'momentum', 'rmsprop', 'adam', 'adamw'] as const)('%s', (optimizer) => {
  beforeAll(() => openInNode('wasm'));

  it.each([0, DECAY])('follows the textbook step by step, weight decay %s', (decay) => {
    const expected = textbook(optimizer, decay);
    for (const path of [plain(optimizer, decay), tensors(optimizer, decay)]) {
      path.forEach((values, step) => {
        values.forEach((value, index) => expect(value).toBeCloseTo(expected[step]![index]!, 5));
      });
    }
  });
});

describe('adam', () => {
  it('moves by the learning rate at its first step, whatever the size of the gradient', () => {
    const [first] = plain('adam', 0);
    first?.forEach((value, index) => {
      const g = GRADIENTS[0]![index]!;
      expect(value).toBeCloseTo(START[index]! - 0.1 * Math.sign(g), 3);
    });
  });
});
