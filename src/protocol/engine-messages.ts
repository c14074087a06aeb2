/**
 * Messages between the main thread and an engine worker. Two engine workers run the same script:
 * one embeds and predicts, one trains, each on its own backend. A third, short-lived one surveys a
 * backend and is thrown away.
 */
import type { BackboneArtifacts, BackboneCard } from '../domain/backbone-card.ts';
import type { BackendName } from '../domain/backend.ts';
import type { Folding } from '../domain/folding.ts';
import type { HeadHistory } from '../domain/head-history.ts';
import type { PhotoMap, PhotoMapRequest } from '../domain/photo-map.ts';
import type { HeadWeights } from '../domain/head.ts';
import type { Hyperparameters } from '../domain/hyperparameters.ts';
import type { RateSweep } from '../domain/learning-rate-range.ts';
import type { EpochMetrics } from '../domain/metrics.ts';
import type { ResumePoint } from '../domain/unfinished-run.ts';
import type { PackedNetwork } from '../domain/packed-network.ts';
import type { EngineErrorData } from './errors.ts';
import type { EvaluationProgress, EvaluationRequestMap } from './evaluation-messages.ts';

export interface TrainingData {
  /** Fingerprint chosen by the caller; later requests name it instead of sending the data again. */
  readonly dataKey: string;
  /** [count, dim] row-major. */
  readonly embeddings: Float32Array;
  readonly count: number;
  readonly dim: number;
  /** [count], class index of each row. */
  readonly labels: Int32Array;
  readonly classCount: number;
  /** Row numbers of each side; disjoint. `validation` may be empty. */
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
}

export type TrainEnd =
  | 'completed' // all epochs done
  | 'early-stopped' // the rule stopped it
  | 'stopped' // a person stopped it
  | 'diverged'; // loss was not a finite number; the last good epoch is kept

export interface TrainOutcome {
  readonly end: TrainEnd;
  readonly epochsDone: number;
  /**
   * Epoch whose weights are restored (arg-best of the monitored metric, up to the stop when the rule
   * fired; last epoch without validation). 0: no epoch was finished, `bestHead` is untrained.
   */
  readonly bestEpoch: number;
  /** Epoch at which the early-stopping rule fires; null if it never did. */
  readonly stoppedEpoch: number | null;
  /** Weights of `bestEpoch`. */
  readonly bestHead: HeadWeights;
  readonly backend: BackendName;
  readonly elapsedMs: number;
  readonly steps: number;
}

/** What the backbone gave for some photos, and where the evidence for each class lies in them. */
export interface ExplainedPhotos {
  /** [count, width] */
  readonly embeddings: Float32Array;
  readonly width: number;
  /** Null if the backbone has no spatial features that add up to its embedding. */
  readonly evidence: {
    /** [count, classCount, rows, columns]; the sum over places is the logit minus the bias. */
    readonly maps: Float32Array;
    /** [count, classCount]; see domain/class-evidence. */
    readonly biases: Float32Array;
    readonly rows: number;
    readonly columns: number;
  } | null;
  readonly computeMs: number;
}

export interface MapRequest extends PhotoMapRequest {
  /** Chosen by the caller; progress names it. */
  readonly mapId: string;
}

/** How a head did that was trained on one split only to find that out. */
export interface SplitScore {
  /** Validation photos answered right, of how many. */
  readonly right: number;
  readonly of: number;
}

export interface ResumeFrom {
  readonly point: ResumePoint;
  /** Of the epochs up to the point's. */
  readonly metrics: readonly EpochMetrics[];
}

/** An exported model, as its bytes say, and how it wants its input. */
export type ModelToRun =
  | {
      readonly kind: 'layers';
      readonly modelJson: unknown;
      readonly weights: ArrayBuffer;
      /** Input value = pixel / divide - subtract, [n, size, size, 3]. */
      readonly input: { readonly divide: number; readonly subtract: number; readonly size: number };
    }
  | { readonly kind: 'packed'; readonly network: PackedNetwork; readonly numbers: Float32Array }
  /** `size`: side of its square input. 'backend-unavailable' where ONNX Runtime cannot be loaded. */
  | { readonly kind: 'onnx'; readonly bytes: Uint8Array<ArrayBuffer>; readonly size: number };

