/**
 * The drawing itself, plain SVG: a chart library took a hundred milliseconds for each portion of
 * epochs of a run under way. Lines, marks and cursor are drawn apart, each only when it changes.
 */
import { memo, useMemo, type Ref } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { classNames } from '../primitives/class-names.ts';
import styles from './curve-chart.module.css';
import { curveEndLabels, gapPath, type EndLabelKind } from './curve-geometry.ts';
import { CurveMarks, type CurveMarksProps } from './curve-marks.tsx';
import { curveRows } from './curve-rows.ts';
import type { CurveMetric, CurvePoint } from './curve-series.ts';
import { PlotAxes } from './plot-axes.tsx';
import { linePath, xOf, yOf, type PlotFrame } from './plot-frame.ts';

export interface CurveDrawingProps extends CurveMarksProps {
  readonly title: string;
  /** Whole drawing in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly points: readonly CurvePoint[];
  /** The run before, drawn quietly behind. */
  readonly ghost: readonly CurvePoint[];
  readonly formatTick: (value: number) => string;
  readonly svgRef: Ref<SVGSVGElement>;
}

export const CurveDrawing = memo(function CurveDrawing(props: CurveDrawingProps) {
  const { title, width, height, frame, metric, points, ghost, formatTick, svgRef } = props;
  const { best, stoppedEpoch, dimAfterEpoch } = props;
  return (
    <svg
      ref={svgRef}
      className={styles.drawing}
      width={width}
      height={height}
      viewBox={`0 0 ${String(width)} ${String(height)}`}
    >
      <title>{title}</title>
      <PlotAxes frame={frame} formatTick={formatTick} />
      <Lines frame={frame} metric={metric} points={points} ghost={ghost} />
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
  );
});

interface LinesProps {
  readonly frame: PlotFrame;
  readonly metric: CurveMetric;
  readonly points: readonly CurvePoint[];
  readonly ghost: readonly CurvePoint[];
}

const Lines = memo(function Lines({ frame, metric, points, ghost }: LinesProps) {
  const { epochs, values } = frame;
  const rows = useMemo(
    () => curveRows(points, metric, epochs, values),
    [points, metric, epochs, values],
  );
  const ghostRows = useMemo(
    () => curveRows(ghost, metric, epochs, values),
    [ghost, metric, epochs, values],
  );
  return (
    <>
      <path className={styles.gap} d={gapPath(frame, rows)} />
      <path className={styles.ghostLine} d={linePath(frame, ghostRows, 'training')} />
      <path
        className={classNames(styles.ghostLine, styles.dashedGhost)}
        d={linePath(frame, ghostRows, 'validation')}
      />
      <path className={styles.trainingLine} d={linePath(frame, rows, 'training')} />
      <path className={styles.validationLine} d={linePath(frame, rows, 'validation')} />
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
      {curveEndLabels(frame, points, ghost).map(({ kind, x, y }) => (
        <text key={kind} x={x + 8} y={y + 4} className={LABEL_STYLE[kind]}>
          {texts[kind]}
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
      className={classNames(styles.drawing, styles.cursorLayer)}
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
