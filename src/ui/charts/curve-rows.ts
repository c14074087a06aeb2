/**
 * A run's two curves and the gap between them as rows of a recharts chart: one row an epoch, and one
 * more where the lines cross or where a lone point needs a second one to be seen.
 */
import type { Axis } from './axis-steps.ts';
import type { CurveMetric, CurvePoint } from './curve-series.ts';

export interface CurveRow {
  /** Not whole in the rows between two epochs. */
  readonly epoch: number;
  /** Null breaks the line. */
  readonly training: number | null;
  readonly validation: number | null;
  /** Low and high end of the shading; null where validation is not worse. */
  readonly gap: readonly [number, number] | null;
}

type Side = 'training' | 'validation';

/** Length of the dash that stands for a lone point, as a share of the epoch axis: 1 to 3 pixels. */
const DASH_SHARE = 0.004;

/** On a log scale what lies below the axis is drawn on its foot. */
export function heldValue(value: number, axis: Axis): number {
  return axis.scale === 'log' ? Math.max(value, axis.min) : value;
}

/**
 * `points` rise in epoch. Validation is worse above training for a loss, below it for an accuracy;
 * the shading begins and ends exactly where the drawn lines cross, which on a log scale is not where
 * straight lines between the values would.
 */
export function curveRows(
  points: readonly CurvePoint[],
  metric: CurveMetric,
  epochs: Axis,
  values: Axis,
): readonly CurveRow[] {
  const dash = (epochs.max - epochs.min) * DASH_SHARE;
  const held = points.map(({ epoch, training, validation }): CurvePoint => ({
    epoch,
    training: training === null ? null : heldValue(training, values),
    validation: validation === null ? null : heldValue(validation, values),
  }));
  return held.flatMap((point, i): CurveRow[] => {
    const before = held[i - 1];
    const next = held[i + 1];
    const row = { ...point, gap: gapOf(point, metric) };
    if (isLone(before, point, next, 'training') || isLone(before, point, next, 'validation')) {
      const epoch = Math.min(point.epoch + dash, ((next?.epoch ?? Infinity) + point.epoch) / 2);
      const end = dashEnd(before, point, next, epoch, values);
      return [row, { ...end, gap: gapOf(end, metric) }];
    }
    const crossing = next ? crossingOf(point, next, values) : null;
    return crossing ? [row, crossing] : [row];
  });
}

function gapOf({ training, validation }: CurvePoint, metric: CurveMetric): CurveRow['gap'] {
  if (training === null || validation === null) return null;
  if (metric === 'loss') return validation >= training ? [training, validation] : null;
  return validation <= training ? [validation, training] : null;
}

function isLone(
  before: CurvePoint | undefined,
  point: CurvePoint,
  next: CurvePoint | undefined,
  side: Side,
): boolean {
  const isMissing = (other: CurvePoint | undefined): boolean => (other?.[side] ?? null) === null;
  return isMissing(before) && !isMissing(point) && isMissing(next);
}

/** The row after a lone point: its value again, and the other line where it passes by. */
function dashEnd(
  before: CurvePoint | undefined,
  point: CurvePoint,
  next: CurvePoint | undefined,
  epoch: number,
  values: Axis,
): CurvePoint {
  const valueOf = (side: Side): number | null => {
    if (isLone(before, point, next, side)) return point[side];
    const from = point[side];
    const to = next?.[side] ?? null;
    if (!next || from === null || to === null) return null;
    return between(from, to, (epoch - point.epoch) / (next.epoch - point.epoch), values);
  };
  return { epoch, training: valueOf('training'), validation: valueOf('validation') };
}

/** The value `share` of the way along the drawn line from `from` to `to`. */
function between(from: number, to: number, share: number, { scale }: Axis): number {
  return scale === 'log' ? from * (to / from) ** share : from + share * (to - from);
}

function crossingOf(a: CurvePoint, b: CurvePoint, values: Axis): CurveRow | null {
  if (a.training === null || a.validation === null) return null;
  if (b.training === null || b.validation === null) return null;
  if ((a.validation - a.training) * (b.validation - b.training) >= 0) return null;
  const onAxis = values.scale === 'log' ? Math.log : (value: number): number => value;
  const gapA = onAxis(a.validation) - onAxis(a.training);
  const gapB = onAxis(b.validation) - onAxis(b.training);
  const share = gapA / (gapA - gapB);
  const value = between(a.training, b.training, share, values);
  const epoch = a.epoch + share * (b.epoch - a.epoch);
  // All but on a recorded epoch there is nothing to add.
  if (epoch <= a.epoch || epoch >= b.epoch) return null;
  return { epoch, training: value, validation: value, gap: [value, value] };
}
