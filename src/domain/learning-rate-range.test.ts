import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hasDiverged,
  smoothSweep,
  suggestRate,
  SWEEP_STEPS,
  sweepRate,
} from './learning-rate-range.ts';

const rates = Array.from({ length: SWEEP_STEPS }, (_, step) => sweepRate(step));
const sweep = (loss: (decade: number) => number) =>
  smoothSweep(rates.map((rate) => ({ rate, loss: loss(Math.log10(rate)) })));
/** Falls around `centre` (a decade), rises steeply from `breaks` on. */
const typical = (centre: number, breaks: number) => (decade: number) =>
  0.2 + 0.9 / (1 + Math.exp(6 * (decade - centre))) + Math.max(0, decade - breaks) * 3;

describe('sweepRate', () => {
  it('rises by the same factor each step, over six decades', () => {
    expect(rates[0]).toBeCloseTo(1e-5, 12);
    expect(rates.at(-1)).toBeCloseTo(10, 9);
    const factors = rates.slice(1).map((rate, i) => rate / (rates[i] ?? NaN));
    for (const factor of factors) expect(factor).toBeCloseTo(factors[0] ?? 0, 9);
  });
});

describe('suggestRate', () => {
  it('finds where the curve falls fastest, wherever that is', () => {
    fc.assert(
      fc.property(fc.double({ min: -4, max: -2, noNaN: true }), (centre) => {
        const found = suggestRate(sweep(typical(centre, centre + 2)));
        expect(Math.abs(Math.log10(found?.steepest ?? 1) - centre)).toBeLessThan(0.15);
        expect(Math.abs(Math.log10(found?.rate ?? 1) - centre)).toBeLessThan(0.2);
      }),
    );
  });

  it('stays a tenth below the lowest point when the fall is right before the break', () => {
    const found = suggestRate(sweep(typical(-2, -1.7)));
    expect(found?.rate).toBeLessThanOrEqual((found?.lowest ?? 0) / 10 + 1e-3);
    expect(found?.rate).toBeLessThan(found?.steepest ?? 0);
  });

  it('has nothing to say about a flat or a rising curve, or a few points', () => {
    expect(suggestRate(sweep(() => 1.1))).toBeNull();
    expect(suggestRate(sweep((decade) => 1 + Math.max(0, decade)))).toBeNull();
    expect(suggestRate(sweep(typical(-3, -1)).slice(0, 4))).toBeNull();
    expect(suggestRate([])).toBeNull();
  });

  it('is not thrown off by one stray point', () => {
    const clean = suggestRate(sweep(typical(-3, -1)))?.rate ?? NaN;
    const stray = rates.map((rate, i) => ({
      rate,
      loss: typical(-3, -1)(Math.log10(rate)) - (i === 20 ? 0.15 : 0),
    }));
    const found = suggestRate(smoothSweep(stray))?.rate ?? NaN;
    expect(Math.abs(Math.log10(found / clean))).toBeLessThan(0.35);
  });
});

describe('smoothSweep and hasDiverged', () => {
  it('leaves a straight line and both ends as they are, and drops what is no number', () => {
    const line = sweep((decade) => 10 + decade);
    for (const { loss, smoothed } of line) expect(smoothed).toBeCloseTo(loss, 9);
    expect(smoothSweep([{ rate: 1, loss: NaN }])).toEqual([]);
  });

  it('sees a loss that is no number or far above, and no mere bump', () => {
    expect(hasDiverged([1, NaN])).toBe(true);
    expect(hasDiverged([1, 0.2, 5])).toBe(true);
    expect(hasDiverged([1, 0.2, 0.9])).toBe(false);
    expect(hasDiverged([1, 1.4])).toBe(false);
    expect(hasDiverged([])).toBe(false);
  });
});
