/** Everything a person can set before pressing Train. Ranges and defaults live in `HYPERPARAMETER_SPECS`. */

export type OptimizerName = 'sgd' | 'momentum' | 'rmsprop' | 'adam' | 'adamw';
export type ScheduleName = 'constant' | 'cosine' | 'one-cycle' | 'step';
export type MonitoredMetric = 'validation-loss' | 'validation-accuracy';

export interface Hyperparameters {
  // how long
  readonly epochs: number;
  // how fast
  readonly learningRate: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerName;
  /** Momentum coefficient; used by `momentum` and `rmsprop` alone. */
  readonly momentum: number;
  readonly schedule: ScheduleName;
  /** Share of all steps spent raising the learning rate linearly from 0, 0 to 0.5. */
  readonly warmup: number;
  // how big
  readonly hiddenUnits: number;
  // how held back
  readonly dropout: number;
  /** Decoupled for adamw (Loshchilov & Hutter 2019), an L2 gradient term elsewhere; never on biases. */
  readonly weightDecay: number;
  readonly labelSmoothing: number;
  /** Weigh each class by n / (classes · count), so rare classes count as much as common ones. */
  readonly balanceClasses: boolean;
  readonly standardise: boolean;
  /** Largest global gradient norm; 0 = no clipping. */
  readonly gradientClip: number;
  // more from each photo
  /** Changed copies of every training photo, embedded once and trained on beside it; 0 = none. */
  readonly augmentCopies: number;
  readonly augmentFlip: boolean;
  readonly augmentCrop: boolean;
  readonly augmentRotate: boolean;
  readonly augmentColour: boolean;
  readonly augmentBlur: boolean;
  readonly augmentErase: boolean;
  // when to stop
  readonly earlyStopping: boolean;
  readonly monitor: MonitoredMetric;
  readonly patience: number;
  readonly minDelta: number;
  /** Teaching mode: go on after the stopping point to show what would have happened. */
  readonly continueAfterStop: boolean;
  // chance
  readonly seed: number;
}
