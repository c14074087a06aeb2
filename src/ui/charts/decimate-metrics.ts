/**
 * Thins a curve to what a screen can show. Cuts the epochs into equal stretches and keeps of each
 * the lowest and highest training and validation value, so that no spike is lost; the first and
 * last point and those asked for stay whatever happens.
 */
import type { CurvePoint } from './curve-series.ts';

/** At most this many points go to the chart: two charts of them redraw within 50 ms. */
export const MAX_CHART_POINTS = 300;

/**
 * `points` rise in epoch. Returns them as they are when there are at most `maxPoints`; otherwise a
 * subset in the same order, no longer than `maxPoints` (as long as that leaves room for
 * `keepEpochs`, the two ends and one stretch).
 */
export function decimateCurve(
  points: readonly CurvePoint[],
  keepEpochs: readonly number[] = [],
  maxPoints: number = MAX_CHART_POINTS,
): readonly CurvePoint[] {
  if (points.length <= maxPoints) return points;
  const wanted = new Set(keepEpochs);
  const kept = new Set<number>([0, points.length - 1]);
  points.forEach((point, i) => {
    if (wanted.has(point.epoch)) kept.add(i);
  });
  const stretches = Math.max(1, Math.floor((maxPoints - kept.size) / 4));
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * points.length) / stretches);
    const to = Math.floor(((stretch + 1) * points.length) / stretches);
    keepExtremes(points, from, to, 'training', kept);
    keepExtremes(points, from, to, 'validation', kept);
  }
  return points.filter((_, i) => kept.has(i));
}

function keepExtremes(
  points: readonly CurvePoint[],
  from: number,
  to: number,
  side: 'training' | 'validation',
  kept: Set<number>,
): void {
  let lowest = -1;
  let highest = -1;
  for (let i = from; i < to; i++) {
    const value = points[i]?.[side];
    if (value === null || value === undefined) continue;
    if (lowest === -1 || value < (points[lowest]?.[side] ?? Infinity)) lowest = i;
    if (highest === -1 || value > (points[highest]?.[side] ?? -Infinity)) highest = i;
  }
  if (lowest !== -1) kept.add(lowest);
  if (highest !== -1) kept.add(highest);
}
