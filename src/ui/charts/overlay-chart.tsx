/**
 * Curves of up to five runs in one chart. Each has a colour, a dash and a letter of its own, so that
 * none is told by colour alone. Plain SVG: nothing but lines is drawn, and it has to be quick.
 */
import { memo, useCallback, useMemo, useState, type Ref } from 'react';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { Disclosure } from '../primitives/disclosure.tsx';
import { classNames } from '../primitives/class-names.ts';
import type { CurveMetric } from './curve-series.ts';
import styles from './overlay-chart.module.css';
import {
  endLabels,
  hasRoomForNames,
  overlayCurves,
  overlayFrame,
  pointAt,
  readablePoints,
  sidesOf,
  type OverlayCurve,
  type OverlayRun,
  type OverlaySide,
} from './overlay-geometry.ts';
import { OverlayReader } from './overlay-reader.tsx';
import { OverlaySample } from './overlay-sample.tsx';
import { OverlayTable } from './overlay-table.tsx';
import { PlotAxes } from './plot-axes.tsx';
import { epochOf, linePath, xOf, yOf, type PlotFrame } from './plot-frame.ts';
import { useElementWidth } from './use-element-width.ts';

export interface OverlayChartProps {
  readonly title: string;
  readonly metric: CurveMetric;
  readonly side: OverlaySide;
  /** Losses only. */
  readonly scale?: 'linear' | 'log';
  /** In order: the first has the first colour, dash and letter. */
  readonly runs: readonly OverlayRun[];
  /** Of the plot, in pixels. */
  readonly height?: number;
  /** The drawing itself, to be saved. */
  readonly svgRef?: Ref<SVGSVGElement>;
}

export function OverlayChart({
  title,
  metric,
  side,
  scale = 'linear',
  runs,
  height = 300,
  svgRef,
}: OverlayChartProps) {
  const t = useTranslate();
  const formats = useFormats();
  const [measure, width] = useElementWidth();
  const [cursorEpoch, setCursorEpoch] = useState<number | null>(null);
  const usedScale = metric === 'loss' ? scale : 'linear';
  const curves = useMemo(() => overlayCurves(runs, metric), [runs, metric]);
  const frame = useMemo(
    () => overlayFrame(curves, { metric, side, scale: usedScale, width, height }),
    [curves, metric, side, usedScale, width, height],
  );
  const readable = useMemo(() => readablePoints(curves), [curves]);
  const formatValue = (value: number): string =>
    metric === 'accuracy' ? formats.percent(value, 1) : formats.significant(value, 3);
  const formatTick = useCallback(
    (value: number): string =>
      metric === 'accuracy' ? formats.percent(value) : formats.tick(value),
    [metric, formats],
  );
  const text = (value: number | null): string =>
    value === null ? t('runs.none') : formatValue(value);
  const readAt = (epoch: number): string =>
    t('runs.chart-at', {
      epoch,
      values: curves
        .map(({ letter, name, ...curve }) => {
          const point = pointAt({ letter, name, ...curve }, epoch);
          return side === 'both'
            ? t('runs.chart-value-both', {
                letter,
                name,
                training: text(point?.training ?? null),
                validation: text(point?.validation ?? null),
              })
            : t('runs.chart-value', { letter, name, value: text(point?.[side] ?? null) });
        })
        .join('; '),
    });

  return (
    <figure className={styles.chart}>
      <figcaption className={styles.head}>
        <span className={styles.title}>{title}</span>
        <ul className={classNames(styles.key, 'tabular')}>
          {curves.map((curve) => (
            <KeyItem
              key={curve.id}
              curve={curve}
              side={side}
              epoch={cursorEpoch}
              formatValue={formatValue}
            />
          ))}
        </ul>
      </figcaption>
      <div ref={measure} className={styles.plot} style={{ height }}>
        {width > 0 ? (
          <svg
            ref={svgRef}
            className={styles.drawing}
            width={width}
            height={height}
            viewBox={`0 0 ${String(width)} ${String(height)}`}
            aria-hidden="true"
          >
            <title>{title}</title>
            <PlotAxes frame={frame} formatTick={formatTick} />
            <Lines frame={frame} curves={curves} side={side} withNames={hasRoomForNames(width)} />
          </svg>
        ) : null}
        {width > 0 && cursorEpoch !== null ? (
          // A drawing of its own over the lines, which then need not be painted again.
          <svg
            className={classNames(styles.drawing, styles.cursorLayer)}
            width={width}
            height={height}
            aria-hidden="true"
          >
            <Cursor frame={frame} curves={curves} side={side} epoch={cursorEpoch} />
          </svg>
        ) : null}
        {readable.length > 0 ? (
          <OverlayReader
            label={t('runs.chart-summary', { title, n: runs.length, epochs: readable.length })}
            points={readable}
            cursorEpoch={cursorEpoch}
            onCursorEpoch={setCursorEpoch}
            epochAt={(x) => epochOf(frame, x)}
            readAt={readAt}
          />
        ) : null}
      </div>
      <Disclosure title={t('charts.showTable')} size="small">
        <OverlayTable title={title} curves={curves} side={side} formatValue={formatValue} />
      </Disclosure>
    </figure>
  );
}

