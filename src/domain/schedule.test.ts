import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learningRateAt, warmupSteps, type ScheduleSettings } from './schedule.ts';

const settings = (schedule: ScheduleSettings['schedule'], warmup = 0): ScheduleSettings => ({
  learningRate: 0.1,
  schedule,
  warmup,
});

describe('learningRateAt', () => {
  it('constant stays', () => {
    expect([0, 5, 9].map((step) => learningRateAt(step, 10, settings('constant')))).toEqual([
      0.1, 0.1, 0.1,
    ]);
  });

  it('cosine follows its formula: full, 85 %, half, 15 %', () => {
    const rates = [0, 25, 50, 75].map((step) => learningRateAt(step, 100, settings('cosine')));
    const expected = [0.1, 0.0853553, 0.05, 0.0146447];
    rates.forEach((rate, index) => expect(rate).toBeCloseTo(expected[index] ?? NaN, 6));
  });

  it('step divides by ten at half and at three quarters', () => {
    const rates = [0, 49, 50, 74, 75, 99].map((s) => learningRateAt(s, 100, settings('step')));
    const expected = [0.1, 0.1, 0.01, 0.01, 0.001, 0.001];
    rates.forEach((rate, index) => expect(rate).toBeCloseTo(expected[index] ?? NaN, 12));
  });

  it('one-cycle gives the values of the published schedule', () => {
    // torch.optim.lr_scheduler.OneCycleLR(max_lr=0.1, total_steps=10), by its documented formula:
    // rise to step 0.3·10 − 1 = 2 from 0.1/25, fall to step 9, to 0.1/25/1e4.
    const rates = [0, 1, 2, 9].map((step) => learningRateAt(step, 10, settings('one-cycle')));
    const expected = [0.004, 0.052, 0.1, 4e-7];
    rates.forEach((rate, index) => expect(rate).toBeCloseTo(expected[index] ?? NaN, 9));
    const middle = 4e-7 + ((0.1 - 4e-7) * (1 + Math.cos((Math.PI * 3) / 7))) / 2;
    expect(learningRateAt(5, 10, settings('one-cycle'))).toBeCloseTo(middle, 9);
  });

  it('warms up linearly from near 0 to the full rate, then starts the schedule', () => {
    const warm = settings('cosine', 0.2);
    expect(warmupSteps(warm, 20)).toBe(4);
    const rates = [0, 1, 2, 3, 4].map((step) => learningRateAt(step, 20, warm));
    const expected = [0.025, 0.05, 0.075, 0.1, 0.1];
    rates.forEach((rate, index) => expect(rate).toBeCloseTo(expected[index] ?? NaN, 12));
    expect(learningRateAt(12, 20, warm)).toBeCloseTo(0.05, 12);
  });

  it('is never negative, never above the rate and finite, for runs of any length', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('constant', 'cosine', 'one-cycle', 'step'),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.integer({ min: 1, max: 2000 }),
        fc.nat(),
        (schedule, warmup, total, at) => {
          const rate = learningRateAt(at % total, total, settings(schedule, warmup));
          expect(rate).toBeGreaterThanOrEqual(0);
          expect(rate).toBeLessThanOrEqual(0.1 + 1e-12);
        },
      ),
    );
  });
});
