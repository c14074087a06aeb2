import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withheldBy } from './said-or-not.ts';
import { isBelowThreshold } from './try-settings.ts';

describe('withheldBy', () => {
  it.each([
    ['says what is sure enough', 0.6, [0, 0.7, 0], [0.1, 0.7, 0.2], null],
    ['does not know below the floor', 0.71, [0, 0.7, 0], [0.1, 0.7, 0.2], 'unsure'],
    ['is not sure below what the class needs', 0.6, [0, 0.71, 0], [0.1, 0.7, 0.2], 'below'],
    ['asks only the class on top', 0, [0.99, 0, 0.99], [0.1, 0.7, 0.2], null],
    ['takes the first of equals', 0, [0.6, 0, 0], [0.5, 0.5, 0], 'below'],
    ['rather does not know than is not sure', 0.8, [0, 0.9, 0], [0.1, 0.7, 0.2], 'unsure'],
  ] as const)('%s', (_name, abstainBelow, thresholds, probabilities, wanted) => {
    expect(withheldBy({ abstainBelow, thresholds }, probabilities)).toBe(wanted);
  });

  it('says everything without limits', () => {
    expect(withheldBy({ abstainBelow: null, thresholds: null }, [0.34, 0.33, 0.33])).toBeNull();
  });

  it('agrees with the thresholds of the try-out', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 6 }), (rows) => {
        const classes = rows.map((_, i) => ({ id: `c${String(i)}` }));
        const thresholds = Object.fromEntries(rows.map(([, limit], i) => [`c${String(i)}`, limit]));
        const probabilities = rows.map(([probability]) => probability);
        const limits = { abstainBelow: null, thresholds: rows.map(([, limit]) => limit) };
        const isBelow = withheldBy(limits, probabilities) === 'below';
        expect(isBelow).toBe(isBelowThreshold(probabilities, classes, thresholds));
      }),
    );
  });
});
