/** The axes and lines themselves, by recharts. Kept apart so that moving the cursor redraws none of it. */
import { memo } from 'react';
import { CartesianGrid, Line, LineChart, XAxis, YAxis } from 'recharts';
import type { Axis } from './axis-steps.ts';
import { MARGIN } from './chart-geometry.ts';
import type { CurvePoint } from './curve-series.ts';

export interface CurveLinesProps {
  readonly width: number;
  readonly height: number;
  readonly points: readonly CurvePoint[];
  readonly ghost: readonly CurvePoint[];
  readonly epochs: Axis;
  readonly values: Axis;
  readonly formatTick: (value: number) => string;
}

const TICK = { fill: 'var(--text-muted)', fontSize: 11 } as const;

interface Row {
  readonly epoch: number;
  readonly training?: number | null;
  readonly validation?: number | null;
  readonly ghostTraining?: number | null;
  readonly ghostValidation?: number | null;
}

/** One row per epoch of either run; on a log scale what is below the axis is drawn on its foot. */
function rowsOf(
  points: readonly CurvePoint[],
  ghost: readonly CurvePoint[],
  floor: number,
): readonly Row[] {
  const held = (value: number | null): number | null =>
    value === null ? null : Math.max(value, floor);
  const rows = new Map<number, Row>();
  for (const point of points) {
    rows.set(point.epoch, {
      epoch: point.epoch,
      training: held(point.training),
      validation: held(point.validation),
    });
  }
  for (const point of ghost) {
    rows.set(point.epoch, {
      ...rows.get(point.epoch),
      epoch: point.epoch,
      ghostTraining: held(point.training),
      ghostValidation: held(point.validation),
    });
  }
  return [...rows.values()].sort((a, b) => a.epoch - b.epoch);
}

export const CurveLines = memo(function CurveLines({
  width,
  height,
  points,
  ghost,
  epochs,
  values,
  formatTick,
}: CurveLinesProps) {
  const line = { type: 'linear', dot: false, activeDot: false, isAnimationActive: false } as const;
  const hasGhost = ghost.length > 0;
  return (
    <LineChart
      width={width}
      height={height}
      data={[...rowsOf(points, ghost, values.min)]}
      margin={{ top: MARGIN.top, right: MARGIN.right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid
        stroke="var(--grid-line)"
        vertical={false}
        horizontalValues={[...values.ticks]}
      />
      <XAxis
        dataKey="epoch"
        type="number"
        domain={[epochs.min, epochs.max]}
        ticks={[...epochs.ticks]}
        interval="preserveStartEnd"
        height={MARGIN.bottom}
        tick={TICK}
        tickMargin={6}
        tickLine={false}
        axisLine={{ stroke: 'var(--border-strong)' }}
      />
      <YAxis
        type="number"
        scale={values.scale}
        domain={[values.min, values.max]}
        ticks={[...values.ticks]}
        interval={0}
        allowDataOverflow
        width={MARGIN.left}
        tick={TICK}
        tickMargin={6}
        tickFormatter={formatTick}
        tickLine={false}
        axisLine={false}
      />
      {hasGhost ? (
        <Line
          {...line}
          dataKey="ghostTraining"
          stroke="var(--ghost-line)"
          strokeWidth={1.5}
          connectNulls
        />
      ) : null}
      {hasGhost ? (
        <Line
          {...line}
          dataKey="ghostValidation"
          stroke="var(--ghost-line)"
          strokeWidth={1.5}
          strokeDasharray="5 4"
          connectNulls
        />
      ) : null}
      <Line
        {...line}
        dataKey="training"
        stroke="var(--training)"
        strokeWidth={2.25}
        connectNulls={hasGhost}
      />
      <Line
        {...line}
        dataKey="validation"
        stroke="var(--validation)"
        strokeWidth={2.25}
        strokeDasharray="6 4"
        connectNulls={hasGhost}
      />
    </LineChart>
  );
});
