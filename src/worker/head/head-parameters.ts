/**
 * Trainable numbers of a head in the layout the trainer works with, their random start, and the way
 * to and from `HeadWeights`. Each unit's weights lie together with its bias behind them ([units,
 * inputs + 1]): with a column of ones behind the inputs, one product does weights and bias together.
 */
import type { HeadWeights } from '../../domain/head.ts';
import { createRandom, deriveSeed } from '../../domain/random.ts';

export interface HeadShape {
  readonly inputDim: number;
  /** 0 = linear head. */
  readonly hiddenUnits: number;
  readonly classCount: number;
}

export interface HeadParameters {
  /** [hiddenUnits, inputDim + 1]; null for a linear head. */
  readonly hidden: Float32Array | null;
  /** [classCount, (hiddenUnits or inputDim) + 1] */
  readonly output: Float32Array;
}

/** Inputs of the output layer. */
export function outputFanIn(shape: HeadShape): number {
  return shape.hiddenUnits > 0 ? shape.hiddenUnits : shape.inputDim;
}

/**
 * Hidden layer: He normal (He et al., ICCV 2015). Output layer behind it: Glorot uniform (Glorot &
 * Bengio, AISTATS 2010). Biases 0. A linear head starts at 0: its loss is convex, there is no symmetry
 * to break, and a random start would only be noise to unlearn.
 */
export function initialParameters(shape: HeadShape, seed: number): HeadParameters {
  const random = createRandom(deriveSeed(seed, 'initial weights'));
  const fanIn = outputFanIn(shape);
  const output = new Float32Array(shape.classCount * (fanIn + 1));
  if (shape.hiddenUnits === 0) return { hidden: null, output };
  const deviation = Math.sqrt(2 / shape.inputDim);
  const hidden = new Float32Array(shape.hiddenUnits * (shape.inputDim + 1));
  fillWeights(hidden, shape.inputDim, () => deviation * random.normal());
  const limit = Math.sqrt(6 / (fanIn + shape.classCount));
  fillWeights(output, fanIn, () => limit * (2 * random.float() - 1));
  return { hidden, output };
}

function fillWeights(layer: Float32Array, fanIn: number, draw: () => number): void {
  const stride = fanIn + 1;
  for (let index = 0; index < layer.length; index++) {
    if (index % stride !== fanIn) layer[index] = draw();
  }
}

/** Bytes of one set of parameters. */
export function parameterBytes(shape: HeadShape): number {
  const hidden = shape.hiddenUnits * (shape.inputDim + 1);
  return 4 * (hidden + shape.classCount * (outputFanIn(shape) + 1));
}

export function toHeadWeights(
  parameters: HeadParameters,
  shape: HeadShape,
  standardisation: HeadWeights['standardisation'],
): HeadWeights {
  const output = splitLayer(parameters.output, shape.classCount, outputFanIn(shape));
  const hidden =
    parameters.hidden === null
      ? null
      : splitLayer(parameters.hidden, shape.hiddenUnits, shape.inputDim);
  return {
    inputDim: shape.inputDim,
    hiddenUnits: shape.hiddenUnits,
    classCount: shape.classCount,
    // Copied, so that each head can be transferred to another thread on its own.
    standardisation:
      standardisation === null
        ? null
        : { mean: standardisation.mean.slice(), scale: standardisation.scale.slice() },
    hiddenKernel: hidden?.kernel ?? null,
    hiddenBias: hidden?.bias ?? null,
    outputKernel: output.kernel,
    outputBias: output.bias,
  };
}

/** [units, fanIn + 1] → kernel [fanIn, units] and bias [units]. */
function splitLayer(
  layer: Float32Array,
  units: number,
  fanIn: number,
): { kernel: Float32Array; bias: Float32Array } {
  const kernel = new Float32Array(fanIn * units);
  const bias = new Float32Array(units);
  for (let u = 0; u < units; u++) {
    const row = u * (fanIn + 1);
    for (let d = 0; d < fanIn; d++) kernel[d * units + u] = layer[row + d] ?? 0;
    bias[u] = layer[row + fanIn] ?? 0;
  }
  return { kernel, bias };
}

/** The trainer's layout of a head: the way back from `toHeadWeights`. */
export function fromHeadWeights(head: HeadWeights): HeadParameters {
  const { hiddenKernel, hiddenBias, inputDim, hiddenUnits, classCount } = head;
  const output = joinLayer(head.outputKernel, head.outputBias, classCount, outputFanIn(head));
  if (hiddenKernel === null || hiddenBias === null) return { hidden: null, output };
  return { hidden: joinLayer(hiddenKernel, hiddenBias, hiddenUnits, inputDim), output };
}

/** kernel [fanIn, units] and bias [units] → [units, fanIn + 1] */
function joinLayer(
  kernel: Float32Array,
  bias: Float32Array,
  units: number,
  fanIn: number,
): Float32Array {
  const layer = new Float32Array(units * (fanIn + 1));
  for (let u = 0; u < units; u++) {
    const row = u * (fanIn + 1);
    for (let d = 0; d < fanIn; d++) layer[row + d] = kernel[d * units + u] ?? 0;
    layer[row + fanIn] = bias[u] ?? 0;
  }
  return layer;
}
