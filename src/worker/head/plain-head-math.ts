/** Head training on typed arrays: the cpu path, several times faster there than TensorFlow.js. */
import { softmaxRows } from '../../domain/head-forward.ts';
import type { HeadMath, HeadMathInputs, HeadStep } from './head-math.ts';
import { multiplyByRows, multiplyTransposed } from './plain-kernels.ts';
import { createPlainOptimizer, type PlainLayer } from './plain-optimizer.ts';
import { gatherRows, type TrainingSet } from './training-set.ts';

export function createPlainHeadMath(inputs: HeadMathInputs): HeadMath {
  const { trainingSet, initial } = inputs;
  const { stride, classCount } = trainingSet;
  const hidden = initial.hidden === null ? null : layerOf(initial.hidden, stride);
  const outputStride = initial.output.length / classCount;
  const output = layerOf(initial.output, outputStride);
  const units = hidden === null ? 0 : hidden.values.length / stride;
  const layers = hidden === null ? [output] : [hidden, output];
  const optimizer = createPlainOptimizer(layers, inputs.optimizer, inputs.resume);
  const all = createForward(trainingSet.inputs, trainingSet.rowCount);
  let order: Int32Array = new Int32Array(0);
  let batch = createBatch(0);

  /** Forward pass over `rows` inputs; keeps the activations for the backward pass. */
  function createForward(x: Float32Array, rows: number) {
    const activations = hidden === null ? x : new Float32Array(rows * outputStride).fill(1);
    const logits = new Float32Array(rows * classCount);
    function run(count: number, mask: Float32Array | null): void {
      if (hidden !== null) {
        multiplyByRows(x, hidden.values, activations, count, stride, units, outputStride);
        reluRows(activations, count, units);
      }
      if (mask !== null) maskRows(activations, mask, count, outputStride - 1);
      multiplyByRows(
        activations,
        output.values,
        logits,
        count,
        outputStride,
        classCount,
        classCount,
      );
    }
    return { activations, logits, run };
  }

  function createBatch(size: number) {
    const x = new Float32Array(size * stride);
    return {
      size,
      x,
      forward: createForward(x, size),
      targets: new Float32Array(size * classCount),
      backward: new Float32Array(hidden === null ? 0 : size * units),
    };
  }

  function step({ begin, end, learningRate, dropoutMask }: HeadStep): void {
    const count = end - begin;
    if (batch.size < count) batch = createBatch(count);
    gatherRows(trainingSet.inputs, stride, order, begin, end, batch.x);
    gatherRows(trainingSet.targets, classCount, order, begin, end, batch.targets);
    const { activations, logits, run } = batch.forward;
    run(count, dropoutMask);
    const error = lossGradient(logits, batch.targets, trainingSet, order, begin, end);
    multiplyTransposed(
      error,
      activations,
      output.gradient,
      count,
      classCount,
      outputStride,
      classCount,
    );
    if (hidden !== null) {
      backThroughHidden(batch.backward, error, output.values, activations, dropoutMask, count);
      multiplyTransposed(batch.backward, batch.x, hidden.gradient, count, units, stride, units);
    }
    clipGlobalNorm(layers, inputs.gradientClip);
    optimizer.apply(learningRate);
  }

  /** backward[r, h] = Σ_c error[r, c]·w[c, h], where the unit was on, times its dropout factor. */
  function backThroughHidden(
    backward: Float32Array,
    error: Float32Array,
    w: Float32Array,
    activations: Float32Array,
    mask: Float32Array | null,
    count: number,
  ): void {
    for (let row = 0; row < count; row++) {
      for (let h = 0; h < units; h++) {
        let sum = 0;
        // An activation of 0 means switched off by ReLU or by dropout: no gradient either way.
        if (activations[row * outputStride + h]! > 0) {
          for (let c = 0; c < classCount; c++) {
            sum += error[row * classCount + c]! * w[c * outputStride + h]!;
          }
          if (mask !== null) sum *= mask[row * units + h]!;
        }
        backward[row * units + h] = sum;
      }
    }
  }

  return {
    kind: 'plain',
    beginEpoch(newOrder) {
      order = newOrder;
    },
    step,
    logits() {
      all.run(trainingSet.rowCount, null);
      return Promise.resolve(all.logits);
    },
    parameters: () =>
      Promise.resolve({ hidden: hidden?.values.slice() ?? null, output: output.values.slice() }),
    layers() {
      const memory = optimizer.memory();
      return Promise.resolve(
        layers.map(({ values }, i) => ({
          values: values.slice(),
          first: memory[i]?.first ?? null,
          second: memory[i]?.second ?? null,
        })),
      );
    },
    dispose() {
      // Typed arrays only: nothing to hand back.
    },
  };
}

function layerOf(values: Float32Array, stride: number): PlainLayer {
  return { values: values.slice(), gradient: new Float32Array(values.length), stride };
}

/** ReLU on the first `units` columns; the last column stays 1 for the bias. */
function reluRows(activations: Float32Array, rows: number, units: number): void {
  const stride = units + 1;
  for (let row = 0; row < rows; row++) {
    for (let h = row * stride; h < row * stride + units; h++) {
      // Written so that NaN passes through: divergence must be seen, not hidden.
      if (activations[h]! < 0) activations[h] = 0;
    }
  }
}

function maskRows(values: Float32Array, mask: Float32Array, rows: number, width: number): void {
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < width; k++) values[row * (width + 1) + k]! *= mask[row * width + k]!;
  }
}

/** (softmax − target)·weight / count: gradient of the batch's mean loss with respect to the logits. */
function lossGradient(
  logits: Float32Array,
  targets: Float32Array,
  trainingSet: TrainingSet,
  order: Int32Array,
  begin: number,
  end: number,
): Float32Array {
  const { classCount, rowWeights } = trainingSet;
  const count = end - begin;
  const gradient = softmaxRows(logits.subarray(0, count * classCount), classCount);
  for (let row = 0; row < count; row++) {
    const weight = (rowWeights === null ? 1 : rowWeights[order[begin + row]!]!) / count;
    for (let k = row * classCount; k < (row + 1) * classCount; k++) {
      gradient[k] = (gradient[k]! - targets[k]!) * weight;
    }
  }
  return gradient;
}

/** Pascanu, Mikolov & Bengio, ICML 2013: all gradients together are scaled down to `limit`. */
function clipGlobalNorm(layers: readonly PlainLayer[], limit: number): void {
  if (limit <= 0) return;
  let squares = 0;
  for (const { gradient } of layers) for (const g of gradient) squares += g * g;
  const norm = Math.sqrt(squares);
  if (norm <= limit) return;
  const factor = limit / norm;
  for (const { gradient } of layers) {
    for (let i = 0; i < gradient.length; i++) gradient[i]! *= factor;
  }
}
