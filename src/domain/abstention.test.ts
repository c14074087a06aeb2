import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderRoc, coverageAt, coverageCurve, defaultThreshold } from './abstention.ts';

describe('areaUnderRoc', () => {
  it("gives the value of scikit-learn's documented example", () => {
    expect(areaUnderRoc([0.35, 0.8], [0.1, 0.4])).toBe(0.75);
  });

  it('is the share of pairs in the right order, ties counting half', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(scores, scores, (known, unknown) => {
        let pairs = 0;
        for (const a of known) for (const b of unknown) pairs += a > b ? 1 : a === b ? 0.5 : 0;
        expect(areaUnderRoc(known, unknown)).toBeCloseTo(
          pairs / (known.length * unknown.length),
          12,
        );
      }),
    );
  });
});

describe('coverageCurve', () => {
  const confidence = [0.9, 0.8, 0.8, 0.6, 0.5];
  const right = [1, 1, 0, 1, 0];

  it('withholds the least sure answers first', () => {
    expect(coverageCurve(confidence, right)).toEqual([
      { threshold: 0.5, coverage: 1, accuracy: 0.6, answered: 5, hits: 3 },
      { threshold: 0.6, coverage: 0.8, accuracy: 0.75, answered: 4, hits: 3 },
      { threshold: 0.8, coverage: 0.6, accuracy: 2 / 3, answered: 3, hits: 2 },
      { threshold: 0.9, coverage: 0.2, accuracy: 1, answered: 1, hits: 1 },
    ]);
  });

  it('says at every threshold what counting says', () => {
    for (const point of coverageCurve(confidence, right)) {
      expect(coverageAt(confidence, right, point.threshold)).toEqual(point);
    }
    expect(coverageAt(confidence, right, 0.95)).toMatchObject({ answered: 0, accuracy: null });
  });
});

describe('defaultThreshold', () => {
  it('leaves at most half of the errors while answering as many as possible', () => {
    const confidence = Array.from({ length: 40 }, (_, i) => (i + 1) / 40);
    const right = confidence.map((_, i) => (i < 8 ? 0 : 1));
    const threshold = defaultThreshold(confidence, right);
    const at = coverageAt(confidence, right, threshold);
    expect(at.accuracy).toBeGreaterThanOrEqual(0.9);
    expect(at.coverage).toBeCloseTo(35 / 40, 12);
  });

  it('never silences a model that errs everywhere, and lets a perfect one speak', () => {
    const confidence = [0.9, 0.8, 0.7, 0.6];
    expect(
      coverageAt(confidence, [0, 0, 0, 0], defaultThreshold(confidence, [0, 0, 0, 0])).coverage,
    ).toBeGreaterThanOrEqual(0.5);
    expect(defaultThreshold(confidence, [1, 1, 1, 1])).toBe(0);
    expect(defaultThreshold([], [])).toBe(0);
  });
});
