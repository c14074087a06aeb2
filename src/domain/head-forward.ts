/**
 * The head's forward pass in plain typed arrays: embeddings in, logits or probabilities out. Used for
 * every prediction in the product, on every thread, whichever backend trained the head.
 */
import type { HeadWeights } from './head.ts';

/**
 * Logits of `count` embeddings. `embeddings` is [count, inputDim] row-major; the result is
 * [count, classCount]. Throws RangeError when the sizes do not fit.
 */
export function headLogits(
  head: HeadWeights,
  embeddings: Float32Array,
  count: number,
): Float32Array {
  if (embeddings.length !== count * head.inputDim) {
    throw new RangeError(
      `embeddings hold ${embeddings.length} numbers, not ${count} × ${head.inputDim}`,
    );
  }
  const inputs = standardised(head, embeddings, count);
  if (head.hiddenKernel === null || head.hiddenBias === null) {
    return denseLayer(inputs, count, head.inputDim, head.outputKernel, head.outputBias, false);
  }
  const hidden = denseLayer(inputs, count, head.inputDim, head.hiddenKernel, head.hiddenBias, true);
  return denseLayer(hidden, count, head.hiddenUnits, head.outputKernel, head.outputBias, false);
}

/** Class probabilities [count, classCount]; see `headLogits` and `softmaxRows`. */
export function headProbabilities(
  head: HeadWeights,
  embeddings: Float32Array,
  count: number,
  temperature = 1,
): Float32Array {
  return softmaxRows(headLogits(head, embeddings, count), head.classCount, temperature);
}

/**
 * Softmax of each row of `logits` [rows, classCount], divided by `temperature` first (Guo et al., "On
 * calibration of modern neural networks", ICML 2017). The row's maximum is taken off before
 * exponentiating, so large logits cannot overflow. Writes to a new array.
 */
export function softmaxRows(
  logits: Float32Array,
  classCount: number,
  temperature = 1,
): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classCount) {
    let highest = -Infinity;
    for (let k = 0; k < classCount; k++) highest = Math.max(highest, logits[start + k] ?? 0);
    let sum = 0;
    for (let k = 0; k < classCount; k++) {
      const value = Math.exp(((logits[start + k] ?? 0) - highest) / temperature);
      probabilities[start + k] = value;
      sum += value;
    }
    for (let k = 0; k < classCount; k++) {
      probabilities[start + k] = (probabilities[start + k] ?? 0) / sum;
    }
  }
  return probabilities;
}

function standardised(head: HeadWeights, embeddings: Float32Array, count: number): Float32Array {
  if (head.standardisation === null) return embeddings;
  const { mean, scale } = head.standardisation;
  const dim = head.inputDim;
  const result = new Float32Array(embeddings.length);
  for (let row = 0; row < count; row++) {
    const start = row * dim;
    for (let d = 0; d < dim; d++) {
      result[start + d] = ((embeddings[start + d] ?? 0) - (mean[d] ?? 0)) / (scale[d] ?? 1);
    }
  }
  return result;
}

/** inputs [count, inputDim] · kernel [inputDim, units] + bias, then ReLU if asked. */
function denseLayer(
  inputs: Float32Array,
  count: number,
  inputDim: number,
  kernel: Float32Array,
  bias: Float32Array,
  relu: boolean,
): Float32Array {
  const units = bias.length;
  const result = new Float32Array(count * units);
  // Sums are kept in double precision and rounded once.
  const sums = new Float64Array(units);
  for (let row = 0; row < count; row++) {
    sums.set(bias);
    const start = row * inputDim;
    for (let d = 0; d < inputDim; d++) {
      const input = inputs[start + d] ?? 0;
      // Embeddings and hidden units come out of a ReLU: many are exactly zero.
      if (input === 0) continue;
      const kernelRow = d * units;
      for (let u = 0; u < units; u++) {
        sums[u] = (sums[u] ?? 0) + input * (kernel[kernelRow + u] ?? 0);
      }
    }
    for (let u = 0; u < units; u++) {
      const sum = sums[u] ?? 0;
      result[row * units + u] = relu && sum < 0 ? 0 : sum;
    }
  }
  return result;
}
