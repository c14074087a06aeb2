/** The chart before there is anything to draw: its place, its grid and what will come. */
import type { ReactNode } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { classNames } from '../primitives/class-names.ts';
import styles from './curve-chart.module.css';

export interface EmptyChartProps {
  readonly title: string;
  readonly height: number;
  readonly actions?: ReactNode;
}

export function EmptyChart({ title, height, actions }: EmptyChartProps) {
  const t = useTranslate();
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.head}>
        <span className={styles.title}>{title}</span>
        <span className={styles.readout} />
        {actions}
      </figcaption>
      <div className={classNames(styles.plot, styles.emptyPlot)} style={{ height }}>
        <p className={styles.emptyText}>{t('charts.empty')}</p>
      </div>
    </figure>
  );
}
