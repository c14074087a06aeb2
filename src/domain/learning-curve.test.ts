import { describe, expect, it } from 'vitest';
import { errorAt, fitLearningCurve, fitPowerLaw } from './learning-curve.ts';
import { createRandom } from './random.ts';

const SIZES = [20, 40, 80, 120, 200];

function measured(noise: number, seed: number) {
  const random = createRandom(seed);
  return SIZES.map((photos) => ({
    photos,
    errors: Array.from({ length: 5 }, () =>
      Math.max(0, 0.05 + 1.2 * photos ** -0.6 + noise * random.normal()),
    ),
  }));
}

describe('fitPowerLaw', () => {
  it('recovers the law that made the points', () => {
    const law = fitPowerLaw(measured(0, 1));
    expect(law?.floor).toBeCloseTo(0.05, 3);
    expect(law?.scale).toBeCloseTo(1.2, 2);
    expect(law?.exponent).toBeCloseTo(0.6, 6);
  });

  it('never promises that more photos do harm, and needs three sizes', () => {
    const rising = [10, 20, 40].map((photos) => ({ photos, errors: [photos / 100] }));
    const law = fitPowerLaw(rising);
    expect(law?.scale).toBe(0);
    expect(errorAt(law ?? { floor: 0, scale: 1, exponent: 1 }, 80)).toBeCloseTo(0.7 / 3, 6);
    expect(fitPowerLaw(rising.slice(0, 2))).toBeNull();
  });
});

describe('fitLearningCurve', () => {
  it('draws a band around the curve and says what more photos bring', () => {
    const fit = fitLearningCurve(measured(0.02, 3), [20, 100, 300], 20, 1);
    if (fit === null) throw new Error('no fit');
    for (const { low, high, error } of fit.curve) {
      expect(low).toBeLessThanOrEqual(error + 1e-9);
      expect(high).toBeGreaterThanOrEqual(error - 1e-9);
    }
    const errors = fit.curve.map(({ error }) => error);
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
    expect(fit.gain.value).toBeCloseTo(errorAt(fit.law, 200) - errorAt(fit.law, 220), 12);
    expect(fit.gain.low).toBeGreaterThanOrEqual(0);
  });

  it('has the truth in its band for most sets of measurements', () => {
    let covered = 0;
    for (let trial = 0; trial < 40; trial++) {
      const fit = fitLearningCurve(measured(0.02, 100 + trial), [100], 20, trial);
      const truth = 0.05 + 1.2 * 100 ** -0.6;
      const [at] = fit?.curve ?? [];
      if (at !== undefined && at.low <= truth && truth <= at.high) covered += 1;
    }
    expect(covered / 40).toBeGreaterThan(0.85);
  });

  it('is the same for the same seed', () => {
    const points = measured(0.02, 3);
    expect(fitLearningCurve(points, SIZES, 20, 5)).toEqual(fitLearningCurve(points, SIZES, 20, 5));
  });
});
