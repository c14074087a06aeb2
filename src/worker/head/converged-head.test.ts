import { describe, expect, it } from 'vitest';
import { createHeadService } from './head-service.ts';
import { createPlainHeadMath } from './plain-head-math.ts';
import { createTrainingSet } from './training-set.ts';
import { madeUpData, recordingContext, settings } from '../../testing/head-fixtures.ts';
import type { TrainOutcome } from '../../protocol/engine-messages.ts';

const DIM = 4;
const CLASSES = 3;
const DECAY = 0.05;
const DATA = madeUpData({
  trainPerClass: 12,
  validationPerClass: 0,
  dim: DIM,
  classCount: CLASSES,
  separation: 3,
});

/**
 * Newton's method for multinomial logistic regression with (λ/2)·|kernel|² on top of the mean loss,
 * in double precision: the independent reference. Parameters [classes, dim + 1], bias last. A hair of
 * damping on the biases removes the one direction that softmax does not see.
 */
function newtonSolution(inputs: Float32Array, labels: Int32Array): number[] {
  const stride = DIM + 1;
  const size = CLASSES * stride;
  const count = labels.length;
  const theta = new Array<number>(size).fill(0);
  for (let iteration = 0; iteration < 30; iteration++) {
    const gradient = new Array<number>(size).fill(0);
    const hessian = Array.from({ length: size }, () => new Array<number>(size).fill(0));
    for (let row = 0; row < count; row++) {
      const x = [...inputs.subarray(row * stride, (row + 1) * stride)];
      const logits = Array.from({ length: CLASSES }, (_, c) =>
        x.reduce((s, v, k) => s + v * theta[c * stride + k]!, 0),
      );
      const exps = logits.map(Math.exp);
      const total = exps.reduce((s, v) => s + v, 0);
      const p = exps.map((v) => v / total);
      for (let c = 0; c < CLASSES; c++) {
        for (let k = 0; k < stride; k++) {
          gradient[c * stride + k]! += ((p[c]! - (labels[row] === c ? 1 : 0)) * x[k]!) / count;
          for (let d = 0; d < CLASSES; d++) {
            const weight = (p[c]! * ((c === d ? 1 : 0) - p[d]!)) / count;
            for (let l = 0; l < stride; l++)
              hessian[c * stride + k]![d * stride + l]! += weight * x[k]! * x[l]!;
          }
        }
      }
    }
    for (let i = 0; i < size; i++) {
      const isBias = i % stride === DIM;
      if (!isBias) gradient[i]! += DECAY * theta[i]!;
      hessian[i]![i]! += isBias ? 1e-9 : DECAY;
    }
    solve(hessian, gradient).forEach((step, i) => (theta[i]! -= step));
  }
  return theta;
}

/** Gaussian elimination with partial pivoting. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  const a = matrix.map((row, i) => [...row, right[i]!]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column; row < size; row++) {
      if (Math.abs(a[row]![column]!) > Math.abs(a[pivot]![column]!)) pivot = row;
    }
    [a[column], a[pivot]] = [a[pivot]!, a[column]!];
    for (let row = column + 1; row < size; row++) {
      const factor = a[row]![column]! / a[column]![column]!;
      for (let k = column; k <= size; k++) a[row]![k]! -= factor * a[column]![k]!;
    }
  }
  const result = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let sum = a[row]![size]!;
    for (let k = row + 1; k < size; k++) sum -= a[row]![k]! * result[k]!;
    result[row] = sum / a[row]![row]!;
  }
  return result;
}

describe('a linear head trained to the end', () => {
  it('has the weights of the Newton solution', async () => {
    const service = createHeadService({ createMath: createPlainHeadMath });
    const { context } = recordingContext();
    await service['head/load-data'](DATA, context);
    const chosen = settings({
      optimizer: 'momentum',
      momentum: 0.9,
      learningRate: 0.2,
      weightDecay: DECAY,
      batchSize: 1000,
      epochs: 800,
    });
    const { bestHead } = (await service['head/train'](
      { runId: 'a', dataKey: DATA.dataKey, hyperparameters: chosen },
      context,
    )) as TrainOutcome;
    const set = createTrainingSet(DATA, chosen);
    const expected = newtonSolution(set.inputs, set.labels);
    const biasMean = (b: readonly number[]): number => b.reduce((s, v) => s + v, 0) / CLASSES;
    const wantedBias = [0, 1, 2].map((c) => expected[c * (DIM + 1) + DIM]!);
    const bias = [...bestHead.outputBias];
    for (let c = 0; c < CLASSES; c++) {
      for (let d = 0; d < DIM; d++) {
        expect(bestHead.outputKernel[d * CLASSES + c]).toBeCloseTo(expected[c * (DIM + 1) + d]!, 4);
      }
      expect(bias[c]! - biasMean(bias)).toBeCloseTo(wantedBias[c]! - biasMean(wantedBias), 4);
    }
    // The solution is not the trivial one.
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.3);
  });
});
