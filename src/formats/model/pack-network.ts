/** Packs backbone and head for the web page: JSON and one block of numbers. */
import { joinFloats } from '../../domain/join-blocks.ts';
import type { PackedDense, PackedNetwork, PackedStep, Place } from '../../domain/packed-network.ts';
import type { FoldedHead } from './fold-head.ts';
import type { InputScaling } from './layers-model.ts';
import type { Network, NetworkStep } from './network.ts';

export interface Packed {
  readonly network: PackedNetwork;
  readonly numbers: Float32Array<ArrayBuffer>;
}

export function packNetwork(source: Network, scaling: InputScaling, head: FoldedHead): Packed {
  const { put, joined } = createBlock();
  const steps = source.steps.map((step) => packStep(step, put));
  const layers = head.hidden === null ? [head.output] : [head.hidden, head.output];
  const dense = layers.map(({ kernel, bias, inputs, units }): PackedDense => ({
    kernel: put(kernel),
    bias: bias === null ? null : put(bias),
    inputs,
    units,
  }));
  const numbers = joined();
  const { input, size } = source;
  return {
    network: {
      format: 'headstart-network',
      version: 1,
      size,
      scaling,
      input,
      steps,
      dense,
      length: numbers.length,
    },
    numbers,
  };
}

/** The backbone by itself: what the engine runs when it embeds. */
export function packSteps(source: Network): {
  readonly steps: readonly PackedStep[];
  readonly numbers: Float32Array<ArrayBuffer>;
} {
  const { put, joined } = createBlock();
  return { steps: source.steps.map((step) => packStep(step, put)), numbers: joined() };
}

function createBlock(): {
  readonly put: (values: Float32Array) => Place;
  readonly joined: () => Float32Array<ArrayBuffer>;
} {
  const parts: Float32Array[] = [];
  let length = 0;
  return {
    put(values) {
      parts.push(values);
      length += values.length;
      return [length - values.length, values.length];
    },
    joined: () => joinFloats(parts),
  };
}

function packStep(step: NetworkStep, put: (values: Float32Array) => Place): PackedStep {
  switch (step.kind) {
    case 'conv':
    case 'depthwise': {
      const { kind, name, input, kernelShape, strides, activation, padding } = step;
      return {
        kind,
        name,
        input,
        kernel: put(step.kernel),
        shape: kernelShape,
        bias: put(step.bias),
        strides,
        border: [padding.top, padding.bottom, padding.left, padding.right],
        activation,
      };
    }
    case 'affine':
      return { ...step, scale: put(step.scale), shift: put(step.shift) };
    case 'add':
    case 'join':
    case 'activation':
    case 'pool':
      return step;
  }
}