export interface EngineRequestMap extends EvaluationRequestMap {
  /** Opens exactly this backend or fails with `backend-unavailable`; never falls back by itself. */
  'backend/open': {
    in: { backend: BackendName; wasmPath: string };
    out: { backend: BackendName; openMs: number; device: string | null };
  };
  /** A small fixed network, forward and gradient, against the stored reference. */
  'backend/check': {
    in: Record<never, never>;
    out: { right: boolean; forwardError: number; gradientError: number };
  };
  /** Median rate over a few repeats, first (compiling) run left out. Needs a loaded backbone for images. */
  'backend/time': {
    in: { imageBatch: number; budgetMs: number };
    out: { imagesPerSecond: number | null; headStepsPerSecond: number };
  };
  'backbone/load': {
    in: { card: BackboneCard; artifacts: BackboneArtifacts };
    out: {
      backboneId: string;
      embeddingWidth: number;
      goldenError: number | null;
      folding: Folding;
      loadMs: number;
    };
  };
  /** What the loaded backbone still tells apart by itself: how many classes (0: none), and their names. */
  'backbone/classes': {
    in: Record<never, never>;
    /** Null where the number of classes does not say which they are. */
    out: { outputs: number; names: readonly string[] | null };
  };
  /**
   * embeddings [count, width] → sums [count, groups] of the probabilities of each group's members, among
   * the last `classes` outputs of the backbone's classifier.
   */
  'backbone/classify': {
    in: {
      embeddings: Float32Array;
      count: number;
      classes: number;
      groups: readonly (readonly number[])[];
    };
    out: { sums: Float32Array };
  };
  /** pixels: RGB bytes [count, size, size, 3], size = the card's inputSize. */
  embed: {
    in: { pixels: Uint8Array; count: number };
    out: { embeddings: Float32Array; width: number; computeMs: number };
  };
  /** As `embed`, and class activation maps of every class of the head. */
  explain: {
    in: { pixels: Uint8Array; count: number; head: HeadWeights };
    out: ExplainedPhotos;
  };
  /** embeddings [count, dim] on a plane. Sends `map/progress` while it works. */
  'map/project': { in: MapRequest; out: PhotoMap };
  /** Opens an exported model by itself and asks it about RGB bytes [count, size, size, 3]. */
  'model/run': {
    in: { model: ModelToRun; pixels: Uint8Array; count: number };
    out: { probabilities: Float32Array };
  };
  'head/load-data': { in: TrainingData; out: { dataKey: string } };
  'head/train': {
    in: {
      runId: string;
      dataKey: string;
      hyperparameters: Hyperparameters;
      /** Goes on where a run with the same data and settings was interrupted. */
      resume?: ResumeFrom;
      /** Asks for `train/point` events: none before `afterMs`, at most one each `everyMs`. */
      points?: {
        readonly afterMs: number;
        readonly everyMs: number;
        /** Large heads: no more than this on average. */
        readonly bytesPerMs: number;
      };
      /** Where to go on from: same width, hidden units and classes as the data and settings ask for. */
      startFrom?: HeadWeights;
    };
    out: TrainOutcome;
  };
  'head/pause': { in: { runId: string }; out: { paused: boolean } };
  'head/resume': { in: { runId: string }; out: { paused: boolean } };
  /** Ends the run after the current step; the pending `head/train` resolves with end 'stopped'. */
  'head/stop': { in: { runId: string }; out: { stopped: boolean } };
  /** Weights as they were after an epoch; null if that epoch was thinned out. */
  'head/checkpoint': {
    in: { runId: string; epoch: number };
    out: { head: HeadWeights | null };
  };
  /**
   * Heads of as many epochs as fit into `budgetBytes` (at least 8), `important` ones first; null for a
   * run that is not kept, or that finished no epoch.
   */
  'head/history': {
    in: { runId: string; budgetBytes: number; important: readonly number[] };
    out: { history: HeadHistory | null };
  };
  /**
   * Trains one head on this split and says how it does on the validation rows at its best epoch. Leaves
   * the data and the runs that are there alone; waits for a run under way.
   */
  'head/score-split': {
    in: { data: TrainingData; hyperparameters: Hyperparameters };
    out: SplitScore;
  };
  /** The learning-rate range test on a fresh head; nothing of it is kept. */
  'head/find-rate': {
    in: { dataKey: string; hyperparameters: Hyperparameters };
    out: { sweep: RateSweep };
  };
  memory: {
    in: Record<never, never>;
    out: { backend: BackendName; tensors: number; bytes: number };
  };
}

export type EngineRequestName = keyof EngineRequestMap;

export type EngineEvent =
  /** `share` of the work done, 0 to 1. */
  | { readonly type: 'map/progress'; readonly mapId: string; readonly share: number }
  | { readonly type: 'train/epoch'; readonly runId: string; readonly metrics: EpochMetrics }
  | { readonly type: 'train/point'; readonly runId: string; readonly point: ResumePoint }
  | EvaluationProgress
  | { readonly type: 'device-lost'; readonly backend: BackendName };

/** Main → worker. `cancel` aborts the request with that id. */
export type ToWorker<Map> =
  | {
      [Name in keyof Map & string]: {
        readonly kind: 'request';
        readonly id: number;
        readonly name: Name;
        readonly payload: Map[Name] extends { in: infer In } ? In : never;
      };
    }[keyof Map & string]
  | { readonly kind: 'cancel'; readonly id: number };

/** Worker → main. `ready` comes first, once. */
export type FromWorker<Event> =
  | { readonly kind: 'ready'; readonly protocol: number }
  | { readonly kind: 'reply'; readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly kind: 'reply';
      readonly id: number;
      readonly ok: false;
      readonly error: EngineErrorData;
    }
  | { readonly kind: 'event'; readonly event: Event };
