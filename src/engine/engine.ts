/**
 * What the rest of the main thread may ask of the workers. `createEngine` (client) implements it with
 * real workers, `createFakeEngine` for tests. Every call rejects with EngineError; aborting the
 * signal rejects with code 'aborted' at once, whatever the worker is doing.
 */
import type { BackboneArtifacts, BackboneCard } from '../domain/backbone-card.ts';
import type { BackendChoice, BackendName, BackendReport } from '../domain/backend.ts';
import type { Folding } from '../domain/folding.ts';
import type { HeadHistory } from '../domain/head-history.ts';
import type { HeadWeights } from '../domain/head.ts';
import type { Hyperparameters } from '../domain/hyperparameters.ts';
import type { RateSweep } from '../domain/learning-rate-range.ts';
import type { EpochMetrics } from '../domain/metrics.ts';
import type { FitMode } from '../domain/photo.ts';
import type { SampleRequest } from '../domain/sample-set.ts';
import type { PhotoMap, PhotoMapRequest } from '../domain/photo-map.ts';
import type { ResumePoint } from '../domain/unfinished-run.ts';
import type {
  EngineRequestMap,
  ExplainedPhotos,
  ResumeFrom,
  ModelToRun,
  SplitScore,
  TrainingData,
  TrainOutcome,
} from '../protocol/engine-messages.ts';
import type { EvaluationRequestMap } from '../protocol/evaluation-messages.ts';
import type {
  AugmentedPixelsRequest,
  PreparedPhoto,
  RefusedFile,
} from '../protocol/intake-messages.ts';
import type { ReplyOf, RequestOf } from './worker-channel.ts';

export interface LoadedBackbone {
  readonly backboneId: string;
  readonly embeddingWidth: number;
  readonly goldenError: number | null;
  readonly folding: Folding;
  readonly loadMs: number;
  readonly backend: BackendName;
}

export interface TrainRequest {
  readonly runId: string;
  readonly dataKey: string;
  readonly hyperparameters: Hyperparameters;
  readonly onEpoch: (metrics: EpochMetrics) => void;
  /** Goes on where a run with the same data and settings was interrupted. */
  readonly resume?: ResumeFrom;
  /** From time to time in a long run: enough to go on from, should this page come to its end. */
  readonly onPoint?: (point: ResumePoint) => void;
  /** Weights to go on from instead of random ones. */
  readonly startFrom?: HeadWeights;
}

export type BackboneClasses = EngineRequestMap['backbone/classes']['out'];
export type ClassifyRequest = EngineRequestMap['backbone/classify']['in'];

export interface EvaluateOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Things that happen without being asked for. */
export type EngineNotice =
  | {
      readonly type: 'worker-restarted';
      readonly role: 'embedding' | 'head' | 'intake';
      readonly reason: string;
    }
  /** A GPU was lost or a worker died twice; this workload now runs on `to`. */
  | {
      readonly type: 'backend-fell-back';
      readonly role: 'embedding' | 'head';
      readonly from: BackendName;
      readonly to: BackendName;
    };

export interface Engine {
  // backends
  /** Measures each candidate in a worker of its own, one after the other; never rejects for a bad backend. */
  surveyBackends(
    options: {
      readonly candidates: readonly BackendName[];
      readonly card: BackboneCard;
      readonly artifacts: BackboneArtifacts;
      readonly timeoutMs: number;
      readonly onReport: (report: BackendReport) => void;
    },
    signal?: AbortSignal,
  ): Promise<readonly BackendReport[]>;
  /** Opens the chosen backends; falls to the next one in `fallbacks` when one cannot be opened or checked. */
  useBackends(
    choice: BackendChoice,
    fallbacks: readonly BackendName[],
    signal?: AbortSignal,
  ): Promise<BackendChoice>;

