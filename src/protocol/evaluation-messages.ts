/** Requests about how good a model is. Answered by the worker that trains, on embeddings sent along. */
import type {
  CrossValidation,
  Evaluation,
  LearningCurveMeasurement,
} from '../domain/evaluation.ts';
import type { FoldProblem } from '../domain/folds.ts';
import type { HeadWeights } from '../domain/head.ts';
import type { Hyperparameters } from '../domain/hyperparameters.ts';

export interface EvaluationPhotos {
  /** [count, dim] row-major. */
  readonly embeddings: Float32Array;
  readonly count: number;
  readonly dim: number;
  /** [count] */
  readonly labels: Int32Array;
  /** [count], equal for near-duplicates. */
  readonly groups: Int32Array;
  readonly classCount: number;
}

/** What every one of these requests says. */
interface EvaluationJob {
  /** Named in progress events. */
  readonly jobId: string;
  readonly photos: EvaluationPhotos;
  readonly seed: number;
}

/** Trains as the run did, and stops after the epoch that is in use there. */
export interface Recipe {
  readonly hyperparameters: Hyperparameters;
  readonly epochs: number;
}

export interface EvaluationRequestMap {
  /** Judges a head on photos that it did not learn from. */
  'evaluate/judge': {
    in: EvaluationJob & {
      readonly head: HeadWeights;
      readonly trainRows: Int32Array;
      /** The temperature and the rule for "I don't know" come from these. */
      readonly validationRows: Int32Array;
      /** At least one. */
      readonly judgedRows: Int32Array;
    };
    out: Evaluation;
  };
  /** Judges the recipe: each fold's photos by a head trained on the other folds. */
  'evaluate/cross-validate': {
    in: EvaluationJob & Recipe & { readonly folds: number };
    out: { readonly result: CrossValidation } | { readonly problem: FoldProblem };
  };
  /** Trains on growing parts of the photos. */
  'evaluate/learning-curve': {
    in: EvaluationJob & Recipe & { readonly folds: number };
    out: { readonly result: LearningCurveMeasurement } | { readonly problem: FoldProblem };
  };
}

export interface EvaluationProgress {
  readonly type: 'evaluate/progress';
  readonly jobId: string;
  readonly done: number;
  readonly total: number;
}
