import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMetrics } from '../../domain/metrics.ts';
import { epochAxis, valueAxis, type Axis } from './axis-steps.ts';
import { createGeometry } from './chart-geometry.ts';
import { curvePoints, nearestPointIndex, type CurvePoint } from './curve-series.ts';
import { decimateCurve } from './decimate-metrics.ts';
import { gapPath } from './gap-path.ts';
import { polylinePath } from './polyline-path.ts';
import { spreadLabels } from './spread-labels.ts';
import { thinRows } from './thin-rows.ts';

const value = fc.option(fc.double({ min: 0, max: 50, noNaN: true }), { nil: null, freq: 20 });
const curve = (maxLength: number): fc.Arbitrary<readonly CurvePoint[]> =>
  fc
    .array(fc.record({ training: value, validation: value }), { minLength: 1, maxLength })
    .map((rows) => rows.map((row, i) => ({ epoch: i + 1, ...row })));

describe('decimateCurve', () => {
  it('keeps at most the asked number, the ends, the notable epochs and all extremes, in order', () => {
    fc.assert(
      fc.property(curve(900), fc.integer({ min: 20, max: 100 }), fc.nat(), (points, max, pick) => {
        const notable = (pick % points.length) + 1;
        const kept = decimateCurve(points, [notable], max);
        expect(kept.length).toBeLessThanOrEqual(Math.max(max, 0));
        expect(kept[0]).toBe(points[0]);
        expect(kept.at(-1)).toBe(points.at(-1));
        expect(kept.some((point) => point.epoch === notable)).toBe(true);
        expect(kept.every((p, i) => i === 0 || p.epoch > (kept[i - 1]?.epoch ?? 0))).toBe(true);
        for (const side of ['training', 'validation'] as const) {
          const all = points.flatMap((point) => point[side] ?? []);
          const shown = kept.flatMap((point) => point[side] ?? []);
          expect(shown.reduce((a, b) => Math.max(a, b), 0)).toBe(
            all.reduce((a, b) => Math.max(a, b), 0),
          );
          expect(shown.reduce((a, b) => Math.min(a, b), 99)).toBe(
            all.reduce((a, b) => Math.min(a, b), 99),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leaves a short curve as it is', () => {
    const points: CurvePoint[] = [{ epoch: 1, training: 1, validation: null }];
    expect(decimateCurve(points)).toBe(points);
  });
});

function expectSound(axis: Axis): void {
  expect(axis.max).toBeGreaterThan(axis.min);
  expect(axis.ticks.length).toBeGreaterThanOrEqual(2);
  expect(axis.ticks.length).toBeLessThanOrEqual(10);
  axis.ticks.forEach((tick, i) => {
    expect(tick).toBeGreaterThanOrEqual(axis.min * (1 - 1e-9));
    expect(tick).toBeLessThanOrEqual(axis.max * (1 + 1e-9));
    if (i > 0) expect(tick).toBeGreaterThan(axis.ticks[i - 1] ?? Infinity);
  });
}

describe('axes', () => {
  const loss = fc.double({ min: 0, max: 1e4, noNaN: true });

  it.each(['linear', 'log'] as const)('%s loss: holds every value and never shrinks', (scale) => {
    fc.assert(
      fc.property(fc.array(loss, { minLength: 1, maxLength: 30 }), loss, (values, next) => {
        const axis = valueAxis(values, 'loss', scale);
        const grown = valueAxis([...values, next], 'loss', scale);
        expectSound(axis);
        for (const each of values) expect(each).toBeLessThanOrEqual(axis.max);
        expect(grown.max).toBeGreaterThanOrEqual(axis.max);
        expect(grown.min).toBeLessThanOrEqual(axis.min);
        expect(valueAxis([axis.min, axis.max], 'loss', scale)).toEqual(axis);
        if (scale === 'linear') expect(axis.min).toBe(0);
      }),
    );
  });

  it('accuracy: ends at 1, holds every value, never shrinks', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 30 }), share, (values, next) => {
        const axis = valueAxis(values, 'accuracy', 'linear');
        expectSound(axis);
        expect(axis.max).toBe(1);
        expect(valueAxis([axis.min, axis.max], 'accuracy', 'linear')).toEqual(axis);
        for (const each of values) expect(each).toBeGreaterThanOrEqual(axis.min);
        expect(valueAxis([...values, next], 'accuracy', 'linear').min).toBeLessThanOrEqual(
          axis.min,
        );
      }),
    );
  });

  it('epochs: begin at 1 and grow in few steps', () => {
    const maxima = new Set<number>();
    for (let last = 0; last <= 5000; last++) {
      const axis = epochAxis(last);
      expect(axis.max).toBeGreaterThanOrEqual(last);
      expect(epochAxis(axis.max).max).toBe(axis.max);
      maxima.add(axis.max);
      if (last % 97 === 0) expectSound(axis);
    }
    expect(maxima.size).toBeLessThan(22);
    expect(epochAxis(0)).toMatchObject({ min: 1, max: 10, ticks: [1, 2, 4, 6, 8, 10] });
    expect(epochAxis(50).ticks).toEqual([1, 10, 20, 30, 40, 50]);
  });

  it('has something to show before the first epoch', () => {
    for (const scale of ['linear', 'log'] as const) expectSound(valueAxis([], 'loss', scale));
    expectSound(valueAxis([], 'accuracy', 'linear'));
  });
});

