/**
 * One metric's two curves small and bare, for beside something else: no axes, nothing to press. What it
 * shows can be read and used in the large chart, so assistive technology is spared it.
 */
import { useMemo } from 'react';
import type { EpochMetrics } from '../../domain/metrics.ts';
import { epochAxis, valueAxis } from './axis-steps.ts';
import { curveBounds, withinAxis } from './curve-bounds.ts';
import {
  curvePoints,
  nearestPointIndex,
  type CurveMetric,
  type CurvePoint,
} from './curve-series.ts';
import { decimateCurve } from './decimate-metrics.ts';
import styles from './mini-curves.module.css';
import { linePath, xOf, yOf, type PlotFrame } from './plot-frame.ts';
import { useElementWidth } from './use-element-width.ts';

export interface MiniCurvesProps {
  readonly title: string;
  readonly metric: CurveMetric;
  /** All epochs so far, rising. */
  readonly points: readonly EpochMetrics[];
  /** The run before, to compare with. */
  readonly ghost: readonly EpochMetrics[];
  readonly bestEpoch: number | null;
  readonly stoppedEpoch: number | null;
  /** The epoch that is read; the newest while it is null. */
  readonly cursorEpoch: number | null;
  readonly formatValue: (value: number) => string;
}

const HEIGHT_PX = 72;
const MOST_POINTS = 120;
/** Room for half a line's width and for the dot at the best epoch. */
const PAD_PX = 5;

export function MiniCurves(props: MiniCurvesProps) {
  const { title, metric, points, ghost, bestEpoch, stoppedEpoch, cursorEpoch, formatValue } = props;
  const [measure, width] = useElementWidth();
  const all = useMemo(() => curvePoints(points, metric), [points, metric]);
  const drawn = useMemo(() => decimateCurve(all, [], MOST_POINTS), [all]);
  const drawnGhost = useMemo(
    () => decimateCurve(curvePoints(ghost, metric), [], MOST_POINTS),
    [ghost, metric],
  );
  const frame = useMemo(
    () => miniFrame(drawn, drawnGhost, metric, width),
    [drawn, drawnGhost, metric, width],
  );
  const read = all[cursorEpoch === null ? all.length - 1 : nearestPointIndex(all, cursorEpoch)];
  const best = bestEpoch === null ? undefined : all[nearestPointIndex(all, bestEpoch)];
  return (
    <div className={styles.mini} aria-hidden="true">
      <p className={styles.head}>
        <span className={styles.title}>{title}</span>
        {read !== undefined && read.training !== null && (
          <span className={styles.training}>{formatValue(read.training)}</span>
        )}
        {read !== undefined && read.validation !== null && (
          <span className={styles.validation}>{formatValue(read.validation)}</span>
        )}
      </p>
      <div ref={measure} className={styles.plot}>
        {width > 0 && (
          <svg width={width} height={HEIGHT_PX} className={styles.drawing}>
            <path
              className={styles.ghostLine}
              d={linePath(frame, withinAxis(drawnGhost, frame.values), 'validation')}
            />
            <path className={styles.trainingLine} d={linePath(frame, drawn, 'training')} />
            <path className={styles.validationLine} d={linePath(frame, drawn, 'validation')} />
            {stoppedEpoch !== null && <Mark frame={frame} epoch={stoppedEpoch} kind="stop" />}
            {cursorEpoch !== null && <Mark frame={frame} epoch={cursorEpoch} kind="cursor" />}
            {best !== undefined && best.validation !== null && (
              <circle
                className={styles.best}
                cx={xOf(frame, best.epoch)}
                cy={yOf(frame, best.validation)}
                r={3.5}
              />
            )}
          </svg>
        )}
      </div>
    </div>
  );
}

function Mark(props: { frame: PlotFrame; epoch: number; kind: 'stop' | 'cursor' }) {
  const { frame, epoch, kind } = props;
  const x = xOf(frame, epoch);
  return <line className={styles[kind]} x1={x} x2={x} y1={frame.top} y2={frame.bottom} />;
}

function miniFrame(
  points: readonly CurvePoint[],
  ghost: readonly CurvePoint[],
  metric: CurveMetric,
  width: number,
): PlotFrame {
  const lastEpoch = Math.max(points.at(-1)?.epoch ?? 0, ghost.at(-1)?.epoch ?? 0);
  return {
    epochs: epochAxis(lastEpoch),
    values: valueAxis(curveBounds(points, ghost, 'linear'), metric, 'linear'),
    left: PAD_PX,
    right: Math.max(PAD_PX + 1, width - PAD_PX),
    top: PAD_PX,
    bottom: HEIGHT_PX - PAD_PX,
  };
}
