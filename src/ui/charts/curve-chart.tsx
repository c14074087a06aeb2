/**
 * Training and validation curve of one metric: the drawing, what reads it, the table behind it. The
 * cursor is shared with other charts.
 */
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import type { EpochMetrics } from '../../domain/metrics.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { Disclosure } from '../primitives/disclosure.tsx';
import { epochAxis, valueAxis, type Axis } from './axis-steps.ts';
import styles from './curve-chart.module.css';
import { CurveDrawing } from './curve-drawing.tsx';
import { CursorContext, MarksContext, type CurveMarks } from './curve-marks.tsx';
import {
  curvePoints,
  nearestPointIndex,
  type CurveMetric,
  type CurvePoint,
} from './curve-series.ts';
import { CurveReader } from './curve-reader.tsx';
import { CurveTable } from './curve-table.tsx';
import { decimateCurve } from './decimate-metrics.ts';
import { useElementWidth } from './use-element-width.ts';

export interface CurveChartProps {
  readonly title: string;
  readonly metric: CurveMetric;
  /** All epochs so far, rising; the chart thins them itself. */
  readonly points: readonly EpochMetrics[];
  /** Losses only; an accuracy is always linear. */
  readonly scale?: 'linear' | 'log';
  readonly bestEpoch?: number | null;
  /** Where early stopping stops, or would have. */
  readonly stoppedEpoch?: number | null;
  /** Makes the stop flag a slider: called with a recorded epoch for each step of the drag. */
  readonly onStopDrag?: (epoch: number) => void;
  /** Everything after it is shown as "what would have happened". */
  readonly dimAfterEpoch?: number | null;
  /** The run before, to compare with. */
  readonly ghost?: readonly EpochMetrics[];
  /** The epoch being read; share it between charts. */
  readonly cursorEpoch: number | null;
  readonly onCursorEpoch: (epoch: number | null) => void;
  /** Of the plot, in pixels. */
  readonly height?: number;
  /** Beside the title, e.g. the scale switch. */
  readonly actions?: ReactNode;
}

const NO_POINTS: readonly EpochMetrics[] = [];

