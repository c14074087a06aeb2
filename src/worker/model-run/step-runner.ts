/**
 * Runs the steps of a convolutional network with plain tfjs-core operations: the one way in which
 * the engine's layers backbones, an export's proof and the exported web page are computed.
 */
import {
  add,
  clipByValue,
  clone,
  concat,
  fused,
  mean,
  mul,
  pad,
  relu,
  scalar,
  tensor1d,
  tensor4d,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { PackedStep, Place } from '../../domain/packed-network.ts';

export interface StepRunner {
  /**
   * Values by name: that of the last step, and those in `wanted`. Call it inside tidy, or dispose of
   * what it gives; values in between are let go as soon as nobody reads them any more.
   */
  run(input: Tensor4D, wanted?: readonly string[]): ReadonlyMap<string, Tensor>;
  dispose(): void;
}

type Conv = Extract<PackedStep, { kind: 'conv' | 'depthwise' }>;
type Look = (name: string) => Tensor;
type Weights = ReadonlyMap<string, Tensor>;

/**
 * Puts the weights onto the current backend; `dispose` takes them off again.
 * @param input name under which the steps read what they are given
 * @param numbers the block in which the steps' weights lie
 */
export function createStepRunner(
  input: string,
  steps: readonly PackedStep[],
  numbers: Float32Array,
): StepRunner {
  const weights = new Map<string, Tensor>();
  const values = ([start, length]: Place): Float32Array => numbers.subarray(start, start + length);
  for (const step of steps) keepWeights(step, values, weights);
  const done = lastReads(steps);
  const last = steps.at(-1)?.name;
  return {
    run(given, wanted = []) {
      const keep = new Set([...wanted, input, ...(last === undefined ? [] : [last])]);
      const results = new Map<string, Tensor>([[input, given]]);
      steps.forEach((step, i) => {
        const value = runStep(step, (name) => need(results, name), weights);
        results.set(step.name, value);
        for (const name of done[i] ?? []) {
          if (keep.has(name)) continue;
          results.get(name)?.dispose();
          results.delete(name);
        }
      });
      // Whoever made it still owns it.
      results.delete(input);
      return results;
    },
    dispose() {
      for (const tensor of weights.values()) tensor.dispose();
      weights.clear();
    },
  };
}

/** For each step: the values that it is the last to read. A whole batch of maps is megabytes each. */
function lastReads(steps: readonly PackedStep[]): readonly (readonly string[])[] {
  const lastReader = new Map<string, number>();
  steps.forEach((step, i) => {
    for (const name of 'inputs' in step ? step.inputs : [step.input]) lastReader.set(name, i);
  });
  const done: string[][] = steps.map(() => []);
  for (const [name, i] of lastReader) done[i]?.push(name);
  return done;
}

function keepWeights(
  step: PackedStep,
  values: (place: Place) => Float32Array,
  kept: Map<string, Tensor>,
): void {
  if (step.kind === 'conv' || step.kind === 'depthwise') {
    kept.set(step.name, tensor4d(values(step.kernel), [...step.shape]));
    kept.set(`${step.name} bias`, tensor1d(values(step.bias)));
  } else if (step.kind === 'affine') {
    keepUnless(1, `${step.name} scale`, values(step.scale), kept);
    keepUnless(0, `${step.name} shift`, values(step.shift), kept);
  }
}

/**
 * Numbers that are all the same become one: spreading a row of them over a whole picture costs more
 * than a convolution. What would change nothing is left out.
 */
function keepUnless(
  neutral: number,
  name: string,
  values: Float32Array,
  kept: Map<string, Tensor>,
): void {
  const [first = neutral] = values;
  if (values.some((value) => value !== first)) kept.set(name, tensor1d(values));
  else if (first !== neutral) kept.set(name, scalar(first));
}

function need(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const found = tensors.get(name);
  if (found === undefined) throw new Error(`the network has no value "${name}"`);
  return found;
}

function runStep(step: PackedStep, at: Look, weights: Weights): Tensor {
  switch (step.kind) {
    case 'conv':
    case 'depthwise':
      return convolve(step, at(step.input) as Tensor4D, weights);
    case 'affine':
      return affine(step.name, at(step.input), weights);
    case 'add':
      return add(at(step.inputs[0]), at(step.inputs[1]));
    case 'join':
      return concat(step.inputs.map(at), 3);
    case 'activation':
      return step.activation === 'relu' ? relu(at(step.input)) : clipByValue(at(step.input), 0, 6);
    case 'pool':
      return mean(at(step.input), [1, 2]);
  }
}

function affine(name: string, input: Tensor, weights: Weights): Tensor {
  const scale = weights.get(`${name} scale`);
  const shift = weights.get(`${name} shift`);
  const scaled = scale === undefined ? input : mul(input, scale);
  if (shift !== undefined) return add(scaled, shift);
  // Its own tensor: the input is let go by itself.
  return scale === undefined ? clone(input) : scaled;
}

function convolve(step: Conv, input: Tensor4D, weights: Weights): Tensor {
  const border = kernelBorder(step, input);
  const [top, bottom, left, right] = step.border;
  const bordered =
    border === null
      ? pad(input, [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ])
      : input;
  const options = {
    x: bordered,
    filter: need(weights, step.name) as Tensor4D,
    strides: [...step.strides] as [number, number],
    pad: border ?? ('valid' as const),
    bias: need(weights, `${step.name} bias`) as Tensor1D,
    activation: step.activation,
  };
  return step.kind === 'conv' ? fused.conv2d(options) : fused.depthwiseConv2d(options);
}

/**
 * The border as the kernels add it themselves, without a copy of what they are given: an even one, or
 * TensorFlow's SAME. Null for any other: not every backend's fused kernels take those.
 */
function kernelBorder(step: Conv, input: Tensor4D): number | 'valid' | 'same' | null {
  const [top, bottom, left, right] = step.border;
  if (top === bottom && top === left && top === right) return top === 0 ? 'valid' : top;
  const [, height, width] = input.shape;
  const [down, across] = step.shape;
  const isSame =
    isSameBorder(height, down, step.strides[0], top, bottom) &&
    isSameBorder(width, across, step.strides[1], left, right);
  return isSame ? 'same' : null;
}

/** SAME fills up to the last stride, the odd pixel behind. */
function isSameBorder(
  side: number,
  field: number,
  stride: number,
  before: number,
  behind: number,
): boolean {
  const missing = Math.max(0, (Math.ceil(side / stride) - 1) * stride + field - side);
  return before === Math.floor(missing / 2) && before + behind === missing;
}