  // backbone and embeddings
  loadBackbone(
    card: BackboneCard,
    artifacts: BackboneArtifacts,
    signal?: AbortSignal,
  ): Promise<LoadedBackbone>;
  /** pixels [count, size, size, 3] (transferred away) → embeddings [count, width]. */
  embed(pixels: Uint8Array, count: number, signal?: AbortSignal): Promise<Float32Array>;
  /** As `embed` for a few photos, and where in them the evidence for each class of the head lies. */
  explain(
    pixels: Uint8Array,
    count: number,
    head: HeadWeights,
    signal?: AbortSignal,
  ): Promise<ExplainedPhotos>;
  /** Classes that the loaded backbone tells apart by itself; see the protocol. */
  backboneClasses(signal?: AbortSignal): Promise<BackboneClasses>;
  /** Sums of their probabilities [count, groups], for embeddings of this backbone. */
  classify(request: ClassifyRequest, signal?: AbortSignal): Promise<Float32Array>;
  /** Photos on a plane, by their embeddings; `onProgress` gets the share done, 0 to 1. */
  projectMap(
    request: PhotoMapRequest,
    onProgress: (share: number) => void,
    signal?: AbortSignal,
  ): Promise<PhotoMap>;

  /**
   * Asks an exported model, in a worker of its own that is ended afterwards, about RGB bytes [count,
   * size, size, 3]. Probabilities [count, classes].
   */
  runModel(
    model: ModelToRun,
    pixels: Uint8Array,
    count: number,
    signal?: AbortSignal,
  ): Promise<Float32Array>;

  // head
  /** Kept by the training worker (and by the supervisor for a restart) until replaced. Transferred away. */
  loadTrainingData(data: TrainingData, signal?: AbortSignal): Promise<void>;
  train(request: TrainRequest, signal?: AbortSignal): Promise<TrainOutcome>;
  pauseTraining(runId: string): Promise<void>;
  resumeTraining(runId: string): Promise<void>;
  /** Ends the run after the current step; `train` then resolves with end 'stopped' and the best weights so far. */
  stopTraining(runId: string): Promise<void>;
  checkpoint(runId: string, epoch: number, signal?: AbortSignal): Promise<HeadWeights | null>;
  /** Heads of as many epochs as fit, `important` ones first; null when the worker that had them is gone. */
  headHistory(
    request: {
      readonly runId: string;
      readonly budgetBytes: number;
      readonly important: readonly number[];
    },
    signal?: AbortSignal,
  ): Promise<HeadHistory | null>;
  /** Trains a head on this split only to see how it does; the data loaded for training stays. */
  scoreSplit(
    data: TrainingData,
    hyperparameters: Hyperparameters,
    signal?: AbortSignal,
  ): Promise<SplitScore>;
  /** Range test on the data loaded last; waits for a run that is under way. */
  findLearningRate(
    request: { readonly dataKey: string; readonly hyperparameters: Hyperparameters },
    signal?: AbortSignal,
  ): Promise<RateSweep>;
  memory(
    role: 'embedding' | 'head',
  ): Promise<{ backend: BackendName; tensors: number; bytes: number }>;

  /**
   * Anything about how good a model is. The photos' embeddings are transferred away; a job whose worker
   * dies is not repeated.
   */
  evaluate<Name extends keyof EvaluationRequestMap>(
    name: Name,
    request: RequestOf<EngineRequestMap, Name>,
    options?: EvaluateOptions,
  ): Promise<ReplyOf<EngineRequestMap, Name>>;

  // intake (a pool of workers)
  preparePhoto(
    file: Blob,
    maxSide: number,
    signal?: AbortSignal,
  ): Promise<PreparedPhoto | RefusedFile>;
  photoPixels(image: Blob, size: number, fit: FitMode, signal?: AbortSignal): Promise<Uint8Array>;
  /** Pixels [copies.length, size, size, 3] of augmented copies of a stored photo. */
  augmentedPixels(request: AugmentedPixelsRequest, signal?: AbortSignal): Promise<Uint8Array>;
  framePixels(
    frame: ImageBitmap,
    size: number,
    fit: FitMode,
    signal?: AbortSignal,
  ): Promise<Uint8Array>;
  encodeFrame(frame: ImageBitmap, maxSide: number, signal?: AbortSignal): Promise<Blob>;
  drawSample(request: SampleRequest, signal?: AbortSignal): Promise<Blob>;
  checkCanvas(): Promise<{ tampered: boolean; changedShare: number; largestChange: number }>;
  /** How many intake calls are worth having under way at once. */
  readonly intakeParallelism: number;

  subscribe(listener: (notice: EngineNotice) => void): () => void;
  dispose(): void;
}