describe('geometry', () => {
  it('finds the epoch under a pixel', () => {
    const axis = valueAxis([1], 'loss', 'log');
    const geometry = createGeometry(500, 200, epochAxis(100), axis);
    for (const epoch of [1, 33, 100]) {
      expect(geometry.epochAt(geometry.x(epoch))).toBeCloseTo(epoch, 6);
    }
    expect(geometry.epochAt(-50)).toBe(1);
    expect(geometry.y(axis.min)).toBe(geometry.bottom);
    expect(geometry.y(0)).toBe(geometry.bottom);
    expect(geometry.y(axis.max)).toBe(geometry.top);
  });
});

describe('gapPath', () => {
  it('shades from crossing to crossing on the worse side only', () => {
    const points = [
      { x: 0, training: 0, validation: 10 },
      { x: 10, training: 10, validation: 0 },
      { x: 20, training: 10, validation: 0 },
      { x: 30, training: 0, validation: 10 },
    ];
    expect(gapPath(points, -1)).toBe('M5 5L10 0L20 0L25 5L25 5L20 10L10 10L5 5Z');
    expect(gapPath(points, 1)).toBe('M0 10L5 5L5 5L0 0ZM25 5L30 10L30 0L25 5Z');
  });

  it('is empty where there is no gap', () => {
    const level = [0, 1, 2].map((x) => ({ x, training: 5, validation: 5 }));
    expect(gapPath(level, 1)).toBe('');
    expect(gapPath([], 1)).toBe('');
  });
});

describe('spreadLabels', () => {
  it('keeps the distance, the order and the bounds', () => {
    const ys = fc.array(fc.double({ min: -20, max: 220, noNaN: true }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(ys, (wanted) => {
        const placed = spreadLabels(wanted, 15, 0, 200);
        const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!);
        order.forEach((index, i) => {
          expect(placed[index]).toBeGreaterThanOrEqual(-1e-9);
          expect(placed[index]).toBeLessThanOrEqual(200 + 1e-9);
          const before = order[i - 1];
          if (before !== undefined) {
            expect(placed[index]! - placed[before]!).toBeGreaterThanOrEqual(15 - 1e-6);
          }
        });
      }),
    );
  });

  it('moves nothing that has room, and two neighbours by the same amount', () => {
    expect(spreadLabels([10, 50], 15, 0, 100)).toEqual([10, 50]);
    expect(spreadLabels([52, 50], 15, 0, 100)).toEqual([58.5, 43.5]);
  });
});

describe('nearestPointIndex', () => {
  it('agrees with looking at every point', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 40 }),
        fc.double({ min: -10, max: 320, noNaN: true }),
        (epochs, wanted) => {
          const points = epochs
            .sort((a, b) => a - b)
            .map((epoch) => ({ epoch, training: 0, validation: 0 }));
          const index = nearestPointIndex(points, wanted);
          const distance = Math.min(...epochs.map((epoch) => Math.abs(epoch - wanted)));
          expect(Math.abs((points[index]?.epoch ?? NaN) - wanted)).toBe(distance);
        },
      ),
    );
    expect(nearestPointIndex([], 3)).toBe(-1);
  });
});

describe('curvePoints', () => {
  it('shows no value that is not finite', () => {
    const diverged: EpochMetrics = {
      epoch: 1,
      trainLoss: NaN,
      trainAccuracy: 0.5,
      validationLoss: Infinity,
      validationAccuracy: null,
      learningRate: 1,
      elapsedMs: 1,
    };
    expect(curvePoints([diverged], 'loss')).toEqual([
      { epoch: 1, training: null, validation: null },
    ]);
    expect(curvePoints([diverged], 'accuracy')).toEqual([
      { epoch: 1, training: 0.5, validation: null },
    ]);
  });
});

describe('thinRows', () => {
  it('lists everything that fits, else an even choice with ends and notable rows', () => {
    expect(thinRows(3, 200)).toEqual([0, 1, 2]);
    const rows = thinRows(1000, 100, [137, 5000]);
    expect(rows.length).toBeLessThanOrEqual(102);
    expect(rows[0]).toBe(0);
    expect(rows.at(-1)).toBe(999);
    expect(rows).toContain(137);
  });
});

describe('polylinePath', () => {
  it('breaks where there is no value and shows a lone point', () => {
    const ys = [1, 2, null, 3, null, 4.04];
    expect(polylinePath(ys.map((y, x) => ({ x, y })))).toBe('M0 1L1 2M3 3h1M5 4h1');
    expect(polylinePath([])).toBe('');
  });
});
