import { describe, expect, it } from 'vitest';
import { buildHead, buildRun } from '../testing/build-project.ts';
import type { EpochMetrics } from './metrics.ts';
import { compareRepeat } from './repeat-comparison.ts';

const epochs = (
  count: number,
  change: (point: EpochMetrics) => Partial<EpochMetrics> = () => ({}),
) =>
  Array.from({ length: count }, (_, i): EpochMetrics => {
    const point: EpochMetrics = {
      epoch: i + 1,
      trainLoss: 1 / (i + 1),
      trainAccuracy: 0.5,
      validationLoss: 0.7,
      validationAccuracy: 0.25,
      learningRate: 0.01,
      elapsedMs: i,
    };
    return { ...point, ...change(point) };
  });

describe('compareRepeat', () => {
  const original = buildRun('a', 'p', { metrics: epochs(10), bestEpoch: 3 });

  it('is identical when all but the times are equal to the last bit', () => {
    const repeat = { ...original, id: 'b', metrics: epochs(10, () => ({ elapsedMs: 99 })) };
    expect(compareRepeat(original, repeat)).toMatchObject({
      runId: 'a',
      identical: true,
      comparedEpochs: 10,
      firstDifference: null,
      lossGap: 0,
      weightGap: 0,
    });
  });

  it('notices the last bit of one loss and of one weight', () => {
    const nudged = epochs(10, ({ epoch }) =>
      epoch === 7 ? { trainLoss: 1 / 7 + Number.EPSILON / 8 } : {},
    );
    const apart = compareRepeat(original, { ...original, metrics: nudged });
    expect(apart).toMatchObject({ identical: false, firstDifference: 7 });
    expect(apart.lossGap).toBeGreaterThan(0);
    const head = buildHead();
    head.outputBias[1] = (head.outputBias[1] ?? 0) + 0.5;
    const weights = compareRepeat(original, { ...original, head });
    expect(weights).toMatchObject({ identical: false, firstDifference: null, weightGap: 0.5 });
  });

  it('compares the epochs that both have', () => {
    const stopped = { ...original, metrics: epochs(4) };
    expect(compareRepeat(stopped, original)).toMatchObject({ identical: true, comparedEpochs: 4 });
    expect(compareRepeat({ ...original, metrics: [] }, original).identical).toBe(false);
  });

  it('says how far apart, and that a number on one side alone is no distance', () => {
    const off = epochs(10, () => ({ validationLoss: 0.9, validationAccuracy: 0.5 }));
    const far = compareRepeat(original, { ...original, metrics: off });
    expect(far.lossGap).toBeCloseTo(0.2);
    expect(far.accuracyGap).toBeCloseTo(0.25);
    const lost = epochs(10, () => ({ trainLoss: NaN }));
    expect(compareRepeat(original, { ...original, metrics: lost }).lossGap).toBe(Infinity);
    expect(
      compareRepeat({ ...original, metrics: lost }, { ...original, metrics: lost }),
    ).toMatchObject({ identical: true, lossGap: 0 });
  });

  it('does not lay heads of different shapes or epochs side by side', () => {
    expect(compareRepeat(original, { ...original, bestEpoch: 4 }).weightGap).toBeNull();
    expect(compareRepeat(original, { ...original, head: buildHead(4) }).weightGap).toBeNull();
  });
});
