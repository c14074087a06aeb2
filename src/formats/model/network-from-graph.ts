/**
 * Reads a TF.js graph model (TensorFlow's GraphDef as JSON) up to its embedding. Knows the operations
 * that converted MobileNets consist of and refuses everything else by name.
 */
import { z } from 'zod';
import { ModelFileError } from './model-file-error.ts';
import { NetworkBuilder, type ConvParts } from './network-builder.ts';
import { NO_PADDING, type Activation, type Network, type Padding } from './network.ts';
import { parseWeightsManifest, readTensors, type NamedTensor } from './weights-manifest.ts';

const number = z.union([z.string(), z.number()]).transform(Number);
const attribute = z.looseObject({
  s: z.string().optional(),
  b: z.boolean().optional(),
  f: z.number().optional(),
  list: z
    .looseObject({ i: z.array(number).optional(), s: z.array(z.string()).optional() })
    .optional(),
});
const node = z.looseObject({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attribute).default({}),
});
const graph = z.looseObject({ node: z.array(node).min(1).max(20_000) });

type Node = z.infer<typeof node>;

/** Throws ModelFileError. `output` is the node whose value, pooled if need be, is the embedding. */
export function networkFromGraph(
  modelJson: unknown,
  weights: Uint8Array,
  output: string,
  size: number,
): Network {
  const topology = (modelJson as { modelTopology?: unknown } | null)?.modelTopology;
  const parsed = graph.safeParse(topology);
  if (!parsed.success) throw new ModelFileError('not-a-model');
  const nodes = new Map(parsed.data.node.map((one) => [one.name, one]));
  const constants = readTensors(parseWeightsManifest(modelJson), weights);
  const order = neededNodes(nodes, output);
  const placeholder = order.find((one) => one.op === 'Placeholder');
  if (placeholder === undefined) throw new ModelFileError('not-a-model');
  const builder = new NetworkBuilder(placeholder.name, size);
  for (const one of order) if (one.op !== 'Placeholder') addNode(builder, one, constants);
  return builder.finish(output);
}

const plainName = (input: string): string => input.replace(/^\^/, '').replace(/:\d+$/, '');

