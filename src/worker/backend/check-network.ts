/**
 * A small fixed network that touches the kernels the product depends on, for comparing a backend
 * with a stored reference. Real devices do return zeros or wrong gradients without any error
 * (tfjs#8590, tfjs#7733).
 *
 * images [2, 8, 8, 3] → convolution 3×3 stride 2 → ReLU6 → depthwise 3×3 → ReLU6
 * → 1×1 convolution (as a matrix product) → ReLU → mean over space [2, 6]
 * → dense [5] → ReLU → dense [3] → softmax cross-entropy.
 */

/** Shape of every fixed array, row-major. */
export const CHECK_SHAPES = {
  images: [2, 8, 8, 3],
  convolutionKernel: [3, 3, 3, 4],
  depthwiseKernel: [3, 3, 4, 1],
  pointwiseKernel: [4, 6],
  hiddenKernel: [6, 5],
  outputKernel: [5, 3],
} as const;

/** Kernels whose gradient is compared. The convolutions are left out: wasm has no gradient for them. */
export const CHECK_GRADIENTS = ['pointwiseKernel', 'hiddenKernel', 'outputKernel'] as const;
export type CheckGradientName = (typeof CHECK_GRADIENTS)[number];

export const CHECK_LABELS = [0, 2] as const;

/** Amplitude and frequency of each array's sine; chosen so that no ReLU kills a whole layer. */
const WAVES: Readonly<Record<keyof typeof CHECK_SHAPES, readonly [number, number]>> = {
  images: [1, 0.37],
  convolutionKernel: [0.9, 1.31],
  depthwiseKernel: [1.1, 0.53],
  pointwiseKernel: [1.2, 0.91],
  hiddenKernel: [1.3, 1.73],
  outputKernel: [1.5, 2.17],
};

export interface CheckReference {
  /** [2, 3] logits, then the loss. */
  readonly forward: readonly number[];
  /** Gradients of the loss, in the order of CHECK_GRADIENTS, row-major. */
  readonly gradients: Readonly<Record<CheckGradientName, readonly number[]>>;
}

/** The fixed values of one array: amplitude · sin(frequency · i + 0.5). Doubles, not rounded. */
export function checkValues(name: keyof typeof CHECK_SHAPES): number[] {
  const [amplitude, frequency] = WAVES[name];
  const shape: readonly number[] = CHECK_SHAPES[name];
  const length = shape.reduce((product, side) => product * side, 1);
  return Array.from({ length }, (_unused, i) => amplitude * Math.sin(frequency * i + 0.5));
}
