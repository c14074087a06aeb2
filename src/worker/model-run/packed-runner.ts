/** Runs a packed network with plain tfjs-core operations. Also the inside of the exported web page. */
import {
  add,
  clipByValue,
  concat,
  fused,
  matMul,
  mean,
  mul,
  pad,
  relu,
  softmax,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { PackedNetwork, PackedStep, Place } from '../../domain/packed-network.ts';

export interface PackedRunner {
  /** RGB bytes [count, size, size, 3] → probabilities [count, classes]. */
  run(pixels: Uint8Array | Float32Array, count: number): Promise<Float32Array>;
  dispose(): void;
}

type Conv = Extract<PackedStep, { kind: 'conv' | 'depthwise' }>;

/** Puts the weights onto the current backend; `dispose` takes them off again. */
export function createPackedRunner(network: PackedNetwork, numbers: Float32Array): PackedRunner {
  const kept = new Map<string, Tensor>();
  const values = ([start, length]: Place): Float32Array => numbers.subarray(start, start + length);
  for (const step of network.steps) keepWeights(step, values, kept);
  network.dense.forEach(({ kernel, bias, inputs, units }, i) => {
    kept.set(`dense ${i}`, tensor2d(values(kernel), [inputs, units]));
    if (bias !== null) kept.set(`dense ${i} bias`, tensor1d(values(bias)));
  });
  return {
    async run(pixels, count) {
      const output = tidy(() => forward(network, kept, pixels, count));
      try {
        return (await output.data()) as Float32Array;
      } finally {
        output.dispose();
      }
    },
    dispose() {
      for (const tensor of kept.values()) tensor.dispose();
      kept.clear();
    },
  };
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
    kept.set(`${step.name} scale`, tensor1d(values(step.scale)));
    kept.set(`${step.name} shift`, tensor1d(values(step.shift)));
  }
}

function forward(
  network: PackedNetwork,
  kept: ReadonlyMap<string, Tensor>,
  pixels: Uint8Array | Float32Array,
  count: number,
): Tensor2D {
  const { size, scaling, steps, dense } = network;
  const input = tensor4d(new Float32Array(pixels), [count, size, size, 3]);
  const results = new Map<string, Tensor>([
    [network.input, add(mul(input, scaling.scale), scaling.shift)],
  ]);
  const at = (name: string): Tensor => need(results, name);
  let last: Tensor = input;
  for (const step of steps) {
    last = runStep(step, at, (name) => need(kept, name));
    results.set(step.name, last);
  }
  dense.forEach((layer, i) => {
    const product = matMul(last as Tensor2D, need(kept, `dense ${i}`) as Tensor2D);
    const sums = layer.bias === null ? product : add(product, need(kept, `dense ${i} bias`));
    last = i === dense.length - 1 ? softmax(sums) : relu(sums);
  });
  return last as Tensor2D;
}

function need(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const found = tensors.get(name);
  if (found === undefined) throw new Error(`the network has no value "${name}"`);
  return found;
}

type Look = (name: string) => Tensor;

function runStep(step: PackedStep, at: Look, weights: Look): Tensor {
  switch (step.kind) {
    case 'conv':
    case 'depthwise':
      return convolve(step, at(step.input) as Tensor4D, weights);
    case 'affine':
      return add(mul(at(step.input), weights(`${step.name} scale`)), weights(`${step.name} shift`));
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

function convolve(step: Conv, input: Tensor4D, weights: Look): Tensor {
  const [top, bottom, left, right] = step.border;
  // The kernels add an even border themselves, without a copy of what they are given. Uneven ones are
  // padded first: not every backend's fused kernels take those.
  const isEven = top === bottom && top === left && top === right;
  const bordered = isEven
    ? input
    : pad(input, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]);
  const options = {
    x: bordered,
    filter: weights(step.name) as Tensor4D,
    strides: [...step.strides] as [number, number],
    pad: isEven && top > 0 ? top : ('valid' as const),
    bias: weights(`${step.name} bias`) as Tensor1D,
    activation: step.activation,
  };
  return step.kind === 'conv' ? fused.conv2d(options) : fused.depthwiseConv2d(options);
}
