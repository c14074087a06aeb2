/** Runs a packed network, pixels to probabilities. Also the inside of the exported web page. */
import {
  add,
  matMul,
  mul,
  relu,
  softmax,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { PackedNetwork, Place } from '../../domain/packed-network.ts';
import { createStepRunner, type StepRunner } from './step-runner.ts';

export interface PackedRunner {
  /** RGB bytes [count, size, size, 3] → probabilities [count, classes]. */
  run(pixels: Uint8Array | Float32Array, count: number): Promise<Float32Array>;
  dispose(): void;
}

interface DenseWeights {
  readonly kernel: Tensor2D;
  readonly bias: Tensor | null;
}

/** Puts the weights onto the current backend; `dispose` takes them off again. */
export function createPackedRunner(network: PackedNetwork, numbers: Float32Array): PackedRunner {
  const values = ([start, length]: Place): Float32Array => numbers.subarray(start, start + length);
  const backbone = createStepRunner(network.input, network.steps, numbers);
  const dense = network.dense.map(({ kernel, bias, inputs, units }): DenseWeights => ({
    kernel: tensor2d(values(kernel), [inputs, units]),
    bias: bias === null ? null : tensor1d(values(bias)),
  }));
  return {
    async run(pixels, count) {
      const output = tidy(() => forward(network, backbone, dense, pixels, count));
      try {
        return (await output.data()) as Float32Array;
      } finally {
        output.dispose();
      }
    },
    dispose() {
      backbone.dispose();
      for (const { kernel, bias } of dense) {
        kernel.dispose();
        bias?.dispose();
      }
    },
  };
}

function forward(
  { size, scaling, steps }: PackedNetwork,
  backbone: StepRunner,
  dense: readonly DenseWeights[],
  pixels: Uint8Array | Float32Array,
  count: number,
): Tensor2D {
  const input = tensor4d(new Float32Array(pixels), [count, size, size, 3]);
  const scaled = add<Tensor4D>(mul(input, scaling.scale), scaling.shift);
  const embedding = backbone.run(scaled).get(steps.at(-1)?.name ?? '');
  if (embedding === undefined) throw new Error('the network has no steps');
  return dense.reduce((last, { kernel, bias }, i) => {
    const product: Tensor2D = matMul(last, kernel);
    const sums = bias === null ? product : add<Tensor2D>(product, bias);
    return i === dense.length - 1 ? softmax(sums) : relu(sums);
  }, embedding as Tensor2D);
}
