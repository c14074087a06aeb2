/** Measures the current backend on the two things it is chosen for. */
import {
  add,
  div,
  gather,
  matMul,
  mul,
  oneHot,
  softmax,
  sub,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { BackboneNetwork } from '../backbone/backbone-network.ts';
import { sineInput } from '../backbone/pixel-range.ts';
import { throwIfAborted } from '../dispatch.ts';
import { runBatch } from '../embed/embed-pixels.ts';
import { yieldToMessages } from '../embed/yield-to-messages.ts';

/** A usual small project: 300 photos, embeddings of 1280 numbers, linear head, batches of 16. */
const ROWS = 300;
const WIDTH = 1280;
const CLASSES = 3;
const BATCH = 16;
/** Steps between two looks at the result, so that reading back does not dominate on a GPU. */
const STEPS_PER_RUN = 10;
/** Enough for a median; fewer only when the budget is used up. */
const MOST_RUNS = 15;

/** Median pictures per second; the first (compiling) batch is left out. */
export async function timeImages(
  network: BackboneNetwork,
  imageBatch: number,
  budgetMs: number,
  signal: AbortSignal,
): Promise<number> {
  const picture = sineInput(network.card.inputSize, network.inputRange);
  const input = new Float32Array(picture.length * imageBatch);
  for (let i = 0; i < imageBatch; i++) input.set(picture, i * picture.length);
  const batchMs = await medianMs(() => runBatch(network, input, imageBatch), budgetMs, signal);
  return (imageBatch * 1000) / batchMs;
}

/** Median gradient steps of a linear head per second; the first run is left out. */
export async function timeHeadSteps(budgetMs: number, signal: AbortSignal): Promise<number> {
  const wave = (length: number): Float32Array =>
    Float32Array.from({ length }, (_unused, i) => Math.sin(i * 0.7));
  const rows = tensor2d(wave(ROWS * WIDTH), [ROWS, WIDTH]);
  const labels = tidy(() =>
    oneHot(tensor1d(Int32Array.from({ length: ROWS }, (_unused, i) => i % CLASSES)), CLASSES),
  );
  let weights: HeadTensors = {
    kernel: tensor2d(wave(WIDTH * CLASSES), [WIDTH, CLASSES]),
    bias: tensor1d(new Float32Array(CLASSES)),
  };
  const run = async (): Promise<void> => {
    for (let i = 0; i < STEPS_PER_RUN; i++) {
      const next = headStep(rows, labels, weights, i);
      weights.kernel.dispose();
      weights.bias.dispose();
      weights = next;
    }
    await weights.bias.data();
  };
  try {
    return (STEPS_PER_RUN * 1000) / (await medianMs(run, budgetMs, signal));
  } finally {
    for (const tensor of [rows, labels, weights.kernel, weights.bias]) tensor.dispose();
  }
}

interface HeadTensors {
  readonly kernel: Tensor2D;
  readonly bias: Tensor1D;
}

/** One step of softmax regression by gradient descent. The caller disposes of the old weights. */
function headStep(rows: Tensor2D, labels: Tensor, weights: HeadTensors, step: number): HeadTensors {
  return tidy(() => {
    const picks = Int32Array.from({ length: BATCH }, (_unused, i) => (step * 31 + i * 17) % ROWS);
    const indices = tensor1d(picks, 'int32');
    const x = gather(rows, indices);
    const logits = add(matMul(x, weights.kernel), weights.bias);
    const difference: Tensor2D = div(sub(softmax(logits), gather(labels, indices)), BATCH);
    const rate = 0.01;
    return {
      kernel: sub<Tensor2D>(weights.kernel, mul(matMul(x, difference, true, false), rate)),
      bias: sub<Tensor1D>(weights.bias, mul(sum(difference, 0), rate)),
    };
  });
}

/** Median wall time of `work` after one run that is not counted; at least one run is counted. */
async function medianMs(
  work: () => Promise<unknown>,
  budgetMs: number,
  signal: AbortSignal,
): Promise<number> {
  await work();
  const deadline = performance.now() + budgetMs;
  const times: number[] = [];
  do {
    await yieldToMessages();
    throwIfAborted(signal);
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  } while (times.length < MOST_RUNS && performance.now() < deadline);
  times.sort((a, b) => a - b);
  // Clocks are coarse in some browsers; a run never takes no time.
  return Math.max(0.01, times[Math.floor(times.length / 2)] as number);
}
