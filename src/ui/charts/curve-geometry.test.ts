import { describe, expect, it } from 'vitest';
import { epochAxis, valueAxis } from './axis-steps.ts';
import { bestLabelPlace, curveEndLabels, curveFrame } from './curve-geometry.ts';
import type { CurvePoint } from './curve-series.ts';
import { epochOf, xOf, yOf } from './plot-frame.ts';

const SIZE = { width: 600, height: 260 };
const frameOf = (scale: 'linear' | 'log') =>
  curveFrame({ epochs: epochAxis(10), values: valueAxis([0.01, 10], 'loss', scale) }, SIZE);
const points = (...pairs: readonly (readonly [number | null, number | null])[]): CurvePoint[] =>
  pairs.map(([training, validation], i) => ({ epoch: i + 1, training, validation }));

describe('the frame of a run', () => {
  it.each(['linear', 'log'] as const)('leaves room on every side, %s', (scale) => {
    const frame = frameOf(scale);
    expect(frame.left).toBeGreaterThan(0);
    expect(frame.right).toBeLessThan(SIZE.width);
    expect(yOf(frame, frame.values.max)).toBeCloseTo(frame.top, 9);
    expect(yOf(frame, frame.values.min)).toBeCloseTo(frame.bottom, 9);
    for (const epoch of [1, 4, 10]) expect(epochOf(frame, xOf(frame, epoch))).toBeCloseTo(epoch, 9);
  });

  it('has a width before the drawing does', () => {
    const { epochs, values } = frameOf('linear');
    const frame = curveFrame({ epochs, values }, { width: 0, height: 260 });
    expect(Number.isFinite(epochOf(frame, 3))).toBe(true);
  });
});

describe('labels', () => {
  it('keeps those at ends close by apart, and leaves the others at their line', () => {
    const frame = frameOf('linear');
    const run = points([1, 1.1], [1, 1.1], [1, 1.1], [1, 1.1], [1, 1.1], [1, 1.1], [1, 1.1]);
    const labels = curveEndLabels(frame, run, points([2, 1]));
    expect(labels.map(({ kind }) => kind)).toEqual(['training', 'validation', 'ghost']);
    const [training, validation, ghost] = labels;
    expect(Math.abs((training?.y ?? 0) - (validation?.y ?? 0))).toBeGreaterThanOrEqual(15 - 1e-6);
    expect(ghost).toMatchObject({ x: xOf(frame, 1), y: yOf(frame, 1) });
    expect(curveEndLabels(frame, points([1, null]), [])).toHaveLength(1);
  });

  it('puts that of the best epoch inside the plot, on the worse side if there is room', () => {
    const frame = frameOf('linear');
    const middle = { x: 300, y: 120 };
    expect(bestLabelPlace(frame, 'loss', middle).y).toBeLessThan(middle.y);
    expect(bestLabelPlace(frame, 'accuracy', middle).y).toBeGreaterThan(middle.y);
    expect(bestLabelPlace(frame, 'loss', { x: 300, y: frame.top }).y).toBeGreaterThan(frame.top);
    expect(bestLabelPlace(frame, 'accuracy', { x: 300, y: frame.bottom }).y).toBeLessThan(
      frame.bottom,
    );
    expect(bestLabelPlace(frame, 'loss', { x: frame.left, y: 120 }).x).toBeGreaterThan(frame.left);
  });
});
