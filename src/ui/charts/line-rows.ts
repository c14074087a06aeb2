/** A curve as rows of a recharts line. */
import type { Axis } from './axis-steps.ts';
import type { CurvePoint } from './curve-series.ts';

export interface LineRow {
  readonly epoch: number;
  /** Null breaks the line. */
  readonly value: number | null;
}

/** Length of the dash that stands for a lone point, as a share of the epoch axis: 1 to 3 pixels. */
const DASH_SHARE = 0.004;

/** On a log scale what lies below the axis is drawn on its foot. */
export function heldValue(value: number, axis: Axis): number {
  return axis.scale === 'log' ? Math.max(value, axis.min) : value;
}

/** One row per point; a point without neighbours gets a second one, or its line would be empty. */
export function lineRows(
  points: readonly CurvePoint[],
  side: 'training' | 'validation',
  epochs: Axis,
  values: Axis,
): readonly LineRow[] {
  const dash = (epochs.max - epochs.min) * DASH_SHARE;
  const valueAt = (index: number): number | null => points[index]?.[side] ?? null;
  return points.flatMap(({ epoch }, i): LineRow[] => {
    const found = valueAt(i);
    const value = found === null ? null : heldValue(found, values);
    const isAlone = value !== null && valueAt(i - 1) === null && valueAt(i + 1) === null;
    return isAlone
      ? [
          { epoch, value },
          { epoch: epoch + dash, value },
        ]
      : [{ epoch, value }];
  });
}
