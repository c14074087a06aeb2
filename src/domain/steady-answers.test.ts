import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steadyAnswer } from './steady-answers.ts';

const distribution = (classes: number) =>
  fc
    .array(fc.double({ min: 0.001, max: 1, noNaN: true }), {
      minLength: classes,
      maxLength: classes,
    })
    .map((values) => {
      const sum = values.reduce((total, value) => total + value, 0);
      return values.map((value) => value / sum);
    });
const pair = fc
  .integer({ min: 2, max: 12 })
  .chain((classes) => fc.tuple(distribution(classes), distribution(classes)));
const time = fc.double({ min: 0, max: 10_000, noNaN: true });

describe('steadyAnswer', () => {
  it('stays a distribution, between what was and what is', () => {
    fc.assert(
      fc.property(pair, time, time, ([before, fresh], elapsed, constant) => {
        const mixed = steadyAnswer(before, fresh, elapsed, constant);
        expect(mixed.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
        mixed.forEach((value, i) => {
          const [a, b] = [before[i] ?? NaN, fresh[i] ?? NaN];
          expect(value).toBeGreaterThanOrEqual(Math.min(a, b) - 1e-12);
          expect(value).toBeLessThanOrEqual(Math.max(a, b) + 1e-12);
        });
      }),
    );
  });

  it('gives the same after one long step as after two short ones', () => {
    fc.assert(
      fc.property(pair, time, time, ([before, fresh], first, second) => {
        const once = steadyAnswer(before, fresh, first + second, 500);
        const twice = steadyAnswer(steadyAnswer(before, fresh, first, 500), fresh, second, 500);
        once.forEach((value, i) => expect(twice[i]).toBeCloseTo(value, 9));
      }),
    );
  });

  it('forgets 63 % in one time constant', () => {
    expect(steadyAnswer([1, 0], [0, 1], 300, 300)[1]).toBeCloseTo(0.632, 3);
  });

  it('takes the new answer when there is nothing to mix it with', () => {
    expect(steadyAnswer(null, [0.2, 0.8], 10, 300)).toEqual([0.2, 0.8]);
    expect(steadyAnswer([1, 0], [0.2, 0.8], 10, 0)).toEqual([0.2, 0.8]);
    expect(steadyAnswer([1, 0, 0], [0.2, 0.8], 10, 300)).toEqual([0.2, 0.8]);
  });
});
