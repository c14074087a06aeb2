/** Grid, baseline and tick labels of a chart of curves. */
import { memo } from 'react';
import { useFormats } from '../../i18n/use-translate.ts';
import { classNames } from '../primitives/class-names.ts';
import styles from './plot-axes.module.css';
import { xOf, yOf, type PlotFrame } from './plot-frame.ts';

export interface PlotAxesProps {
  readonly frame: PlotFrame;
  readonly formatTick: (value: number) => string;
}

/** Drawn again only when an axis takes a step. */
export const PlotAxes = memo(function PlotAxes({ frame, formatTick }: PlotAxesProps) {
  const formats = useFormats();
  const { epochs, values, left, right, bottom } = frame;
  return (
    <g className={classNames(styles.axes)}>
      {values.ticks.map((tick) => {
        const y = yOf(frame, tick);
        return (
          <g key={tick}>
            <line x1={left} x2={right} y1={y} y2={y} className={styles.gridLine} />
            <text x={left - 8} y={y + 4} textAnchor="end">
              {formatTick(tick)}
            </text>
          </g>
        );
      })}
      <line x1={left} x2={right} y1={bottom} y2={bottom} className={styles.baseline} />
      {epochs.ticks.map((tick) => (
        <text key={tick} x={xOf(frame, tick)} y={bottom + 18} textAnchor="middle">
          {formats.number(tick)}
        </text>
      ))}
    </g>
  );
});
