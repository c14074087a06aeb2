import { describe, expect, it } from 'vitest';
import { curveBounds, withinAxis } from './curve-bounds.ts';
import type { CurvePoint } from './curve-series.ts';

const points = (...pairs: readonly (readonly [number | null, number | null])[]): CurvePoint[] =>
  pairs.map(([training, validation], i) => ({ epoch: i + 1, training, validation }));

describe('what a chart makes room for', () => {
  const run = points([1.5, 1.4], [0.2, 0.9]);

  it('holds the run and the one before', () => {
    expect(curveBounds(run, points([2, 1.8], [0.1, null]), 'linear')).toEqual([0.1, 2]);
    expect(curveBounds(run, [], 'linear')).toEqual([0.2, 1.5]);
  });

  it('is not pressed flat by a run before that ran away', () => {
    const away = points([14_000, 9000], [7, 7]);
    expect(curveBounds(run, away, 'linear')).toEqual([0.2, 3]);
    // Decades are what a log scale is for.
    expect(curveBounds(run, away, 'log')).toEqual([0.2, 14_000]);
    // Until the run has values of its own, the one before has the chart for itself.
    expect(curveBounds([], away, 'linear')).toEqual([7, 14_000]);
  });

  it('is none without values', () => {
    expect(curveBounds([], points([null, null]), 'linear')).toEqual([]);
  });

  it('breaks a line where it leaves the chart, and keeps one that does not as it is', () => {
    expect(withinAxis(points([14_000, 2], [1, 7]), { max: 3 })).toEqual(
      points([null, 2], [1, null]),
    );
    expect(withinAxis(run, { max: 3 })).toBe(run);
  });
});
