/**
 * The drawing itself, by recharts. It is drawn again only when lines or axes change: marks and cursor
 * reach it by context.
 */
import { memo, useLayoutEffect } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  useXAxisInverseScale,
  XAxis,
  YAxis,
} from 'recharts';
import type { Axis } from './axis-steps.ts';
import { classNames } from '../primitives/class-names.ts';
import styles from './curve-chart.module.css';
import { CursorLayer, EndLabels, MarkLayer } from './curve-marks.tsx';
import type { CurveMetric, CurvePoint } from './curve-series.ts';
import { gapRows } from './gap-rows.ts';
import { lineRows } from './line-rows.ts';

/** Room around the plot in pixels: tick labels on the left and below, line-end labels on the right. */
const ROOM = { top: 28, right: 78, bottom: 24, left: 44 } as const;
const MARGIN = { top: ROOM.top, right: ROOM.right, bottom: 0, left: 0 } as const;

export interface CurveDrawingProps {
  /** Whole drawing in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly metric: CurveMetric;
  readonly points: readonly CurvePoint[];
  /** The run before, drawn quietly behind. */
  readonly ghost: readonly CurvePoint[];
  readonly epochs: Axis;
  readonly values: Axis;
  readonly formatTick: (value: number) => string;
  /** Called with the inverse of the epoch axis whenever it changes: pixels from the left to epoch. */
  readonly onEpochScale: (epochAt: (x: number) => number) => void;
}

// Ticks and axis line are drawn in layers of their own, where a class on the axis does not reach.
const TICK = { fill: 'var(--text-muted)', fontSize: 11 } as const;
const BASELINE = { stroke: 'var(--border-strong)' } as const;

const STILL = { type: 'linear', isAnimationActive: false, dot: false, activeDot: false } as const;

export const CurveDrawing = memo(function CurveDrawing(props: CurveDrawingProps) {
  const { width, height, metric, points, ghost, epochs, values, formatTick, onEpochScale } = props;
  const gap = gapRows(points, metric, values);
  const rows = (of: readonly CurvePoint[], side: 'training' | 'validation') =>
    lineRows(of, side, epochs, values);
  const line = { ...STILL, dataKey: 'value', fill: 'none' } as const;
  return (
    <ComposedChart width={width} height={height} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid
        vertical={false}
        horizontalValues={[...values.ticks]}
        stroke="var(--grid-line)"
      />
      <XAxis
        dataKey="epoch"
        type="number"
        domain={[epochs.min, epochs.max]}
        ticks={[...epochs.ticks]}
        interval={0}
        height={ROOM.bottom}
        tickSize={0}
        tickMargin={9}
        tick={TICK}
        tickLine={false}
        axisLine={BASELINE}
      />
      <YAxis
        type="number"
        scale={values.scale}
        domain={[values.min, values.max]}
        ticks={[...values.ticks]}
        interval={0}
        width={ROOM.left}
        tickSize={0}
        tickMargin={10}
        tickFormatter={formatTick}
        tick={TICK}
        tickLine={false}
        axisLine={false}
      />
      {gap.length > 0 ? (
        <Area
          {...STILL}
          data={gap}
          dataKey="gap"
          stroke="none"
          className={classNames(styles.gap)}
        />
      ) : null}
      {ghost.length > 0 ? (
        <Line {...line} data={rows(ghost, 'training')} className={classNames(styles.ghostLine)} />
      ) : null}
      {ghost.length > 0 ? (
        <Line
          {...line}
          data={rows(ghost, 'validation')}
          strokeDasharray="5 4"
          className={classNames(styles.ghostLine)}
        />
      ) : null}
      <Line {...line} data={rows(points, 'training')} className={classNames(styles.trainingLine)} />
      <Line
        {...line}
        data={rows(points, 'validation')}
        strokeDasharray="6 4"
        className={classNames(styles.validationLine)}
      />
      <MarkLayer metric={metric} width={width} epochs={epochs} values={values} />
      <EndLabels points={points} ghost={ghost} values={values} />
      <CursorLayer values={values} />
      <EpochScale onChange={onEpochScale} />
    </ComposedChart>
  );
});

/** Hands the pointer's way back from pixels to epochs out of the chart. */
function EpochScale({ onChange }: { readonly onChange: CurveDrawingProps['onEpochScale'] }) {
  const inverse = useXAxisInverseScale();
  useLayoutEffect(() => {
    if (inverse) onChange((x) => Number(inverse(x)));
  }, [inverse, onChange]);
  return null;
}
