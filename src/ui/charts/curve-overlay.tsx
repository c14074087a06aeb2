/** What is laid over the lines: shaded gap, marks, dimming, labels at the line ends. */
import { memo } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { ChartGeometry } from './chart-geometry.ts';
import type { CurveMetric, CurvePoint } from './curve-series.ts';
import styles from './curve-chart.module.css';
import { gapPath, type GapPoint } from './gap-path.ts';
import { spreadLabels } from './spread-labels.ts';

const LABEL_GAP = 15;
const BEST_LABEL_HALF = 26;

interface LayerProps {
  readonly geometry: ChartGeometry;
  readonly points: readonly CurvePoint[];
}

/** Under the lines. */
export const GapLayer = memo(function GapLayer({
  geometry,
  points,
  metric,
}: LayerProps & { readonly metric: CurveMetric }) {
  const inPixels = points.flatMap((point): GapPoint[] =>
    point.training === null || point.validation === null
      ? []
      : [
          {
            x: geometry.x(point.epoch),
            training: geometry.y(point.training),
            validation: geometry.y(point.validation),
          },
        ],
  );
  return (
    <g>
      <path d={gapPath(inPixels, metric === 'loss' ? -1 : 1)} className={styles.gap} />
    </g>
  );
});

export interface MarkLayerProps extends LayerProps {
  readonly metric: CurveMetric;
  readonly ghost: readonly CurvePoint[];
  readonly best: CurvePoint | null;
  readonly stoppedEpoch: number | null;
  readonly dimAfterEpoch: number | null;
}

/** Over the lines. */
export const MarkLayer = memo(function MarkLayer({
  geometry,
  points,
  metric,
  ghost,
  best,
  stoppedEpoch,
  dimAfterEpoch,
}: MarkLayerProps) {
  const t = useTranslate();
  const { left, right, top, bottom } = geometry;
  const dimFrom = dimAfterEpoch === null ? right : Math.max(left, geometry.x(dimAfterEpoch));
  const bestValue = best ? (best.validation ?? best.training) : null;
  return (
    <g>
      {dimFrom < right ? (
        <rect
          x={dimFrom}
          y={top - 4}
          width={right - dimFrom + 2}
          height={bottom - top + 3}
          className={styles.dim}
        />
      ) : null}
      {stoppedEpoch === null ? null : (
        <StopFlag
          x={geometry.x(stoppedEpoch)}
          geometry={geometry}
          text={t('charts.stopped', { epoch: stoppedEpoch })}
        />
      )}
      {best && bestValue !== null ? (
        <g className={styles.best}>
          <circle cx={geometry.x(best.epoch)} cy={geometry.y(bestValue)} r={4.5} />
          <text
            // Near the left edge the label would run into the axis.
            x={Math.max(geometry.x(best.epoch), left + BEST_LABEL_HALF)}
            y={bestLabelY(geometry.y(bestValue), geometry, metric)}
            textAnchor="middle"
          >
            {t('charts.best', { epoch: best.epoch })}
          </text>
        </g>
      ) : null}
      <EndLabels geometry={geometry} points={points} ghost={ghost} />
    </g>
  );
});

/** On the worse side: there the training line is not, and validation itself is about to leave. */
function bestLabelY(y: number, { top, bottom }: ChartGeometry, metric: CurveMetric): number {
  const above = y - 11;
  const below = y + 19;
  if (metric === 'loss') return above < top + 9 ? below : above;
  return below > bottom - 3 ? above : below;
}

function StopFlag({
  x,
  geometry,
  text,
}: {
  readonly x: number;
  readonly geometry: ChartGeometry;
  readonly text: string;
}) {
  const { top, bottom, width } = geometry;
  // About 6 px a letter at this size; the flag turns to the left where it would leave the drawing.
  const length = text.length * 6 + 12;
  const flagX = x + length > width ? x - length : x;
  return (
    <g className={styles.stop}>
      <line x1={x} x2={x} y1={top - 10} y2={bottom} />
      <rect x={flagX} y={top - 26} width={length} height={17} rx={3} />
      <text x={flagX + length / 2} y={top - 14} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}

function lastOf(points: readonly CurvePoint[], side: 'training' | 'validation') {
  const point = points.findLast((each) => each[side] !== null);
  return point ? { epoch: point.epoch, value: point[side] ?? 0 } : null;
}

function EndLabels({
  geometry,
  points,
  ghost,
}: LayerProps & { readonly ghost: readonly CurvePoint[] }) {
  const t = useTranslate();
  const ghostEnd = lastOf(ghost, 'validation') ?? lastOf(ghost, 'training');
  const ownEnd = points.at(-1)?.epoch ?? 0;
  const ends = [
    { end: lastOf(points, 'training'), text: t('charts.training'), style: styles.trainingLabel },
    {
      end: lastOf(points, 'validation'),
      text: t('charts.validation'),
      style: styles.validationLabel,
    },
    // Far from the others it needs no moving, but near them it joins the queue.
    { end: ghostEnd, text: t('charts.previousRun'), style: styles.ghostLabel },
  ].flatMap(({ end, ...rest }) => (end ? [{ ...rest, ...end }] : []));
  const near = ends.filter((each) => Math.abs(geometry.x(each.epoch) - geometry.x(ownEnd)) < 70);
  const apart = ends.filter((each) => !near.includes(each));
  const ys = spreadLabels(
    near.map((each) => geometry.y(each.value)),
    LABEL_GAP,
    geometry.top,
    geometry.bottom - 4,
  );
  const placed = [
    ...near.map((each, i) => ({ ...each, y: ys[i] ?? 0 })),
    ...apart.map((each) => ({ ...each, y: geometry.y(each.value) })),
  ];
  return (
    <g className={styles.endLabels}>
      {placed.map((each) => (
        <text key={each.text} x={geometry.x(each.epoch) + 8} y={each.y + 4} className={each.style}>
          {each.text}
        </text>
      ))}
    </g>
  );
}

/** The vertical line at the epoch being read, with a point on each curve. */
export function CursorLayer({
  geometry,
  point,
}: {
  readonly geometry: ChartGeometry;
  readonly point: CurvePoint;
}) {
  const x = geometry.x(point.epoch);
  return (
    <g>
      <line x1={x} x2={x} y1={geometry.top} y2={geometry.bottom} className={styles.cursor} />
      {point.training === null ? null : (
        <circle cx={x} cy={geometry.y(point.training)} r={4} className={styles.trainingDot} />
      )}
      {point.validation === null ? null : (
        <circle cx={x} cy={geometry.y(point.validation)} r={4} className={styles.validationDot} />
      )}
    </g>
  );
}