/** Ancestors of `output` and itself, each after what it reads. Constants are left out. */
function neededNodes(nodes: ReadonlyMap<string, Node>, output: string): readonly Node[] {
  const order: Node[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const stack = [output];
  while (stack.length > 0) {
    const name = stack.at(-1) ?? '';
    const one = nodes.get(name);
    if (one === undefined) throw new ModelFileError('unsupported-layer', { name });
    const isOpen = state.get(name) === 'open';
    if (isOpen || state.get(name) === 'done') {
      stack.pop();
      if (isOpen && one.op !== 'Const') order.push(one);
      state.set(name, 'done');
      continue;
    }
    state.set(name, 'open');
    for (const input of one.input.map(plainName)) if (!state.has(input)) stack.push(input);
  }
  return order;
}

type Constants = ReadonlyMap<string, NamedTensor>;

function addNode(builder: NetworkBuilder, one: Node, constants: Constants): void {
  const inputs = one.input.map(plainName);
  const first = inputs[0] ?? '';
  const second = constants.get(inputs[1] ?? '');
  switch (one.op) {
    case '_FusedConv2D':
    case 'Conv2D':
    case 'FusedDepthwiseConv2dNative':
    case 'DepthwiseConv2dNative':
      builder.conv(one.name, first, convParts(one, inputs, constants));
      return;
    case 'Pad':
    case 'PadV2':
      builder.pad(one.name, first, borderOf(one, second));
      return;
    case 'Identity':
    case 'Squeeze':
    case 'CheckNumerics':
      builder.same(one.name, first);
      return;
    case 'Relu':
    case 'Relu6':
      builder.activation(one.name, first, one.op === 'Relu' ? 'relu' : 'relu6');
      return;
    case 'Mean':
    case 'AvgPool':
      builder.pool(one.name, first);
      return;
    case 'ConcatV2':
      addJoin(builder, one, inputs, constants);
      return;
    case 'FusedBatchNorm':
    case 'FusedBatchNormV2':
    case 'FusedBatchNormV3':
      addBatchNorm(builder, one, inputs, constants);
      return;
    default:
      addArithmetic(builder, one, inputs, constants);
  }
}

/** Along the channels only, the last of four sides. */
function addJoin(
  builder: NetworkBuilder,
  one: Node,
  inputs: readonly string[],
  constants: Constants,
): void {
  const axis = constants.get(inputs.at(-1) ?? '')?.values[0];
  if (axis !== 3 && axis !== -1) throw new ModelFileError('unsupported-layer', { name: one.name });
  builder.join(one.name, inputs.slice(0, -1));
}

/** Add, multiply, subtract: of two values, or of a value and a constant. */
function addArithmetic(
  builder: NetworkBuilder,
  one: Node,
  inputs: readonly string[],
  constants: Constants,
): void {
  const [a = '', b = ''] = inputs;
  const isAdd = ['Add', 'AddV2', 'BiasAdd'].includes(one.op);
  if (isAdd && builder.has(a) && builder.has(b)) {
    builder.add(one.name, a, b);
    return;
  }
  const [value, constant] = builder.has(a) ? [a, constants.get(b)] : [b, constants.get(a)];
  // A constant minus the value is nothing that these networks do.
  const isKnown = isAdd || one.op === 'Mul' || (one.op === 'Sub' && builder.has(a));
  if (!isKnown || constant === undefined || !builder.has(value)) {
    throw new ModelFileError('unsupported-layer', { name: `${one.op} (${one.name})` });
  }
  const channels = builder.channelsOf(value);
  const numbers = spread(one, constant, channels);
  const ones = new Float32Array(channels).fill(1);
  if (one.op === 'Mul') builder.affine(one.name, value, numbers, new Float32Array(channels));
  else builder.affine(one.name, value, ones, isAdd ? numbers : numbers.map((x) => -x));
}

function spread(one: Node, { values }: NamedTensor, channels: number): Float32Array {
  if (values.length === channels) return values;
  if (values.length === 1) return new Float32Array(channels).fill(values[0] ?? 0);
  throw new ModelFileError('wrong-shape', { name: one.name });
}

function addBatchNorm(
  builder: NetworkBuilder,
  one: Node,
  inputs: readonly string[],
  constants: Constants,
): void {
  const [gamma, beta, mean, variance] = inputs
    .slice(1, 5)
    .map((name) => constants.get(name)?.values);
  if (gamma === undefined || beta === undefined || mean === undefined || variance === undefined) {
    throw new ModelFileError('unsupported-layer', { name: one.name });
  }
  const { scale, shift } = batchNormAffine({
    gamma,
    beta,
    mean,
    variance,
    epsilon: one.attr['epsilon']?.f ?? 0.0001,
  });
  builder.affine(one.name, inputs[0] ?? '', scale, shift);
}

/** Batch normalisation at prediction time as x · scale + shift. */
export function batchNormAffine(parts: {
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly epsilon: number;
}): { readonly scale: Float32Array; readonly shift: Float32Array } {
  const { gamma, beta, mean, variance, epsilon } = parts;
  const factor = Array.from(gamma, (g, c) => g / Math.sqrt((variance[c] ?? 0) + epsilon));
  return {
    scale: Float32Array.from(factor),
    shift: Float32Array.from(factor, (f, c) => (beta[c] ?? 0) - (mean[c] ?? 0) * f),
  };
}

function convParts(one: Node, inputs: readonly string[], constants: Constants): ConvParts {
  const kernel = constants.get(inputs[1] ?? '');
  const strides = one.attr['strides']?.list?.i ?? [];
  const dilations = one.attr['dilations']?.list?.i ?? [1];
  const format = text(one.attr['data_format']?.s);
  const fused = (one.attr['fused_ops']?.list?.s ?? []).map(text);
  const bias = fused.includes('BiasAdd') ? (constants.get(inputs[2] ?? '') ?? null) : null;
  const activation = fused.find((name) => name !== 'BiasAdd');
  const isKnown =
    kernel !== undefined &&
    dilations.every((side) => side === 1) &&
    (format === '' || format === 'NHWC') &&
    (!fused.includes('BiasAdd') || bias !== null);
  if (!isKnown) throw new ModelFileError('unsupported-layer', { name: one.name });
  return {
    kind: one.op.includes('Depthwise') ? 'depthwise' : 'conv',
    kernel,
    bias,
    strides: [strides[1] ?? 1, strides[2] ?? 1],
    padding: paddingOf(one),
    activation: activationOf(one, activation),
  };
}

function activationOf(one: Node, name: string | undefined): Activation {
  if (name === undefined) return 'linear';
  if (name === 'Relu') return 'relu';
  if (name === 'Relu6') return 'relu6';
  throw new ModelFileError('unsupported-layer', { name: `${name} (${one.name})` });
}

function paddingOf(one: Node): 'same' | 'valid' | Padding {
  const name = text(one.attr['padding']?.s);
  if (name === 'SAME') return 'same';
  if (name === 'VALID') return 'valid';
  const sides = one.attr['explicit_paddings']?.list?.i ?? [];
  if (sides.length !== 8) throw new ModelFileError('unsupported-layer', { name: one.name });
  return {
    top: sides[2] ?? 0,
    bottom: sides[3] ?? 0,
    left: sides[4] ?? 0,
    right: sides[5] ?? 0,
  };
}

/** [[0, 0], [top, bottom], [left, right], [0, 0]] */
function borderOf(one: Node, sides: NamedTensor | undefined): Padding {
  const values = sides?.values;
  if (values?.length !== 8) throw new ModelFileError('unsupported-layer', { name: one.name });
  const [, , top = 0, bottom = 0, left = 0, right = 0] = values;
  return top + bottom + left + right === 0 ? NO_PADDING : { top, bottom, left, right };
}

/** Bytes attributes are base64 in JSON. */
function text(value: string | undefined): string {
  if (value === undefined) return '';
  try {
    return atob(value);
  } catch {
    return value;
  }
}
