/**
 * A convolutional network in the few terms that MobileNets need, whatever file it came from. Exports
 * are written from this. Values are [n, height, width, channels]; padding is always in pixels.
 */
export type Activation = 'linear' | 'relu' | 'relu6';

export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface ConvStep {
  /** Depthwise: each channel by itself. */
  readonly kind: 'conv' | 'depthwise';
  readonly name: string;
  readonly input: string;
  /** [height, width, inputs, outputs]; depthwise [height, width, channels, 1]. Row-major. */
  readonly kernel: Float32Array;
  readonly kernelShape: readonly [number, number, number, number];
  /** One per output channel. */
  readonly bias: Float32Array;
  readonly strides: readonly [number, number];
  readonly padding: Padding;
  readonly activation: Activation;
}

export interface AffineStep {
  /** x · scale + shift, one pair per channel. */
  readonly kind: 'affine';
  readonly name: string;
  readonly input: string;
  readonly scale: Float32Array;
  readonly shift: Float32Array;
}

export interface AddStep {
  readonly kind: 'add';
  readonly name: string;
  readonly inputs: readonly [string, string];
}

/** Maps of one size behind each other, channel after channel. */
export interface JoinStep {
  readonly kind: 'join';
  readonly name: string;
  readonly inputs: readonly string[];
}

export interface ActivationStep {
  readonly kind: 'activation';
  readonly name: string;
  readonly input: string;
  readonly activation: Exclude<Activation, 'linear'>;
}

/** Mean over all places: [n, channels]. Always the last step. */
export interface PoolStep {
  readonly kind: 'pool';
  readonly name: string;
  readonly input: string;
}

export type NetworkStep = ConvStep | AffineStep | AddStep | JoinStep | ActivationStep | PoolStep;

export interface Network {
  /** Name of the input [n, size, size, 3]. */
  readonly input: string;
  readonly size: number;
  /** In an order in which they can be computed. */
  readonly steps: readonly NetworkStep[];
  /** Numbers in the embedding. */
  readonly width: number;
}

export const NO_PADDING: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/** TensorFlow's "SAME": what is missing, the odd pixel at the bottom and on the right. */
export function samePadding(
  height: number,
  width: number,
  kernel: readonly [number, number],
  strides: readonly [number, number],
): Padding {
  const missing = (side: number, field: number, stride: number): number =>
    Math.max(0, (Math.ceil(side / stride) - 1) * stride + field - side);
  const down = missing(height, kernel[0], strides[0]);
  const across = missing(width, kernel[1], strides[1]);
  const top = Math.floor(down / 2);
  const left = Math.floor(across / 2);
  return { top, bottom: down - top, left, right: across - left };
}

export function isSamePadding(a: Padding, b: Padding): boolean {
  return a.top === b.top && a.bottom === b.bottom && a.left === b.left && a.right === b.right;
}

export function outputSide(side: number, padding: number, kernel: number, stride: number): number {
  return Math.floor((side + padding - kernel) / stride) + 1;
}

export function inputsOf(step: NetworkStep): readonly string[] {
  return 'inputs' in step ? step.inputs : [step.input];
}
