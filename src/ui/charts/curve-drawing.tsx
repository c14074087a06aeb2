/**
 * The drawing itself: axes and lines by recharts, and over them layers of our own for the marks and the
 * cursor, so that moving those does not draw a single line again.
 */
import { memo, useCallback, useMemo, type Ref } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, XAxis, YAxis } from 'recharts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { classNames } from '../primitives/class-names.ts';
import { withinAxis } from './curve-bounds.ts';
import styles from './curve-chart.module.css';
import { CURVE_ROOM, curveEndLabels, type EndLabelKind } from './curve-geometry.ts';
import { CurveMarks, type CurveMarksProps } from './curve-marks.tsx';
import { curveRows } from './curve-rows.ts';
import type { CurvePoint } from './curve-series.ts';
import { LinePath } from './line-path.tsx';
import { xOf, yOf, type PlotFrame } from './plot-frame.ts';

export interface CurveDrawingProps extends CurveMarksProps {
  readonly title: string;
  /** Whole drawing in CSS pixels. */
  readonly height: number;
  readonly points: readonly CurvePoint[];
  /** The run before, drawn quietly behind. */
  readonly ghost: readonly CurvePoint[];
  readonly formatTick: (value: number) => string;
  /** Holds the layers that make up the picture. */
  readonly layersRef: Ref<HTMLDivElement>;
}

export const CurveDrawing = memo(function CurveDrawing(props: CurveDrawingProps) {
  const { title, width, height, frame, metric, points, ghost, formatTick, layersRef } = props;
  const { best, stoppedEpoch, dimAfterEpoch } = props;
  return (
    <div ref={layersRef}>
      <Lines
        title={title}
        width={width}
        height={height}
        frame={frame}
        metric={metric}
        points={points}
        ghost={ghost}
        formatTick={formatTick}
      />
      <svg className={styles.layer} width={width} height={height}>
        <CurveMarks
          frame={frame}
          metric={metric}
          width={width}
          best={best}
          stoppedEpoch={stoppedEpoch}
          dimAfterEpoch={dimAfterEpoch}
        />
        <EndLabels frame={frame} points={points} ghost={ghost} />
      </svg>
    </div>
  );
});

type LinesProps = Pick<
  CurveDrawingProps,
  'title' | 'width' | 'height' | 'frame' | 'metric' | 'points' | 'ghost' | 'formatTick'
>;

/** The room that axes do not take themselves. With them, recharts' plot is the frame of the layers. */
const MARGIN = { top: CURVE_ROOM.top, right: CURVE_ROOM.right, bottom: 0, left: 0 } as const;

const LINE = {
  type: 'linear',
  isAnimationActive: false,
  dot: false,
  activeDot: false,
  legendType: 'none',
  tooltipType: 'none',
} as const;

const Lines = memo(function Lines(props: LinesProps) {
  const { title, width, height, frame, metric, points, ghost, formatTick } = props;
  const { epochs, values } = frame;
  const rows = useMemo(
    () => curveRows(points, metric, epochs, values),
    [points, metric, epochs, values],
  );
  const ghostRows = useMemo(
    () => curveRows(withinAxis(ghost, values), metric, epochs, values),
    [ghost, metric, epochs, values],
  );
  return (
    <ComposedChart
      title={title}
      width={width}
      height={height}
      data={rows}
      margin={MARGIN}
      accessibilityLayer={false}
    >
      <Axes frame={frame} formatTick={formatTick} />
      {rows.some((row) => row.gap !== null) ? (
        <Area {...LINE} dataKey="gap" stroke="none" className={classNames(styles.gap)} />
      ) : null}
      {ghostRows.length > 0 ? (
        <Line
          {...LINE}
          shape={LinePath}
          data={ghostRows}
          dataKey="training"
          className={classNames(styles.ghostLine)}
        />
      ) : null}
      {ghostRows.length > 0 ? (
        <Line
          {...LINE}
          shape={LinePath}
          data={ghostRows}
          dataKey="validation"
          strokeDasharray="5 4"
          className={classNames(styles.ghostLine)}
        />
      ) : null}
      <Line
        {...LINE}
        shape={LinePath}
        dataKey="training"
        className={classNames(styles.trainingLine)}
      />
      <Line
        {...LINE}
        shape={LinePath}
        dataKey="validation"
        strokeDasharray="6 4"
        className={classNames(styles.validationLine)}
      />
    </ComposedChart>
  );
});

// Ticks and axis line are drawn in layers of their own, where a class on the axis does not reach.
const TICK = { fill: 'var(--text-muted)', fontSize: 11 } as const;
const BASELINE = { stroke: 'var(--border-strong)' } as const;

/** Drawn again only when an axis takes a step: recharts compares tick lists by identity. */
const Axes = memo(function Axes({ frame, formatTick }: Pick<LinesProps, 'frame' | 'formatTick'>) {
  const formats = useFormats();
  // recharts hands on the tick's index too, which is no number of decimals.
  const formatEpoch = useCallback((epoch: number) => formats.number(epoch), [formats]);
  const { epochs, values } = frame;
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
        tickFormatter={formatEpoch}
        interval={0}
        height={CURVE_ROOM.bottom}
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
        width={CURVE_ROOM.left}
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

const LABEL_STYLE: Readonly<Record<EndLabelKind, string | undefined>> = {
  training: styles.trainingLabel,
  validation: styles.validationLabel,
  ghost: styles.ghostLabel,
};

const EndLabels = memo(function EndLabels({
  frame,
  points,
  ghost,
}: Pick<LinesProps, 'frame' | 'points' | 'ghost'>) {
  const t = useTranslate();
  const texts: Readonly<Record<EndLabelKind, string>> = {
    training: t('charts.training'),
    validation: t('charts.validation'),
    ghost: t('charts.previousRun'),
  };
  return (
    <g className={styles.endLabels}>
      {curveEndLabels(frame, points, ghost).map(({ kind, x, y, isAbove }) => (
        <text key={kind} x={x + 8} y={y + 4} className={LABEL_STYLE[kind]}>
          {isAbove ? t('charts.aboveChart', { name: texts[kind] }) : texts[kind]}
        </text>
      ))}
    </g>
  );
});

export interface CurveCursorProps {
  readonly frame: PlotFrame;
  readonly width: number;
  readonly height: number;
  readonly point: CurvePoint;
}

/**
 * The vertical line at the epoch being read, with a point on each curve: a drawing of its own over the
 * lines, which then need not be painted again.
 */
export function CurveCursor({ frame, width, height, point }: CurveCursorProps) {
  const x = xOf(frame, point.epoch);
  const { training, validation } = point;
  return (
    <svg
      className={classNames(styles.layer, styles.cursorLayer)}
      width={width}
      height={height}
      aria-hidden="true"
    >
      <line x1={x} x2={x} y1={frame.top} y2={frame.bottom} className={styles.cursor} />
      {training === null ? null : (
        <circle cx={x} cy={yOf(frame, training)} r={4} className={styles.trainingDot} />
      )}
      {validation === null ? null : (
        <circle cx={x} cy={yOf(frame, validation)} r={4} className={styles.validationDot} />
      )}
    </svg>
  );
}
