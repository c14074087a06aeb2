/** A finished or interrupted training run, with everything needed to show and repeat it. */
import type { BackendName } from './backend.ts';
import type { HeadHistory } from './head-history.ts';
import type { HeadWeights } from './head.ts';
import type { Hyperparameters } from './hyperparameters.ts';
import type { EpochMetrics } from './metrics.ts';
import type { ClassInfo, FitMode, PhotoId } from './photo.ts';
import type { ProjectId } from './project.ts';

export type RunId = string;
export type RunEnd = 'completed' | 'early-stopped' | 'stopped' | 'diverged' | 'interrupted';

export interface Run {
  readonly id: RunId;
  readonly projectId: ProjectId;
  readonly name: string;
  readonly pinned: boolean;
  readonly startedAt: number;
  readonly end: RunEnd;
  readonly hyperparameters: Hyperparameters;
  /** Classes as they were, in the order of the head's outputs. */
  readonly classes: readonly ClassInfo[];
  readonly fit: FitMode;
  readonly backboneId: string;
  readonly backboneSha256: string;
  readonly backend: BackendName;
  readonly appVersion: string;
  /** SHA-256 over image hashes, labels and sides: equal for equal data. */
  readonly dataFingerprint: string;
  readonly trainIds: readonly PhotoId[];
  readonly validationIds: readonly PhotoId[];
  readonly metrics: readonly EpochMetrics[];
  readonly bestEpoch: number;
  readonly stoppedEpoch: number | null;
  readonly elapsedMs: number;
  /** Restored (best) weights. */
  readonly head: HeadWeights;
  /**
   * Heads of many epochs, kept with the newest run alone. Only on its way to and from storage: in
   * memory the timeline service has it.
   */
  readonly headHistory?: HeadHistory;
}
