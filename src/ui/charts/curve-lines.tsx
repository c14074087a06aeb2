/**
 * Axes and lines, as plain SVG. A charting library spends about 40 ms of every update on two charts
 * of 500 points and weighs 98 kB compressed; these two need a path each and take about a millisecond.
 */
import { memo } from 'react';
import type { Axis } from './axis-steps.ts';
import type { ChartGeometry } from './chart-geometry.ts';
import styles from './curve-chart.module.css';
import type { CurvePoint } from './curve-series.ts';
import { polylinePath } from './polyline-path.ts';

interface AxesProps {
  readonly geometry: ChartGeometry;
  readonly epochs: Axis;
  readonly values: Axis;
  readonly formatTick: (value: number) => string;
}

/** Grid and ticks; drawn again only when an axis takes a step. */
export const Axes = memo(function Axes({ geometry, epochs, values, formatTick }: AxesProps) {
  const { left, right, bottom } = geometry;
  return (
    <g className={styles.axes}>
      {values.ticks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={right} y1={geometry.y(tick)} y2={geometry.y(tick)} />
          <text x={left - 10} y={geometry.y(tick) + 4} textAnchor="end">
            {formatTick(tick)}
          </text>
        </g>
      ))}
      <line className={styles.baseline} x1={left} x2={right} y1={bottom} y2={bottom} />
      {epochs.ticks.map((tick) => (
        <text key={tick} x={geometry.x(tick)} y={bottom + 17} textAnchor="middle">
          {tick}
        </text>
      ))}
    </g>
  );
});

export interface CurveLinesProps {
  readonly geometry: ChartGeometry;
  readonly points: readonly CurvePoint[];
  /** The run before, drawn quietly behind. */
  readonly ghost: readonly CurvePoint[];
}

export const CurveLines = memo(function CurveLines({ geometry, points, ghost }: CurveLinesProps) {
  const path = (of: readonly CurvePoint[], side: 'training' | 'validation'): string =>
    polylinePath(
      of.map((point) => {
        const value = point[side];
        return { x: geometry.x(point.epoch), y: value === null ? null : geometry.y(value) };
      }),
    );
  return (
    <g className={styles.lines}>
      <path d={path(ghost, 'training')} className={styles.ghostLine} />
      <path d={path(ghost, 'validation')} className={styles.ghostLine} strokeDasharray="5 4" />
      <path d={path(points, 'training')} className={styles.trainingLine} />
      <path d={path(points, 'validation')} className={styles.validationLine} />
    </g>
  );
});
