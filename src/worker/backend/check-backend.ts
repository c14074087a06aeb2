/** Runs the fixed network on the current backend and compares it with the stored reference. */
import {
  conv2d,
  depthwiseConv2d,
  div,
  expandDims,
  logSoftmax,
  matMul,
  mean,
  mul,
  neg,
  oneHot,
  relu,
  relu6,
  reshape,
  softmax,
  step,
  sub,
  sum,
  tensor,
  tensor1d,
  tidy,
  tile,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import {
  CHECK_GRADIENTS,
  CHECK_LABELS,
  CHECK_SHAPES,
  checkValues,
  type CheckReference,
} from './check-network.ts';
import { CHECK_REFERENCE } from './check-reference.ts';

/**
 * Largest share of the reference's largest value that a backend may be off. Half-precision GPUs
 * reach about 0.002; broken ones are off by the whole value.
 */
export const CHECK_TOLERANCE = 0.02;

export interface CheckResult {
  readonly right: boolean;
  /** Largest absolute differences; Infinity where a value is not a number. */
  readonly forwardError: number;
  readonly gradientError: number;
}

/** Computes on the current backend; leaves no tensors behind. */
export async function checkBackend(): Promise<CheckResult> {
  const { forward, gradients } = await runCheckNetwork();
  const wantedGradients = CHECK_GRADIENTS.flatMap((name) => CHECK_REFERENCE.gradients[name]);
  const gotGradients = CHECK_GRADIENTS.flatMap((name) => gradients[name]);
  const forwardError = largestDifference(forward, CHECK_REFERENCE.forward);
  const gradientError = largestDifference(gotGradients, wantedGradients);
  const right =
    forwardError <= CHECK_TOLERANCE * largestOf(CHECK_REFERENCE.forward) &&
    gradientError <= CHECK_TOLERANCE * largestOf(wantedGradients);
  return { right, forwardError, gradientError };
}

async function runCheckNetwork(): Promise<CheckReference> {
  const tensors = tidy(() => {
    const features = tidy(spatialFeatures);
    const batch = CHECK_SHAPES.images[0];
    const positions = features.shape[0] / batch;
    const pointwise = load('pointwiseKernel') as Tensor2D;
    const hiddenKernel = load('hiddenKernel') as Tensor2D;
    const outputKernel = load('outputKernel') as Tensor2D;
    const targets = oneHot(tensor1d([...CHECK_LABELS], 'int32'), CHECK_SHAPES.outputKernel[1]);

    const mixed = matMul(features, pointwise);
    const pooled: Tensor2D = mean(reshape(relu(mixed), [batch, positions, -1]), 1);
    const hidden = matMul(pooled, hiddenKernel);
    const logits = matMul(relu(hidden), outputKernel);
    const loss = neg(mean(sum(mul(targets, logSoftmax(logits)), 1)));

    // Backpropagation step by step, with the kernels that training a head uses.
    const dLogits = div(sub(softmax(logits), targets), batch);
    const outputGradient = matMul(relu(hidden), dLogits, true, false);
    const dHidden = mul(matMul(dLogits, outputKernel, false, true), step(hidden));
    const hiddenGradient = matMul(pooled, dHidden as Tensor2D, true, false);
    const dPooled = matMul(dHidden as Tensor2D, hiddenKernel, false, true);
    const spread = tile(expandDims(div(dPooled, positions), 1), [1, positions, 1]);
    const dMixed = mul(reshape(spread, mixed.shape), step(mixed));
    const pointwiseGradient = matMul(features, dMixed as Tensor2D, true, false);
    return [logits, loss, pointwiseGradient, hiddenGradient, outputGradient];
  });
  try {
    const [logits, loss, ...gradients] = await Promise.all(
      tensors.map(async (one) => Array.from(await one.data())),
    );
    const [pointwiseKernel = [], hiddenKernel = [], outputKernel = []] = gradients;
    return {
      forward: [...(logits ?? []), ...(loss ?? [])],
      gradients: { pointwiseKernel, hiddenKernel, outputKernel },
    };
  } finally {
    for (const one of tensors) one.dispose();
  }
}

/** The two convolutions; [batch · height · width, channels]. */
function spatialFeatures(): Tensor2D {
  const convolved = relu6(
    conv2d(load('images') as Tensor4D, load('convolutionKernel') as Tensor4D, 2, 'same'),
  );
  const filtered = relu6(
    depthwiseConv2d(convolved, load('depthwiseKernel') as Tensor4D, 1, 'same'),
  );
  return reshape(filtered, [-1, CHECK_SHAPES.pointwiseKernel[0]]);
}

function load(name: keyof typeof CHECK_SHAPES): Tensor {
  return tensor(checkValues(name), [...CHECK_SHAPES[name]], 'float32');
}

function largestDifference(got: readonly number[], wanted: readonly number[]): number {
  if (got.length !== wanted.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < wanted.length; i++) {
    const difference = Math.abs((got[i] ?? NaN) - (wanted[i] ?? NaN));
    if (Number.isNaN(difference)) return Infinity;
    largest = Math.max(largest, difference);
  }
  return largest;
}

function largestOf(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}
