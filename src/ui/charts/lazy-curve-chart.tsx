/** The chart in a chunk of its own, loaded with the first curve; its size is kept free meanwhile. */
import { lazy, Suspense } from 'react';
import { Skeleton } from '../primitives/skeleton.tsx';
import styles from './curve-chart.module.css';
import type { CurveChartProps } from './curve-chart.tsx';
import { EmptyChart } from './empty-chart.tsx';

const load = async () => ({ default: (await import('./curve-chart.tsx')).CurveChart });
const CurveChart = lazy(load);

/** Fetches the chart ahead of time, e.g. once photos are there. A failure shows when it is needed. */
export function preloadCurveChart(): void {
  load().catch(() => undefined);
}

/** Same props as CurveChart. */
export function LazyCurveChart(props: CurveChartProps) {
  const { title, points, ghost, height = 240, actions } = props;
  if (points.length === 0 && (ghost ?? []).length === 0) {
    return <EmptyChart title={title} height={height} actions={actions} />;
  }
  return (
    <Suspense
      fallback={
        <div className={styles.chart}>
          <div className={styles.head}>
            <span className={styles.title}>{title}</span>
          </div>
          <Skeleton shape="box" height={`${height}px`} />
        </div>
      }
    >
      <CurveChart {...props} />
    </Suspense>
  );
}
