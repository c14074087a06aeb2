/** Which values a chart of one run makes room for, with the run before behind it. */
import type { Axis } from './axis-steps.ts';
import type { CurvePoint } from './curve-series.ts';

/** A run before that reaches higher than this many times the run's own highest value is cut off there. */
const MOST_ABOVE = 2;

/**
 * Lowest and highest value, or nothing without any. On a linear scale a run before that has run away does
 * not press the curves that are looked at flat.
 */
export function curveBounds(
  own: readonly CurvePoint[],
  before: readonly CurvePoint[],
  scale: Axis['scale'],
): readonly number[] {
  const [low, high] = extremes(own);
  const [lowBefore, highBefore] = extremes(before);
  const limit = scale === 'linear' && low <= high ? MOST_ABOVE * high : Infinity;
  const bounds = [Math.min(low, lowBefore), Math.max(high, Math.min(highBefore, limit))];
  return bounds.every(Number.isFinite) ? bounds : [];
}

/** [Infinity, -Infinity] without any. A plain loop over hundreds of values costs nothing. */
function extremes(points: readonly CurvePoint[]): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const { training, validation } of points) {
    low = Math.min(low, training ?? low, validation ?? low);
    high = Math.max(high, training ?? high, validation ?? high);
  }
  return [low, high];
}

/** Without the values above the axis: the line breaks where it leaves the chart. */
export function withinAxis(
  points: readonly CurvePoint[],
  { max }: Pick<Axis, 'max'>,
): readonly CurvePoint[] {
  const isAbove = (value: number | null): boolean => value !== null && value > max;
  if (!points.some(({ training, validation }) => isAbove(training) || isAbove(validation))) {
    return points;
  }
  return points.map(({ epoch, training, validation }) => ({
    epoch,
    training: isAbove(training) ? null : training,
    validation: isAbove(validation) ? null : validation,
  }));
}
