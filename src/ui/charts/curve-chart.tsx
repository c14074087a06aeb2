/**
 * Training and validation curve of one metric. Hover, touch and arrow keys read it through a cursor
 * shared with other charts. To assistive technology it is a slider over the epochs: its value text
 * says what the curves are there, which screen readers announce at their own pace.
 */
import { useMemo, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { EpochMetrics } from '../../domain/metrics.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { Disclosure } from '../primitives/disclosure.tsx';
import { epochAxis, valueAxis, type Axis } from './axis-steps.ts';
import { createGeometry } from './chart-geometry.ts';
import styles from './curve-chart.module.css';
import { Axes, CurveLines } from './curve-lines.tsx';
import { CursorLayer, GapLayer, MarkLayer } from './curve-overlay.tsx';
import {
  curvePoints,
  nearestPointIndex,
  type CurveMetric,
  type CurvePoint,
} from './curve-series.ts';
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
  const geometry = useMemo(
    () => createGeometry(width, height, epochs, values),
    [width, height, epochs, values],
  );
  const isEmpty = all.length === 0;
  const formatTick = useMemo(() => {
    if (isEmpty) return () => '';
    return (value: number) =>
      metric === 'accuracy' ? formats.percent(value) : formats.significant(value, 2);
  }, [metric, formats, isEmpty]);
  const formatValue = (value: number): string =>
    metric === 'accuracy' ? formats.percent(value, 1) : formats.significant(value, 3);

  const read = all[cursorEpoch === null ? all.length - 1 : nearestPointIndex(all, cursorEpoch)];
  const best = bestEpoch === null ? undefined : all[nearestPointIndex(all, bestEpoch)];
  const text = (value: number | null): string => (value === null ? 'none' : formatValue(value));

  function moveTo(epoch: number): void {
    const point = all[nearestPointIndex(all, epoch)];
    if (point && point.epoch !== cursorEpoch) onCursorEpoch(point.epoch);
  }

  function onPointer(event: PointerEvent<HTMLDivElement>): void {
    if (isEmpty) return;
    moveTo(geometry.epochAt(event.clientX - event.currentTarget.getBoundingClientRect().left));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const target = keyTarget(event.key, read?.epoch ?? lastEpoch, all[0]?.epoch ?? 1, lastEpoch);
    if (event.key === 'Escape' && cursorEpoch !== null) {
      event.stopPropagation();
      onCursorEpoch(null);
    }
    if (target === null || isEmpty) return;
    event.preventDefault();
    moveTo(target);
  }

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
        {...(isEmpty
          ? { role: 'img', 'aria-label': `${title}. ${t('charts.empty')}` }
          : {
              role: 'slider',
              tabIndex: 0,
              'aria-label': [
                t('charts.summary', {
                  title,
                  epochs: all.length,
                  training: text(all.at(-1)?.training ?? null),
                  validation: text(all.at(-1)?.validation ?? null),
                }),
                best ? t('charts.summaryBest', { epoch: best.epoch }) : '',
                stoppedEpoch === null ? '' : t('charts.stoppedAt', { epoch: stoppedEpoch }),
              ]
                .filter((part) => part !== '')
                .join(' '),
              'aria-description': t('charts.keyboardHint'),
              'aria-valuemin': all[0]?.epoch ?? 1,
              'aria-valuemax': lastEpoch,
              'aria-valuenow': read?.epoch ?? lastEpoch,
              'aria-valuetext': read
                ? t('charts.cursorValues', {
                    epoch: read.epoch,
                    training: read.training === null ? t('charts.none') : text(read.training),
                    validation: text(read.validation),
                  })
                : '',
            })}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onPointerLeave={(event) => {
          // A finger that lifts leaves its reading; a mouse that goes away takes it along.
          if (event.pointerType === 'mouse') onCursorEpoch(null);
        }}
        onKeyDown={onKeyDown}
      >
        {width > 0 ? (
          <svg width={width} height={height} className={styles.drawing} aria-hidden="true">
            <GapLayer geometry={geometry} points={drawn} metric={metric} />
            <Axes geometry={geometry} epochs={epochs} values={values} formatTick={formatTick} />
            <CurveLines geometry={geometry} points={drawn} ghost={drawnGhost} />
            <MarkLayer
              geometry={geometry}
              points={drawn}
              metric={metric}
              ghost={drawnGhost}
              best={best ?? null}
              stoppedEpoch={stoppedEpoch}
              dimAfterEpoch={dimAfterEpoch}
            />
            {cursorEpoch !== null && read ? <CursorLayer geometry={geometry} point={read} /> : null}
          </svg>
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
  const shown = [...points, ...ghost].flatMap((point) =>
    [point.training, point.validation].filter((value) => value !== null),
  );
  const { min, max } = valueAxis(shown, metric, scale);
  return useMemo(() => valueAxis([min, max], metric, scale), [min, max, metric, scale]);
}

/** The epoch a key asks for, null for keys that are not ours. */
function keyTarget(key: string, now: number, first: number, last: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(first, now - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, now + 1);
    case 'PageDown':
      return Math.max(first, now - 10);
    case 'PageUp':
      return Math.min(last, now + 10);
    case 'Home':
      return first;
    case 'End':
      return last;
    default:
      return null;
  }
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
