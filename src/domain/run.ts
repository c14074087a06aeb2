/** A finished or interrupted training run, with everything needed to show and repeat it. */
import type { BackendName } from './backend.ts';
import type { HeadHistory } from './head-history.ts';
import type { HeadWeights } from './head.ts';
import type { Hyperparameters } from './hyperparameters.ts';
import type { EpochMetrics } from './metrics.ts';
import type { ClassInfo, FitMode, PhotoId } from './photo.ts';
import type { ProjectId, SplitSettings } from './project.ts';

export type RunId = string;
export type RunEnd = 'completed' | 'early-stopped' | 'stopped' | 'diverged' | 'interrupted';

/** What came of training once more with everything as it was; see `repeat-comparison.ts`. */
export interface RunRepeat {
  /** The run that was repeated, which may be gone by now, and its name then. */
  readonly runId: RunId;
  readonly name: string;
  readonly identical: boolean;
  /** Epochs that both runs have. */
  readonly comparedEpochs: number;
  /** First epoch whose numbers differ; null when none does. */
  readonly firstDifference: number | null;
  /** Largest difference of any loss, in nats, and of any accuracy, in [0, 1]. */
  readonly lossGap: number;
  readonly accuracyGap: number;
  /** Largest difference of any weight of the best heads; null when they cannot be laid side by side. */
  readonly weightGap: number | null;
}

/** How sure the head of one epoch should be, fitted on the validation photos. */
export interface RunCalibration {
  readonly epoch: number;
  /** Logits are divided by this before softmax; see `fitTemperature`. */
  readonly temperature: number;
  /** Photos that it was fitted on. */
  readonly photos: number;
}

export interface Run {
  readonly id: RunId;
  readonly projectId: ProjectId;
  readonly name: string;
  readonly pinned: boolean;
  /** A person gave it its name, so it is not cleared away by itself. */
  readonly named?: boolean;
  /** The how-manieth run of its project it was. Missing on runs of earlier versions. */
  readonly number?: number;
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
  /** The same without the sides: tells another split of the same photos from other photos. */
  readonly photosFingerprint?: string;
  /** How the photos were split. Missing on runs of earlier versions. */
  readonly split?: SplitSettings;
  readonly trainIds: readonly PhotoId[];
  readonly validationIds: readonly PhotoId[];
  readonly metrics: readonly EpochMetrics[];
  readonly bestEpoch: number;
  readonly stoppedEpoch: number | null;
  readonly elapsedMs: number;
  /** Restored (best) weights. */
  readonly head: HeadWeights;
  /** Of the epoch in use. Missing when there were too few validation photos. */
  readonly calibration?: RunCalibration;
  /** Set when nothing was trained here: the head came out of a file. */
  readonly opened?: { readonly from: 'teachable-machine' | 'head' };
  /** The run whose head this one went on from. */
  readonly continues?: RunId;
  /** Set when this run was made to repeat another one. */
  readonly repeats?: RunRepeat;
  /**
   * Heads of many epochs, kept with the newest few runs (`run-pruning.ts`). Only on its way to and
   * from storage: in memory the timeline service has it.
   */
  readonly headHistory?: HeadHistory;
}
