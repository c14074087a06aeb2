/**
 * Training and validation curve of one metric: the drawing, what reads it, the table behind it. The
 * cursor is shared with other charts.
 */
import { useMemo, useRef, type ComponentType, type ReactNode, type RefObject } from 'react';
import type { EpochMetrics } from '../../domain/metrics.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { Disclosure } from '../primitives/disclosure.tsx';
import { epochAxis, valueAxis, type Axis } from './axis-steps.ts';
import { curveBounds } from './curve-bounds.ts';
import styles from './curve-chart.module.css';
import { CurveCursor, CurveDrawing } from './curve-drawing.tsx';
import { curveFrame } from './curve-geometry.ts';
import {
  curvePoints,
  nearestPointIndex,
  type CurveMetric,
  type CurvePoint,
} from './curve-series.ts';
import { CurveReader } from './curve-reader.tsx';
import { CurveTable } from './curve-table.tsx';
import { decimateCurve } from './decimate-metrics.ts';
import { epochOf } from './plot-frame.ts';
import { StopHandle } from './stop-flag.tsx';
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
  /** Saves the drawing as a file; beside the title too. */
  readonly Saving?: ComponentType<ChartSavingProps>;
}

export interface ChartSavingProps {
  readonly title: string;
  readonly drawing: RefObject<Element | null>;
}

const NO_POINTS: readonly EpochMetrics[] = [];

export function CurveChart(props: CurveChartProps) {
  const { title, metric, points, cursorEpoch, onCursorEpoch, height = 240, actions } = props;
  const { bestEpoch = null, stoppedEpoch = null, dimAfterEpoch = null, ghost = NO_POINTS } = props;
  const { onStopDrag, Saving } = props;
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
      metric === 'accuracy' ? formats.percent(value) : formats.tick(value);
  }, [metric, formats, isEmpty]);
  const formatValue = (value: number): string =>
    metric === 'accuracy' ? formats.percent(value, 1) : formats.significant(value, 3);

  const read = all[cursorEpoch === null ? all.length - 1 : nearestPointIndex(all, cursorEpoch)];
  const best = bestEpoch === null ? null : (all[nearestPointIndex(all, bestEpoch)] ?? null);
  const frame = useMemo(
    () => curveFrame({ epochs, values }, { width, height }),
    [epochs, values, width, height],
  );
  const drawing = useRef<HTMLDivElement>(null);

  return (
    <figure className={styles.chart}>
      <figcaption className={styles.head}>
        <span className={styles.title}>
          {title}
          {scale === 'log' ? <span className={styles.scale}> {t('charts.logScale')}</span> : null}
        </span>
        <Readout point={read ?? null} formatValue={formatValue} />
        {isEmpty || Saving === undefined ? null : <Saving title={title} drawing={drawing} />}
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
            <CurveDrawing
              title={title}
              width={width}
              height={height}
              frame={frame}
              metric={metric}
              points={drawn}
              ghost={drawnGhost}
              formatTick={formatTick}
              best={best}
              stoppedEpoch={stoppedEpoch}
              dimAfterEpoch={dimAfterEpoch}
              layersRef={drawing}
            />
            {cursorEpoch === null || !read ? null : (
              <CurveCursor frame={frame} width={width} height={height} point={read} />
            )}
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
            epochAt={(x) => epochOf(frame, x)}
            formatValue={formatValue}
          />
        ) : null}
        {width > 0 && onStopDrag && stoppedEpoch !== null ? (
          <div className={styles.handles}>
            <StopHandle
              frame={frame}
              width={width}
              epoch={stoppedEpoch}
              points={all}
              chartTitle={title}
              onDrag={onStopDrag}
            />
          </div>
        ) : null}
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
  const { min, max } = valueAxis(curveBounds(points, ghost, scale), metric, scale);
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
