import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMetrics } from '../../domain/metrics.ts';
import { epochAxis, valueAxis, type Axis } from './axis-steps.ts';
import { curveRows } from './curve-rows.ts';
import { curvePoints, nearestPointIndex, type CurvePoint } from './curve-series.ts';
import { decimateCurve } from './decimate-metrics.ts';
import { draggedEpoch, epochForKey } from './epoch-steps.ts';
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

describe('curveRows', () => {
  const epochs = epochAxis(10);
  const linear = valueAxis([10], 'loss', 'linear');
  const crossing = [
    [1, 0, 10],
    [2, 10, 0],
    [3, 10, 0],
    [4, 0, 10],
  ].map(([epoch = 0, training = 0, validation = 0]) => ({ epoch, training, validation }));

  it('shades from crossing to crossing on the worse side only', () => {
    const shading = (metric: 'loss' | 'accuracy') =>
      curveRows(crossing, metric, epochs, linear).map((row) => [row.epoch, row.gap]);
    expect(shading('loss')).toEqual([
      [1, [0, 10]],
      [1.5, [5, 5]],
      [2, null],
      [3, null],
      [3.5, [5, 5]],
      [4, [0, 10]],
    ]);
    expect(shading('accuracy')).toEqual([
      [1, null],
      [1.5, [5, 5]],
      [2, [0, 10]],
      [3, [0, 10]],
      [3.5, [5, 5]],
      [4, null],
    ]);
  });

  it('crosses where the lines do on a log scale, and stays on the axis', () => {
    const log = valueAxis([0.01, 100], 'loss', 'log');
    const points = [
      { epoch: 1, training: 100, validation: 0 },
      { epoch: 2, training: 1, validation: 1 / log.min },
    ];
    const [first, middle, last] = curveRows(points, 'loss', epochs, log);
    expect(first).toEqual({ epoch: 1, training: 100, validation: log.min, gap: null });
    // The lines fall from 2 to 0 and rise from -2 to 2 decades: they meet two thirds of the way.
    expect(middle?.epoch).toBeCloseTo(1 + 4 / 6, 9);
    expect(middle?.training).toBeCloseTo(10 ** (2 / 3), 9);
    expect(middle?.gap).toEqual([middle?.training, middle?.validation]);
    expect(last?.gap).toEqual([1, 1 / log.min]);
  });

  it('keeps every point in order and adds only what lies on the lines', () => {
    fc.assert(
      fc.property(curve(40), (points) => {
        const rows = curveRows(points, 'loss', epochAxis(points.length), linear);
        const whole = rows.filter((row) => Number.isInteger(row.epoch));
        const values = whole.map(({ epoch, training, validation }) => ({
          epoch,
          training,
          validation,
        }));
        expect(values).toEqual(points);
        rows.forEach(({ epoch, training, validation, gap }, i) => {
          if (i > 0) expect(epoch).toBeGreaterThan(rows[i - 1]?.epoch ?? Infinity);
          if (gap) expect(gap).toEqual([training, validation]);
          const isWorse = training !== null && validation !== null && validation > training;
          if (isWorse) expect(gap).not.toBeNull();
        });
      }),
      { numRuns: 60 },
    );
  });

  it('breaks where there is no value and shows a lone point', () => {
    const training = [1, 2, null, 3, null];
    const points = training.map((each, i) => ({ epoch: i + 1, training: each, validation: 4 + i }));
    const rows = curveRows(points, 'loss', epochs, linear);
    expect(rows.map((row) => row.training)).toEqual([1, 2, null, 3, 3, null]);
    expect(rows[4]?.epoch).toBeCloseTo(4.036, 9);
    expect(rows[4]?.validation).toBeCloseTo(7.036, 9);
    const single = curveRows(points.slice(0, 1), 'loss', epochs, linear);
    expect(single.map((row) => [row.training, row.validation])).toEqual([
      [1, 4],
      [1, 4],
    ]);
  });

  it('holds a value at the foot of a log axis, which has no zero', () => {
    const log = valueAxis([1], 'loss', 'log');
    const points = [0, 1].map((validation, i) => ({ epoch: i + 1, training: null, validation }));
    expect(curveRows(points, 'loss', epochs, log).map((row) => row.validation)).toEqual([
      log.min,
      1,
    ]);
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

describe('dragging the stop flag', () => {
  const recorded = [3, 4, 5, 6, 9].map((epoch) => ({ epoch, training: 1, validation: 1 }));
  /** 10 px an epoch, epoch 0 at 100 px. */
  const epochAt = (x: number): number => (x - 100) / 10;
  const drag = (markX: number, grabbedX: number, pointerX: number) =>
    draggedEpoch(recorded, epochAt, { markX, grabbedX, pointerX });

  it('goes to the nearest recorded epoch, as far as the pointer has gone', () => {
    expect(drag(140, 140, 151)).toBe(5);
    expect(drag(140, 140, 156)).toBe(6);
    // Taken 30 px beside its line, it stays where it is until the pointer moves.
    expect(drag(140, 170, 170)).toBe(4);
    expect(drag(140, 170, 181)).toBe(5);
    // Not recorded: the nearer neighbour.
    expect(drag(140, 140, 174)).toBe(6);
    expect(drag(140, 140, 179)).toBe(9);
  });

  it('never leaves what was recorded', () => {
    expect(drag(140, 140, -5000)).toBe(3);
    expect(drag(140, 140, 5000)).toBe(9);
    expect(draggedEpoch([], epochAt, { markX: 0, grabbedX: 0, pointerX: 0 })).toBeNull();
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (markX, grabbedX, pointerX) => {
        expect(recorded.map((point) => point.epoch)).toContain(drag(markX, grabbedX, pointerX));
      }),
    );
  });

  it('steps from one recorded epoch to the next with keys, also over a hole', () => {
    expect(epochForKey('ArrowRight', 6, recorded)).toBe(9);
    expect(epochForKey('ArrowUp', 3, recorded)).toBe(4);
    expect(epochForKey('ArrowLeft', 9, recorded)).toBe(6);
    expect(epochForKey('ArrowDown', 3, recorded)).toBe(3);
    expect(epochForKey('PageUp', 3, recorded)).toBe(9);
    expect(epochForKey('PageDown', 9, recorded)).toBe(3);
    expect(epochForKey('Home', 6, recorded)).toBe(3);
    expect(epochForKey('End', 6, recorded)).toBe(9);
    for (const key of ['Enter', 'toString', 'a']) expect(epochForKey(key, 6, recorded)).toBeNull();
    expect(epochForKey('Home', 1, [])).toBeNull();
  });
});
