/**
 * A head as plain dense layers: standardisation and temperature go into the weights, so that a reader
 * needs nothing but two matrix products, a ReLU and a softmax. Computed in double precision.
 */
import type { HeadWeights } from '../../domain/head.ts';

export interface DenseLayer {
  /** [inputs, units] row-major. */
  readonly kernel: Float32Array;
  /** [units]; null: none. */
  readonly bias: Float32Array | null;
  readonly inputs: number;
  readonly units: number;
}

export interface FoldedHead {
  /** ReLU follows; null for a linear head. */
  readonly hidden: DenseLayer | null;
  /** Softmax follows. */
  readonly output: DenseLayer;
}

export function foldHead(head: HeadWeights, temperature = 1): FoldedHead {
  const { inputDim, hiddenUnits, classCount } = head;
  const last = (inputs: number): DenseLayer => ({
    kernel: head.outputKernel.map((value) => value / temperature),
    bias: head.outputBias.map((value) => value / temperature),
    inputs,
    units: classCount,
  });
  if (head.hiddenKernel === null || head.hiddenBias === null) {
    return { hidden: null, output: standardised(last(inputDim), head.standardisation) };
  }
  const hidden: DenseLayer = {
    kernel: head.hiddenKernel,
    bias: head.hiddenBias,
    inputs: inputDim,
    units: hiddenUnits,
  };
  return { hidden: standardised(hidden, head.standardisation), output: last(hiddenUnits) };
}

/** ((x − mean) / scale) · W + b = x · (W / scale) + (b − (mean / scale) · W) */
function standardised(layer: DenseLayer, by: HeadWeights['standardisation']): DenseLayer {
  if (by === null) return layer;
  const { units, inputs } = layer;
  const kernel = new Float32Array(layer.kernel.length);
  const bias = Float64Array.from(layer.bias ?? new Float32Array(units));
  for (let d = 0; d < inputs; d++) {
    const scale = by.scale[d] ?? 1;
    const mean = by.mean[d] ?? 0;
    for (let u = 0; u < units; u++) {
      const weight = Math.fround((layer.kernel[d * units + u] ?? 0) / scale);
      kernel[d * units + u] = weight;
      // With the rounded weight, so that what is rounded off is rounded off twice the same way.
      bias[u] = (bias[u] ?? 0) - mean * weight;
    }
  }
  return { ...layer, kernel, bias: Float32Array.from(bias) };
}

/**
 * The same head in the shape that Teachable Machine gives its own: Dense with ReLU, then Dense
 * without a bias. The output's bias becomes one hidden unit that is always 1. A linear head z becomes
 * relu(z) − relu(−z). Both are exact.
 */
export function teachableHead({ hidden, output }: FoldedHead): FoldedHead {
  return hidden === null ? splitBySign(output) : biasAsUnit(hidden, output);
}

function biasAsUnit(hidden: DenseLayer, output: DenseLayer): FoldedHead {
  const units = hidden.units + 1;
  const kernel = new Float32Array(hidden.inputs * units);
  for (let d = 0; d < hidden.inputs; d++) {
    kernel.set(hidden.kernel.subarray(d * hidden.units, (d + 1) * hidden.units), d * units);
  }
  const bias = new Float32Array(units).fill(1);
  bias.set(hidden.bias ?? new Float32Array(hidden.units));
  const last = new Float32Array(units * output.units);
  last.set(output.kernel);
  last.set(output.bias ?? new Float32Array(output.units), hidden.units * output.units);
  return {
    hidden: { kernel, bias, inputs: hidden.inputs, units },
    output: { kernel: last, bias: null, inputs: units, units: output.units },
  };
}

function splitBySign(output: DenseLayer): FoldedHead {
  const { inputs, units: classes } = output;
  const units = 2 * classes;
  const kernel = new Float32Array(inputs * units);
  for (let d = 0; d < inputs; d++) {
    for (let c = 0; c < classes; c++) {
      const weight = output.kernel[d * classes + c] ?? 0;
      kernel[d * units + c] = weight;
      kernel[d * units + classes + c] = -weight;
    }
  }
  const bias = new Float32Array(units);
  const last = new Float32Array(units * classes);
  for (let c = 0; c < classes; c++) {
    bias[c] = output.bias?.[c] ?? 0;
    bias[classes + c] = -(output.bias?.[c] ?? 0);
    last[c * classes + c] = 1;
    last[(classes + c) * classes + c] = -1;
  }
  return {
    hidden: { kernel, bias, inputs, units },
    output: { kernel: last, bias: null, inputs: units, units: classes },
  };
}
