import { describe, expect, it } from 'vitest';
import {
  accuracy,
  argMaxRows,
  classScores,
  confusionMatrix,
  logLoss,
  lossAndAccuracy,
  macroF1,
  wilsonInterval,
} from './classification-metrics.ts';

describe('lossAndAccuracy', () => {
  const logits = Float32Array.from([0, 0, Math.log(3), 0, -5, 5]);
  const labels = Int32Array.from([0, 0, 1]);

  it('is the mean cross-entropy: ln 2, ln 4/3, nearly 0', () => {
    const result = lossAndAccuracy(logits, labels, 2);
    const expected = (Math.log(2) + Math.log(4 / 3) + Math.log1p(Math.exp(-10))) / 3;
    expect(result?.loss).toBeCloseTo(expected, 7);
    expect(result?.accuracy).toBe(1);
  });

  it('looks at its range only, and says null for none', () => {
    expect(lossAndAccuracy(logits, labels, 2, 0, 1)?.loss).toBeCloseTo(Math.log(2), 12);
    expect(lossAndAccuracy(logits, labels, 2, 1, 1)).toBeNull();
  });

  it('stays finite for huge logits and is NaN for any that is not a number', () => {
    const huge = lossAndAccuracy(Float32Array.from([1e30, 0]), Int32Array.from([1]), 2);
    expect(huge?.loss).toBeCloseTo(1e30, -24);
    for (const bad of [
      [NaN, 0],
      [0, NaN],
      [Infinity, 0],
    ]) {
      const result = lossAndAccuracy(Float32Array.from(bad), Int32Array.from([0]), 2);
      expect(result?.loss).toBeNaN();
    }
  });
});

describe('wilsonInterval', () => {
  // Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('agrees with the published interval of %i of %i', (hits, count, low, high) => {
    const interval = wilsonInterval(hits, count);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('is symmetric and certain of nothing without data', () => {
    const few = wilsonInterval(3, 10);
    const many = wilsonInterval(7, 10);
    expect(few.low).toBeCloseTo(1 - many.high, 12);
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
    expect(wilsonInterval(20, 20).high).toBe(1);
  });
});

describe('confusion, precision, recall, F1', () => {
  const labels = [0, 0, 0, 1, 1, 2];
  const predicted = [0, 0, 1, 1, 0, 2];
  const matrix = confusionMatrix(predicted, labels, 4);

  it('counts true classes in rows and answers in columns', () => {
    expect([...matrix]).toEqual([2, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
    expect(accuracy(predicted, labels)).toBeCloseTo(4 / 6, 12);
  });

  it('scores each class, null where there is nothing to score', () => {
    const [first, second, third, absent] = classScores(matrix, 4);
    expect(first).toEqual({ precision: 2 / 3, recall: 2 / 3, f1: 2 / 3 });
    expect(second).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
    expect(third).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(absent).toEqual({ precision: null, recall: null, f1: null });
    expect(macroF1(matrix, 4)).toBeCloseTo((2 / 3 + 0.5 + 1) / 3, 12);
    expect(macroF1(new Int32Array(4), 2)).toBeNull();
  });
});

describe('logLoss and argMaxRows', () => {
  it('keeps one confident mistake finite', () => {
    expect(logLoss(Float32Array.from([1, 0]), [1], 2)).toBeCloseTo(-Math.log(1e-7), 6);
    expect(logLoss(Float32Array.from([0.5, 0.5, 0.25, 0.75]), [0, 1], 2)).toBeCloseTo(
      (Math.log(2) + Math.log(4 / 3)) / 2,
      6,
    );
  });

  it('takes the first of equals', () => {
    expect([...argMaxRows(Float32Array.from([1, 1, 0, 2, 3, 3]), 3)]).toEqual([0, 1]);
  });
});
