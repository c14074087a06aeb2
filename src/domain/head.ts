/**
 * The classification head: the small network on top of a frozen backbone's embeddings.
 * Weights are plain typed arrays so that every thread, export and test computes with the same numbers.
 */

export interface HeadWeights {
  /** Width of the embedding. */
  readonly inputDim: number;
  /** 0 = linear head (multinomial logistic regression). */
  readonly hiddenUnits: number;
  readonly classCount: number;
  /**
   * Standardisation applied to embeddings before the head: (x - mean) / scale, each [inputDim],
   * measured on the training side only. Null: embeddings go in as they are.
   */
  readonly standardisation: { readonly mean: Float32Array; readonly scale: Float32Array } | null;
  /** [inputDim, hiddenUnits] row-major and [hiddenUnits]; null for a linear head. ReLU follows. */
  readonly hiddenKernel: Float32Array | null;
  readonly hiddenBias: Float32Array | null;
  /** [hiddenUnits or inputDim, classCount] row-major. */
  readonly outputKernel: Float32Array;
  /** [classCount] */
  readonly outputBias: Float32Array;
}
