/**
 * The drawing itself, by recharts. It is drawn again only when lines or axes change: marks and cursor
 * reach it by context.
 */
import { memo, useLayoutEffect, useMemo } from 'react';
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
import { curveRows } from './curve-rows.ts';

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

const LINE = {
  type: 'linear',
  isAnimationActive: false,
  dot: false,
  activeDot: false,
} as const;

export const CurveDrawing = memo(function CurveDrawing(props: CurveDrawingProps) {
  const { width, height, metric, points, ghost, epochs, values, formatTick, onEpochScale } = props;
  const rows = curveRows(points, metric, epochs, values);
  const ghostRows = useMemo(
    () => curveRows(ghost, metric, epochs, values),
    [ghost, metric, epochs, values],
  );
  return (
    <ComposedChart
      width={width}
      height={height}
      data={[...rows]}
      margin={MARGIN}
      accessibilityLayer={false}
    >
      <Axes epochs={epochs} values={values} formatTick={formatTick} />
      {rows.some((row) => row.gap !== null) ? (
        <Area {...LINE} dataKey="gap" stroke="none" className={classNames(styles.gap)} />
      ) : null}
      {ghostRows.length > 0 ? (
        <Line
          {...LINE}
          data={ghostRows}
          dataKey="training"
          className={classNames(styles.ghostLine)}
        />
      ) : null}
      {ghostRows.length > 0 ? (
        <Line
          {...LINE}
          data={ghostRows}
          dataKey="validation"
          strokeDasharray="5 4"
          className={classNames(styles.ghostLine)}
        />
      ) : null}
      <Line {...LINE} dataKey="training" className={classNames(styles.trainingLine)} />
      <Line
        {...LINE}
        dataKey="validation"
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

type AxesProps = Pick<CurveDrawingProps, 'epochs' | 'values' | 'formatTick'>;

/** Drawn again only when an axis takes a step: recharts compares tick lists by identity. */
const Axes = memo(function Axes({ epochs, values, formatTick }: AxesProps) {
  return (
    <>
      <CartesianGrid
        vertical={false}
        horizontalValues={[...values.ticks]}
        stroke="var(--grid-line)"
      />
      <XAxis
        dataKey="epoch"
        type="number"
        domain={[epochs.min, epochs.max]}
        allowDataOverflow
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
        allowDataOverflow
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
    </>
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
