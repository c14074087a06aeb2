/** The chart in a chunk of its own, with its size kept free while it loads. */
import { lazy, Suspense } from 'react';
import { Skeleton } from '../primitives/skeleton.tsx';
import type { CurveChartProps } from './curve-chart.tsx';
import styles from './lazy-curve-chart.module.css';

const CurveChart = lazy(async () => ({ default: (await import('./curve-chart.tsx')).CurveChart }));

/** Same props as CurveChart. */
export function LazyCurveChart(props: CurveChartProps) {
  return (
    <Suspense
      fallback={
        <div className={styles.waiting}>
          <span className={styles.title}>{props.title}</span>
          <Skeleton shape="box" height={`${props.height ?? 240}px`} />
        </div>
      }
    >
      <CurveChart {...props} />
    </Suspense>
  );
}
