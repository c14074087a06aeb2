/** What is recorded about one epoch of training. */

export interface EpochMetrics {
  /** 1 for the first epoch. */
  readonly epoch: number;
  /**
   * Mean cross-entropy in nats per photo, measured after the epoch with dropout off, without the
   * weight-decay term and without label smoothing, so that both curves measure the same thing.
   */
  readonly trainLoss: number;
  /** In [0, 1]. */
  readonly trainAccuracy: number;
  /** Null when the validation side is empty. */
  readonly validationLoss: number | null;
  readonly validationAccuracy: number | null;
  /** Learning rate at the end of the epoch. */
  readonly learningRate: number;
  /** Wall-clock milliseconds since the run began, pauses left out. */
  readonly elapsedMs: number;
}
