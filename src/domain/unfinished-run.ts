/** A training run that has not come to its end, with all that is needed to go on from its last epoch. */
import type { BackendName } from './backend.ts';
import type { Hyperparameters } from './hyperparameters.ts';
import type { EpochMetrics } from './metrics.ts';
import type { ProjectId } from './project.ts';
import type { RunId } from './run.ts';

/** One layer as the trainer keeps it: [units, inputs + 1] row-major, the last column the bias. */
export interface LayerPoint {
  readonly values: Float32Array;
  /** The optimizer's memory, as long as `values`; null where the optimizer has none. */
  readonly first: Float32Array | null;
  readonly second: Float32Array | null;
}

/**
 * Everything a run is made of at the end of an epoch. Going on from here gives what the run would
 * have given without the interruption, bit for bit on the cpu path.
 */
export interface ResumePoint {
  /** Last finished epoch, from 1. */
  readonly epoch: number;
  /** Batches so far. */
  readonly steps: number;
  readonly elapsedMs: number;
  /** The hidden layer's first, if there is one. */
  readonly layers: readonly LayerPoint[];
  /** Order of the training rows; the next epoch shuffles this one. */
  readonly order: Int32Array;
  /** States of the generators of orders and dropout masks (`Random.state`). */
  readonly orderState: readonly number[];
  readonly maskState: readonly number[];
  /** The best epoch so far and the values of its layers. */
  readonly bestEpoch: number;
  readonly bestLayers: readonly Float32Array[];
}

/** Stored while a long run is under way, one for a project, and removed with its end. */
export interface UnfinishedRun {
  readonly projectId: ProjectId;
  readonly runId: RunId;
  /** Milliseconds since the epoch, of the last point. */
  readonly savedAt: number;
  readonly hyperparameters: Hyperparameters;
  /** Names photos, labels, sides, network and fit: the run only goes on over the same data. */
  readonly dataKey: string;
  readonly backend: BackendName;
  readonly metrics: readonly EpochMetrics[];
  readonly point: ResumePoint;
}

/** Cheap look at what came back from storage; a damaged one is as good as none. */
export function isUnfinishedRun(value: unknown): value is UnfinishedRun {
  if (typeof value !== 'object' || value === null) return false;
  const { runId, projectId, dataKey, metrics, point, hyperparameters } =
    value as Partial<UnfinishedRun>;
  return (
    typeof runId === 'string' &&
    typeof projectId === 'string' &&
    typeof dataKey === 'string' &&
    typeof hyperparameters === 'object' &&
    Array.isArray(metrics) &&
    isResumePoint(point) &&
    metrics.length === point.epoch
  );
}

export function isResumePoint(value: unknown): value is ResumePoint {
  if (typeof value !== 'object' || value === null) return false;
  const { epoch, steps, layers, order, bestEpoch, bestLayers, orderState, maskState } =
    value as Partial<ResumePoint>;
  return (
    isCount(epoch) &&
    isCount(steps) &&
    isCount(bestEpoch) &&
    order instanceof Int32Array &&
    Array.isArray(orderState) &&
    Array.isArray(maskState) &&
    isLayerList(layers) &&
    Array.isArray(bestLayers) &&
    bestLayers.length === layers.length &&
    bestLayers.every((values, i) => isLike(values, layers[i]?.values))
  );
}

function isLayerList(value: unknown): value is readonly LayerPoint[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    (value as readonly Partial<LayerPoint>[]).every(
      ({ values, first, second }) =>
        values instanceof Float32Array &&
        (first === null || isLike(first, values)) &&
        (second === null || isLike(second, values)),
    )
  );
}

function isLike(value: unknown, other: Float32Array | undefined): boolean {
  return value instanceof Float32Array && value.length === other?.length;
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** Bytes of the numbers in a point. */
export function resumePointBytes({ layers, order, bestLayers }: ResumePoint): number {
  const arrays = [
    order,
    ...bestLayers,
    ...layers.flatMap(({ values, first, second }) => [values, first, second]),
  ];
  return arrays.reduce((sum, array) => sum + (array?.byteLength ?? 0), 0);
}