interface KeyItemProps {
  readonly curve: OverlayCurve;
  readonly side: OverlaySide;
  readonly epoch: number | null;
  readonly formatValue: (value: number) => string;
}

/** What stands for which run, with its value at the cursor or at its end. */
function KeyItem({ curve, side, epoch, formatValue }: KeyItemProps) {
  const point = epoch === null ? (curve.all.at(-1) ?? null) : pointAt(curve, epoch);
  const values = sidesOf(side).flatMap((each) => point?.[each] ?? []);
  return (
    <li className={styles.keyItem} data-slot={curve.slot}>
      <OverlaySample slot={curve.slot} />
      <strong className={styles.keyLetter}>{curve.letter}</strong>
      <bdi className={styles.keyName}>{curve.name}</bdi>
      <span>{values.map(formatValue).join(' / ')}</span>
    </li>
  );
}

interface LinesProps {
  readonly frame: PlotFrame;
  readonly curves: readonly OverlayCurve[];
  readonly side: OverlaySide;
  readonly withNames: boolean;
}

/** Not drawn again while the cursor moves. */
const Lines = memo(function Lines({ frame, curves, side, withNames }: LinesProps) {
  return (
    <>
      {curves.flatMap(({ id, slot, drawn }) =>
        sidesOf(side).map((each) => (
          <path
            key={`${id} ${each}`}
            d={linePath(frame, drawn, each)}
            className={classNames(
              styles.line,
              side === 'both' && each === 'training' && styles.thinLine,
            )}
            data-slot={slot}
          />
        )),
      )}
      {endLabels(frame, curves, side, withNames).map(({ slot, x, y, text }) => (
        <text key={slot} x={x + 8} y={y + 4} className={styles.endLabel} data-slot={slot}>
          {text}
        </text>
      ))}
    </>
  );
});

interface CursorProps {
  readonly frame: PlotFrame;
  readonly curves: readonly OverlayCurve[];
  readonly side: OverlaySide;
  readonly epoch: number;
}

function Cursor({ frame, curves, side, epoch }: CursorProps) {
  const x = xOf(frame, epoch);
  return (
    <g>
      <line x1={x} x2={x} y1={frame.top} y2={frame.bottom} className={styles.cursor} />
      {curves.flatMap((curve) =>
        sidesOf(side).map((each) => {
          const value = pointAt(curve, epoch)?.[each] ?? null;
          return value === null ? null : (
            <circle
              key={`${curve.id} ${each}`}
              cx={x}
              cy={yOf(frame, value)}
              r={3.5}
              className={styles.dot}
              data-slot={curve.slot}
            />
          );
        }),
      )}
    </g>
  );
}
