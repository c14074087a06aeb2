/**
 * Reads a convolutional TF.js layers model up to its embedding: the layers that Keras' MobileNets
 * consist of. Everything else is refused by name.
 */
import {
  configOf,
  inboundNames,
  inputSizeOf,
  pruneTo,
  type FunctionalLayer,
  type FunctionalModel,
} from './layers-topology.ts';
import { ModelFileError } from './model-file-error.ts';
import { NetworkBuilder } from './network-builder.ts';
import { batchNormAffine } from './network-from-graph.ts';
import type { Activation, Network } from './network.ts';
import type { NamedTensor } from './weights-manifest.ts';

type Tensors = ReadonlyMap<string, NamedTensor>;
type Config = Readonly<Record<string, unknown>>;

/** Throws ModelFileError. The value of layer `output`, pooled if need be, is the embedding. */
export function networkFromLayers(
  model: FunctionalModel,
  tensors: Tensors,
  output: string,
): Network {
  const pruned = pruneTo(model, output);
  const builder = new NetworkBuilder(model.input, inputSizeOf(model));
  for (const one of pruned.layers) if (one.name !== model.input) addLayer(builder, one, tensors);
  return builder.finish(output);
}

function addLayer(builder: NetworkBuilder, one: FunctionalLayer, tensors: Tensors): void {
  const config = configOf(one);
  const { name } = one;
  const [first = '', second = ''] = inboundNames(one);
  switch (one.class_name) {
    case 'Conv2D':
    case 'DepthwiseConv2D':
      addConv(builder, one, first, tensors);
      return;
    case 'BatchNormalization':
      addNormalisation(builder, name, first, config, tensors);
      return;
    case 'ZeroPadding2D': {
      const [[top, bottom], [left, right]] = pairOfPairs(name, config['padding']);
      builder.pad(name, first, { top, bottom, left, right });
      return;
    }
    case 'ReLU':
      builder.activation(name, first, reluOf(name, config['max_value']));
      return;
    case 'Activation':
      builder.activation(name, first, activationOf(name, config['activation']));
      return;
    case 'Add':
      builder.add(name, first, second);
      return;
    case 'Concatenate':
      if (![-1, 3].includes(Number(config['axis'] ?? -1))) {
        throw new ModelFileError('unsupported-layer', { name });
      }
      builder.join(name, inboundNames(one));
      return;
    case 'GlobalAveragePooling2D':
      builder.pool(name, first);
      return;
    case 'Dropout':
      builder.same(name, first);
      return;
    default:
      throw new ModelFileError('unsupported-layer', { name: `${one.class_name} (${name})` });
  }
}

function addConv(
  builder: NetworkBuilder,
  one: FunctionalLayer,
  input: string,
  tensors: Tensors,
): void {
  const config = configOf(one);
  const { name } = one;
  const kind = one.class_name === 'Conv2D' ? 'conv' : 'depthwise';
  const kernelName = kind === 'conv' ? 'kernel' : 'depthwise_kernel';
  const padding = config['padding'];
  const dilation = config['dilation_rate'] ?? 1;
  const isKnown =
    (padding === 'same' || padding === 'valid') &&
    (config['data_format'] ?? 'channels_last') === 'channels_last' &&
    (Array.isArray(dilation) ? dilation : [dilation]).every((side) => side === 1);
  if (!isKnown) throw new ModelFileError('unsupported-layer', { name });
  builder.conv(name, input, {
    kind,
    kernel: tensorOf(tensors, `${name}/${kernelName}`),
    bias: config['use_bias'] === false ? null : tensorOf(tensors, `${name}/bias`),
    strides: pair(name, config['strides']),
    padding,
    activation: activationOf(name, config['activation']),
  });
}

function addNormalisation(
  builder: NetworkBuilder,
  name: string,
  input: string,
  config: Config,
  tensors: Tensors,
): void {
  const mean = tensorOf(tensors, `${name}/moving_mean`).values;
  const { epsilon = 0.001 } = config;
  if (typeof epsilon !== 'number') throw new ModelFileError('unsupported-layer', { name });
  const { scale, shift } = batchNormAffine({
    gamma:
      config['scale'] === false
        ? new Float32Array(mean.length).fill(1)
        : tensorOf(tensors, `${name}/gamma`).values,
    beta:
      config['center'] === false
        ? new Float32Array(mean.length)
        : tensorOf(tensors, `${name}/beta`).values,
    mean,
    variance: tensorOf(tensors, `${name}/moving_variance`).values,
    epsilon,
  });
  builder.affine(name, input, scale, shift);
}

function tensorOf(tensors: Tensors, name: string): NamedTensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new ModelFileError('missing-weights', { name });
  return tensor;
}

function activationOf(name: string, value: unknown): Activation {
  if (value === undefined || value === null) return 'linear';
  if (value === 'linear' || value === 'relu' || value === 'relu6') return value;
  throw new ModelFileError('unsupported-layer', { name: `${JSON.stringify(value)} (${name})` });
}

function reluOf(name: string, limit: unknown): Activation {
  if (limit === undefined || limit === null) return 'relu';
  if (limit === 6) return 'relu6';
  throw new ModelFileError('unsupported-layer', { name });
}

function pair(name: string, value: unknown): readonly [number, number] {
  const sides: readonly unknown[] = Array.isArray(value) ? value : [value ?? 1, value ?? 1];
  const [a, b] = sides;
  if (typeof a !== 'number' || typeof b !== 'number') {
    throw new ModelFileError('unsupported-layer', { name });
  }
  return [a, b];
}

type Pair = readonly [number, number];

function pairOfPairs(name: string, value: unknown): readonly [Pair, Pair] {
  const sides: readonly unknown[] = Array.isArray(value) ? value : [value, value];
  const [a, b] = sides;
  return [pair(name, a), pair(name, b)];
}
