/** Picks one metric's two curves out of the recorded epochs. */
import type { EpochMetrics } from '../../domain/metrics.ts';

export type CurveMetric = 'loss' | 'accuracy';

/** One epoch of one metric; null where there is no finite value to draw. */
export interface CurvePoint {
  readonly epoch: number;
  readonly training: number | null;
  readonly validation: number | null;
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

export function curvePoint(metrics: EpochMetrics, metric: CurveMetric): CurvePoint {
  return metric === 'loss'
    ? {
        epoch: metrics.epoch,
        training: finite(metrics.trainLoss),
        validation: finite(metrics.validationLoss),
      }
    : {
        epoch: metrics.epoch,
        training: finite(metrics.trainAccuracy),
        validation: finite(metrics.validationAccuracy),
      };
}

export function curvePoints(
  metrics: readonly EpochMetrics[],
  metric: CurveMetric,
): readonly CurvePoint[] {
  return metrics.map((each) => curvePoint(each, metric));
}

/** Index of the point whose epoch is nearest; `points` rise in epoch. -1 when there are none. */
export function nearestPointIndex(points: readonly CurvePoint[], epoch: number): number {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.epoch ?? Infinity) < epoch) low = middle + 1;
    else high = middle;
  }
  const before = points[low - 1];
  const at = points[low];
  if (before && at && epoch - before.epoch <= at.epoch - epoch) return low - 1;
  return at ? low : -1;
}
