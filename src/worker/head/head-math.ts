/**
 * The arithmetic of head training as an interface, so that one training loop drives two
 * implementations: `createPlainHeadMath` (typed arrays, the cpu path) and `createTensorHeadMath`
 * (TensorFlow.js ops, whichever backend is open). All chance (initial weights, order, dropout masks)
 * comes in from outside, so both see the same numbers and give the same curves up to rounding.
 */
import type { LayerPoint } from '../../domain/unfinished-run.ts';
import type { HeadParameters } from './head-parameters.ts';
import type { OptimizerSettings } from './optimizer-rules.ts';
import type { TrainingSet } from './training-set.ts';

export interface HeadMathInputs {
  readonly trainingSet: TrainingSet;
  /** Copied; the caller's arrays are not written to. */
  readonly initial: HeadParameters;
  readonly optimizer: OptimizerSettings;
  /** Largest global gradient norm; 0 = no clipping. */
  readonly gradientClip: number;
  /** Of a run that goes on: the optimizer's memory of each layer, and the steps taken so far. */
  readonly resume?: OptimizerMemory;
}

export interface OptimizerMemory {
  /** The hidden layer's first, if there is one. */
  readonly layers: readonly Pick<LayerPoint, 'first' | 'second'>[];
  readonly steps: number;
}

export interface HeadStep {
  /** Positions `begin`..`end`−1 of the epoch's order form the batch. */
  readonly begin: number;
  readonly end: number;
  readonly learningRate: number;
  /**
   * Inverted-dropout factors [end − begin, width] row-major for what enters the output layer (hidden
   * activations, or the inputs of a linear head): 0 or 1/(1 − rate). Null: no dropout.
   */
  readonly dropoutMask: Float32Array | null;
}

export interface HeadMath {
  readonly kind: 'plain' | 'tensor';
  /** `order`: every training row number once, in the order the epoch takes them. */
  beginEpoch(order: Int32Array): void;
  /** One batch: gradient and parameter update. On a GPU it is only queued. */
  step(step: HeadStep): void;
  /** Logits [rows, classCount] of all rows, dropout off. Valid until the next call. */
  logits(): Promise<Float32Array>;
  /** A copy of the parameters as they are after the steps so far. */
  parameters(): Promise<HeadParameters>;
  /** A copy of the parameters with the optimizer's memory, the hidden layer's first. */
  layers(): Promise<readonly LayerPoint[]>;
  /** Disposes every tensor it holds. */
  dispose(): void;
}

export type CreateHeadMath = (inputs: HeadMathInputs) => HeadMath;