export function CurveChart(props: CurveChartProps) {
  const { title, metric, points, cursorEpoch, onCursorEpoch, height = 240, actions } = props;
  const { bestEpoch = null, stoppedEpoch = null, dimAfterEpoch = null, ghost = NO_POINTS } = props;
  const { onStopDrag } = props;
  const scale = metric === 'loss' ? (props.scale ?? 'linear') : 'linear';
  const t = useTranslate();
  const formats = useFormats();
  const [measure, width] = useElementWidth();

  const all = useMemo(() => curvePoints(points, metric), [points, metric]);
  const drawn = useMemo(
    () =>
      decimateCurve(
        all,
        [bestEpoch, stoppedEpoch].filter((epoch) => epoch !== null),
      ),
    [all, bestEpoch, stoppedEpoch],
  );
  const drawnGhost = useMemo(() => decimateCurve(curvePoints(ghost, metric)), [ghost, metric]);
  const lastEpoch = all.at(-1)?.epoch ?? 0;
  const epochMax = Math.max(lastEpoch, drawnGhost.at(-1)?.epoch ?? 0);
  const epochs = useEpochAxis(epochMax);
  const values = useValueAxis(drawn, drawnGhost, metric, scale);
  const isEmpty = all.length === 0;
  const formatTick = useMemo(() => {
    if (isEmpty) return () => '';
    return (value: number) =>
      metric === 'accuracy' ? formats.percent(value) : formats.significant(value, 2);
  }, [metric, formats, isEmpty]);
  const formatValue = (value: number): string =>
    metric === 'accuracy' ? formats.percent(value, 1) : formats.significant(value, 3);

  const read = all[cursorEpoch === null ? all.length - 1 : nearestPointIndex(all, cursorEpoch)];
  const best = bestEpoch === null ? null : (all[nearestPointIndex(all, bestEpoch)] ?? null);
  const [handleHost, setHandleHost] = useState<HTMLElement | null>(null);
  const marks = useMemo<CurveMarks>(
    () => ({ title, all, best, stoppedEpoch, dimAfterEpoch, onStopDrag, handleHost }),
    [title, all, best, stoppedEpoch, dimAfterEpoch, onStopDrag, handleHost],
  );
  // Only events need it, so a new scale need not draw anything again.
  const epochAt = useRef<(x: number) => number>(() => lastEpoch);
  const onEpochScale = useCallback((scaled: (x: number) => number) => {
    epochAt.current = scaled;
  }, []);

  return (
    <figure className={styles.chart}>
      <figcaption className={styles.head}>
        <span className={styles.title}>
          {title}
          {scale === 'log' ? <span className={styles.scale}> {t('charts.logScale')}</span> : null}
        </span>
        <Readout point={read ?? null} formatValue={formatValue} />
        {actions}
      </figcaption>
      <div
        ref={measure}
        className={styles.plot}
        style={{ height }}
        {...(read ? {} : { role: 'img', 'aria-label': `${title}. ${t('charts.empty')}` })}
      >
        {width > 0 ? (
          <div className={styles.drawing} aria-hidden="true">
            <MarksContext value={marks}>
              <CursorContext value={cursorEpoch === null ? null : (read ?? null)}>
                <CurveDrawing
                  width={width}
                  height={height}
                  metric={metric}
                  points={drawn}
                  ghost={drawnGhost}
                  epochs={epochs}
                  values={values}
                  formatTick={formatTick}
                  onEpochScale={onEpochScale}
                />
              </CursorContext>
            </MarksContext>
          </div>
        ) : null}
        {read ? (
          <CurveReader
            title={title}
            points={all}
            read={read}
            best={best}
            stoppedEpoch={stoppedEpoch}
            cursorEpoch={cursorEpoch}
            onCursorEpoch={onCursorEpoch}
            epochAt={(x) => epochAt.current(x)}
            formatValue={formatValue}
          />
        ) : null}
        <div ref={setHandleHost} className={styles.handles} />
      </div>
      {isEmpty ? null : (
        <Disclosure title={t('charts.showTable')} size="small">
          <CurveTable
            title={title}
            points={all}
            bestEpoch={bestEpoch}
            stoppedEpoch={stoppedEpoch}
            formatValue={formatValue}
          />
        </Disclosure>
      )}
    </figure>
  );
}

/**
 * An axis of its own bounds is itself, so it can be remembered by them alone: same bounds, same
 * object, and what hangs on it is not drawn again.
 */
function useEpochAxis(lastEpoch: number): Axis {
  const { max } = epochAxis(lastEpoch);
  return useMemo(() => epochAxis(max), [max]);
}

function useValueAxis(
  points: readonly CurvePoint[],
  ghost: readonly CurvePoint[],
  metric: CurveMetric,
  scale: 'linear' | 'log',
): Axis {
  // Only the lowest and the highest decide, and a plain loop over hundreds of values costs nothing.
  let low = Infinity;
  let high = -Infinity;
  for (const curve of [points, ghost]) {
    for (const { training, validation } of curve) {
      low = Math.min(low, training ?? low, validation ?? low);
      high = Math.max(high, training ?? high, validation ?? high);
    }
  }
  const { min, max } = valueAxis(low > high ? [] : [low, high], metric, scale);
  return useMemo(() => valueAxis([min, max], metric, scale), [min, max, metric, scale]);
}

/** The values at the cursor, or the newest, with a sample of each line. */
function Readout({
  point,
  formatValue,
}: {
  readonly point: CurvePoint | null;
  readonly formatValue: (value: number) => string;
}) {
  const t = useTranslate();
  if (!point) return null;
  const values = [
    { name: t('charts.training'), value: point.training, sample: styles.trainingSample },
    { name: t('charts.validation'), value: point.validation, sample: styles.validationSample },
  ];
  return (
    <span className={`${styles.readout} tabular`}>
      <span>{t('charts.epochN', { epoch: point.epoch })}</span>
      {values.map(({ name, value, sample }) =>
        value === null ? null : (
          <span key={name} className={styles.reading}>
            <span className={`${styles.sample} ${sample}`} aria-hidden="true" />
            <span className="visually-hidden">{name} </span>
            {formatValue(value)}
          </span>
        ),
      )}
    </span>
  );
}
