/**
 * What a list of runs shows of each, without its curve, heads and photo ids: small enough that every
 * run of a project can be in memory.
 */
import type { EpochMetrics } from './metrics.ts';
import type { Run } from './run.ts';

export interface RunSummary extends Omit<
  Run,
  'metrics' | 'head' | 'headHistory' | 'trainIds' | 'validationIds'
> {
  /** Epochs it got through. */
  readonly epochs: number;
  /** What was recorded at `bestEpoch`; null for a run without a finished epoch. */
  readonly best: EpochMetrics | null;
  readonly trainCount: number;
  readonly validationCount: number;
  /** Numbers of the head, 4 bytes each. */
  readonly headNumbers: number;
  /** Whether the heads of its other epochs are kept. */
  readonly hasHistory: boolean;
}

/** `hasHistory`: whether its heads are kept apart; true as well when they came with the run. */
export function summariseRun(run: Run, hasHistory = false): RunSummary {
  const { metrics, head, headHistory, trainIds, validationIds, ...rest } = run;
  const { hiddenKernel, hiddenBias, outputKernel, outputBias } = head;
  return {
    ...rest,
    epochs: metrics.length,
    best: metrics.find((point) => point.epoch === run.bestEpoch) ?? null,
    trainCount: trainIds.length,
    validationCount: validationIds.length,
    headNumbers:
      (hiddenKernel?.length ?? 0) +
      (hiddenBias?.length ?? 0) +
      outputKernel.length +
      outputBias.length,
    hasHistory: hasHistory || headHistory !== undefined,
  };
}
