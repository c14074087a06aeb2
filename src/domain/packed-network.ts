/**
 * A whole model, pixels to probabilities, as JSON and one block of numbers: what the self-contained
 * web page carries and what a worker can run without any file format around it.
 */

/** Where a tensor lies in the block: first number and how many. */
export type Place = readonly [start: number, length: number];

export type PackedActivation = 'linear' | 'relu' | 'relu6';

export type PackedStep =
  | {
      readonly kind: 'conv' | 'depthwise';
      readonly name: string;
      readonly input: string;
      readonly kernel: Place;
      /** [height, width, inputs, outputs]; depthwise [height, width, channels, 1]. */
      readonly shape: readonly [number, number, number, number];
      readonly bias: Place;
      readonly strides: readonly [number, number];
      /** Pixels at the top, bottom, left, right. */
      readonly border: readonly [number, number, number, number];
      readonly activation: PackedActivation;
    }
  | {
      readonly kind: 'affine';
      readonly name: string;
      readonly input: string;
      readonly scale: Place;
      readonly shift: Place;
    }
  | { readonly kind: 'add'; readonly name: string; readonly inputs: readonly [string, string] }
  /** Channel after channel. */
  | { readonly kind: 'join'; readonly name: string; readonly inputs: readonly string[] }
  | {
      readonly kind: 'activation';
      readonly name: string;
      readonly input: string;
      readonly activation: Exclude<PackedActivation, 'linear'>;
    }
  | { readonly kind: 'pool'; readonly name: string; readonly input: string };

export interface PackedDense {
  readonly kernel: Place;
  readonly bias: Place | null;
  readonly inputs: number;
  readonly units: number;
}

export interface PackedNetwork {
  readonly format: 'headstart-network';
  readonly version: 1;
  /** Side of the square input in pixels. */
  readonly size: number;
  /** pixel · scale + shift is what the first step reads. */
  readonly scaling: { readonly scale: number; readonly shift: number };
  readonly input: string;
  readonly steps: readonly PackedStep[];
  /** ReLU after each but the last, softmax after the last. */
  readonly dense: readonly PackedDense[];
  /** Numbers in the block. */
  readonly length: number;
}
