import { describe, expect, it } from 'vitest';
import { EngineError } from '../../protocol/errors.ts';
import type { TrainingData } from '../../protocol/engine-messages.ts';
import { settings } from '../../testing/head-fixtures.ts';
import { checkTrainingData, createTrainingSet, measureStandardisation } from './training-set.ts';

const DATA: TrainingData = {
  dataKey: 'd',
  embeddings: Float32Array.from([1, 5, 0, 3, 5, 0, 100, 6, 7, 2, 5, 0]),
  count: 4,
  dim: 3,
  labels: Int32Array.from([0, 0, 1, 1]),
  classCount: 2,
  trainRows: Int32Array.from([0, 1, 3]),
  validationRows: Int32Array.from([2]),
};

describe('createTrainingSet', () => {
  it('measures mean and deviation on training rows only and guards constant features', () => {
    const { mean, scale } = measureStandardisation(DATA);
    expect([...mean]).toEqual([2, 5, 0]);
    expect(scale[0]).toBeCloseTo(Math.sqrt(2 / 3), 6);
    // A tenth of the root mean square deviation: the validation row's 7 must not explode.
    const floor = 0.1 * Math.sqrt(2 / 9);
    expect(scale[1]).toBeCloseTo(floor, 6);
    expect(scale[2]).toBeCloseTo(floor, 6);
    const flat = measureStandardisation({ ...DATA, trainRows: Int32Array.from([0]) });
    expect([...flat.scale]).toEqual([1, 1, 1]);
  });

  it('puts training rows first, then validation, each with its 1 for the bias', () => {
    const set = createTrainingSet(DATA, settings({ standardise: false }));
    expect([...set.inputs]).toEqual([1, 5, 0, 1, 3, 5, 0, 1, 2, 5, 0, 1, 100, 6, 7, 1]);
    expect([...set.labels]).toEqual([0, 0, 1, 1]);
    expect(set.trainCount).toBe(3);
    expect([...set.targets]).toEqual([1, 0, 1, 0, 0, 1]);
    expect(set.rowWeights).toBeNull();
  });

  it('smooths labels and weighs classes by n / (classes · count)', () => {
    const set = createTrainingSet(DATA, settings({ labelSmoothing: 0.2, balanceClasses: true }));
    [0.9, 0.1, 0.9, 0.1, 0.1, 0.9].forEach((value, index) =>
      expect(set.targets[index]).toBeCloseTo(value, 6),
    );
    expect([...(set.rowWeights ?? [])]).toEqual([0.75, 0.75, 1.5]);
  });
});

describe('checkTrainingData', () => {
  it('takes consistent data', () => {
    expect(() => checkTrainingData(DATA)).not.toThrow();
  });

  it.each<[string, Partial<TrainingData>]>([
    ['too few numbers', { embeddings: new Float32Array(5) }],
    ['a label out of range', { labels: Int32Array.from([0, 0, 2, 1]) }],
    ['a row out of range', { trainRows: Int32Array.from([4]) }],
    ['a row on both sides', { validationRows: Int32Array.from([3]) }],
    ['nothing to train on', { trainRows: new Int32Array(0) }],
    ['no classes', { classCount: 0 }],
    ['a number that is none', { embeddings: DATA.embeddings.map((v, i) => (i === 4 ? NaN : v)) }],
  ])('refuses %s', (_name, change) => {
    expect(() => checkTrainingData({ ...DATA, ...change })).toThrow(EngineError);
  });
});
