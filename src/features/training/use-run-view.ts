/** What the curves show: the points, the marks on them, and what a reader may conclude. */
import { useMemo } from 'react';
import { diagnose, type Diagnosis, type DiagnosisSignals } from '../../domain/diagnosis.ts';
import type { EarlyStoppingResult } from '../../domain/early-stopping.ts';
import type { EpochMetrics } from '../../domain/metrics.ts';
import type { Photo } from '../../domain/photo.ts';
import { stoppingOf } from '../../domain/stopping-rule.ts';
import type { RunSignals } from '../../state/run-signals-state.ts';
import { useApp, useAppHandle, useMetrics } from '../../state/use-app.tsx';

export interface RunView {
  readonly points: readonly EpochMetrics[];
  readonly isRunning: boolean;
  readonly bestEpoch: number | null;
  readonly stoppedEpoch: number | null;
  readonly diagnosis: Diagnosis | null;
  /** Of the run before; null when there was none. */
  readonly ghost: readonly EpochMetrics[] | null;
}

/**
 * The rule as it is set now, over the curve as it was recorded: dragging patience moves the flag
 * without a new run.
 */
export function useRunView(): RunView {
  const logged = useMetrics();
  const status = useApp((state) => state.training.status);
  const run = useApp((state) => state.currentRun);
  const { earlyStopping, monitor, patience, minDelta } = useApp((state) => state.hyperparameters);
  const previousRun = useApp((state) => state.previousRun);
  const { store } = useAppHandle();
  const isRunning = status === 'running' || status === 'paused' || status === 'preparing';

  // Until the first epoch is in, the curves of the run before stay: charts that empty and fill again
  // would make everything below them jump. Same array, so that nothing is drawn for it.
  const isWaiting = isRunning && run !== null && (logged.length === 0 || logged === run.metrics);
  const points = isWaiting ? run.metrics : logged;

  const rule = useMemo<EarlyStoppingResult | null>(() => {
    if (points.length === 0) return null;
    return stoppingOf(points, { earlyStopping, monitor, patience, minDelta });
  }, [points, earlyStopping, monitor, patience, minDelta]);
  const runSignals = useApp((state) => state.runSignals);
  const signals = isRunning || runSignals?.runId !== run?.id ? null : runSignals;
  const diverged = !isRunning && run?.end === 'diverged';
  const diagnosis = useMemo(() => {
    // Not read aloud before the run is over, and not worth the time while it draws.
    if (isRunning || points.length === 0) return null;
    const counts =
      run === null
        ? countSides(store.getState().photos)
        : { classCount: run.classes.length, validationCount: run.validationIds.length };
    return diagnose({
      metrics: points,
      ...counts,
      diverged,
      signals: signals === null ? null : toDiagnosisSignals(signals),
    });
  }, [isRunning, points, run, store, diverged, signals]);
  return {
    points,
    isRunning,
    bestEpoch: rule === null || rule.bestEpoch === 0 ? null : rule.bestEpoch,
    stoppedEpoch: rule?.stoppedEpoch ?? null,
    diagnosis,
    // While one runs, the run on screen is the one before it.
    ghost: (isRunning && !isWaiting ? run : previousRun)?.metrics ?? null,
  };
}

function toDiagnosisSignals(signals: RunSignals): DiagnosisSignals {
  const { trainingCount, leakedIds, disputedIds, trainingIsHarder } = signals;
  const leakedValidation = leakedIds.length;
  const disputedTraining = disputedIds.length;
  return { trainingCount, leakedValidation, disputedTraining, trainingIsHarder };
}

/** Of the photos of now: for a curve whose run is not there (any more). */
function countSides(photos: ReadonlyMap<string, Photo>): {
  classCount: number;
  validationCount: number;
} {
  const classes = new Set<string>();
  let validationCount = 0;
  for (const photo of photos.values()) {
    classes.add(photo.classId);
    if (photo.side === 'validation') validationCount += 1;
  }
  return { classCount: classes.size, validationCount };
}
