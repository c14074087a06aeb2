/** A finished run as it is kept: everything needed to repeat it exactly. */
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import type { EpochMetrics } from '../../domain/metrics.ts';
import type { Run } from '../../domain/run.ts';
import type { TrainOutcome } from '../../protocol/engine-messages.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { TrainingRows } from './training-rows.ts';

export interface RunFacts {
  readonly runId: string;
  readonly rows: TrainingRows;
  readonly outcome: TrainOutcome;
  readonly hyperparameters: Hyperparameters;
  /** Every epoch, in order. */
  readonly metrics: readonly EpochMetrics[];
  /** The run whose head it started from. */
  readonly continues: string | null;
}

export function runRecord(
  { get, services, embedder }: Pick<SliceTools, 'get' | 'services' | 'embedder'>,
  { runId, rows, outcome, hyperparameters, metrics, continues }: RunFacts,
): Run {
  const state = get();
  const { source } = embedder;
  // Cleared-away runs count: two runs must not get one name.
  const number = state.runs.list.reduce((n, run, i) => Math.max(n, run.number ?? i + 1), 0) + 1;
  const idsOf = (indices: Int32Array) =>
    Array.from(indices, (row) => rows.photos[row]?.id ?? '').filter((id) => id !== '');
  return {
    id: runId,
    projectId: state.projectId,
    name: services.names.run(number),
    number,
    pinned: false,
    startedAt: services.now() - Math.round(outcome.elapsedMs),
    end: outcome.end,
    hyperparameters,
    classes: rows.classes,
    fit: state.fit,
    backboneId: source?.backboneId ?? '',
    backboneSha256: source?.weightsSha256 ?? '',
    backend: outcome.backend,
    appVersion: services.appVersion,
    dataFingerprint: rows.fingerprint,
    photosFingerprint: rows.photosFingerprint,
    split: state.split,
    trainIds: idsOf(rows.trainRows),
    validationIds: idsOf(rows.validationRows),
    metrics,
    bestEpoch: outcome.bestEpoch,
    stoppedEpoch: outcome.stoppedEpoch,
    elapsedMs: outcome.elapsedMs,
    head: outcome.bestHead,
    ...(continues === null ? {} : { continues }),
  };
}
