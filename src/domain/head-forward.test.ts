import { describe, expect, it } from 'vitest';
import type { HeadWeights } from './head.ts';
import { headLogits, headProbabilities, softmaxRows } from './head-forward.ts';

const linear: HeadWeights = {
  inputDim: 2,
  hiddenUnits: 0,
  classCount: 3,
  standardisation: null,
  hiddenKernel: null,
  hiddenBias: null,
  outputKernel: Float32Array.from([1, 2, 3, 4, 5, 6]),
  outputBias: Float32Array.from([0.5, -0.5, 0]),
};

const hidden: HeadWeights = {
  inputDim: 2,
  hiddenUnits: 2,
  classCount: 2,
  standardisation: { mean: Float32Array.from([1, 2]), scale: Float32Array.from([2, 4]) },
  hiddenKernel: Float32Array.from([1, -1, 2, 1]),
  hiddenBias: Float32Array.from([0, 0.5]),
  outputKernel: Float32Array.from([1, 2, 3, 4]),
  outputBias: Float32Array.from([0, 1]),
};

describe('headLogits', () => {
  it('computes a linear head by hand', () => {
    const logits = headLogits(linear, Float32Array.from([1, 2, 0, -1]), 2);
    expect([...logits]).toEqual([9.5, 11.5, 15, -3.5, -5.5, -6]);
  });

  it('standardises, applies ReLU and both layers by hand', () => {
    // (3, 10) → (1, 2) → hidden (1·1 + 2·2, −1 + 2 + 0.5) = (5, 1.5) → (5 + 4.5, 10 + 6 + 1)
    // (−1, 2) → (−1, 0) → hidden (−1 → 0, 1.5) → (4.5, 7)
    const logits = headLogits(hidden, Float32Array.from([3, 10, -1, 2]), 2);
    expect([...logits]).toEqual([9.5, 17, 4.5, 7]);
  });

  it('refuses embeddings of another width', () => {
    expect(() => headLogits(linear, new Float32Array(3), 1)).toThrow(RangeError);
  });

  it('takes no photos at all', () => {
    expect(headLogits(linear, new Float32Array(0), 0)).toHaveLength(0);
  });
});

describe('softmaxRows', () => {
  it('survives huge logits and sums to 1', () => {
    const [a, b, c] = softmaxRows(Float32Array.from([1e30, 1e30, -1e30]), 3);
    expect([a, b, c]).toEqual([0.5, 0.5, 0]);
  });

  it('gets flatter with temperature: 3:1 odds become √3:1 at 2', () => {
    const logits = Float32Array.from([Math.log(3), 0]);
    expect(softmaxRows(logits, 2)[0]).toBeCloseTo(0.75, 6);
    const root = Math.sqrt(3);
    expect(softmaxRows(logits, 2, 2)[0]).toBeCloseTo(root / (root + 1), 6);
  });

  it('is what headProbabilities applies to the logits', () => {
    const input = Float32Array.from([0.1, -0.2]);
    const expected = softmaxRows(headLogits(linear, input, 1), 3, 1.5);
    expect(headProbabilities(linear, input, 1, 1.5)).toEqual(expected);
  });
});
