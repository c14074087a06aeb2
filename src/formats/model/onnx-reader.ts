/**
 * Reads back the ONNX files that `onnx-model` writes, and only those, as a network that can be run
 * here: for the comparison of an export where ONNX Runtime cannot be loaded.
 */
import { onnx } from 'onnx-proto';
import type { DenseLayer, FoldedHead } from './fold-head.ts';
import type { InputScaling } from './layers-model.ts';
import { ModelFileError } from './model-file-error.ts';
import { NO_PADDING, type ConvStep, type Network, type NetworkStep } from './network.ts';
import { ONNX_INPUT, ONNX_OUTPUT } from './onnx-model.ts';
import { packNetwork, type Packed } from './pack-network.ts';

/** Throws ModelFileError. */
export function readOnnxNetwork(bytes: Uint8Array): Packed {
  const graph = decode(bytes);
  const reader = new GraphReader(graph);
  for (const node of graph.node ?? []) reader.node(node);
  const { network, scaling, head } = reader.finish(sideOf(graph));
  return packNetwork(network, scaling, head);
}

function decode(bytes: Uint8Array): onnx.IGraphProto {
  try {
    const { graph } = onnx.ModelProto.decode(bytes);
    if (graph !== null && graph !== undefined) return graph;
  } catch {
    // Told below.
  }
  throw new ModelFileError('not-a-model');
}

function sideOf(graph: onnx.IGraphProto): number {
  const input = (graph.input ?? []).find(({ name }) => name === ONNX_INPUT);
  return Number(input?.type?.tensorType?.shape?.dim?.[3]?.dimValue ?? 0);
}

interface Constant {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

class GraphReader {
  readonly #constants: ReadonlyMap<string, Constant>;
  readonly #steps: NetworkStep[] = [];
  readonly #dense: DenseLayer[] = [];
  /** x · scale, to which a shift is still to be added: the writer puts the two behind each other. */
  readonly #scaled = new Map<string, { readonly input: string; readonly scale: Float32Array }>();
  #scaling: { readonly output: string; readonly by: InputScaling } | null = null;
  #hasSoftmax = false;

  constructor(graph: onnx.IGraphProto) {
    this.#constants = new Map(
      (graph.initializer ?? []).map((tensor) => [tensor.name ?? '', constantOf(tensor)]),
    );
  }

  node(one: onnx.INodeProto): void {
    const [first = '', second = '', third = ''] = one.input ?? [];
    const name = one.output?.[0] ?? '';
    switch (one.opType) {
      case 'Mul':
        this.#scaled.set(name, { input: first, scale: this.#values(second) });
        return;
      case 'Add':
        this.#add(name, first, second);
        return;
      case 'Conv':
        this.#steps.push(this.#conv(one, name, first, this.#constant(second), this.#values(third)));
        return;
      case 'Relu':
        // The head's own is part of what `packNetwork` makes of two layers.
        if (this.#dense.length === 0) this.#activation(name, first, 'relu');
        return;
      case 'Clip': {
        const [low, high] = [this.#values(second)[0], this.#values(third)[0]];
        if (low !== 0 || high !== 6) throw new ModelFileError('unsupported-layer', { name });
        this.#activation(name, first, 'relu6');
        return;
      }
      case 'Concat':
        this.#steps.push({ kind: 'join', name, inputs: one.input ?? [] });
        return;
      case 'GlobalAveragePool':
        this.#steps.push({ kind: 'pool', name, input: first });
        return;
      case 'Flatten':
        return;
      case 'Gemm':
        this.#gemm(second, third);
        return;
      case 'Softmax':
        this.#hasSoftmax = name === ONNX_OUTPUT;
        return;
      default:
        throw new ModelFileError('unsupported-layer', { name: `${String(one.opType)} (${name})` });
    }
  }

  finish(size: number): {
    readonly network: Network;
    readonly scaling: InputScaling;
    readonly head: FoldedHead;
  } {
    const [first, second] = this.#dense;
    const last = this.#steps.at(-1);
    const isWhole = this.#hasSoftmax && last?.kind === 'pool' && this.#dense.length <= 2;
    if (!isWhole || first === undefined || this.#scaling === null || size === 0) {
      throw new ModelFileError('not-a-model');
    }
    const head = { hidden: second === undefined ? null : first, output: second ?? first };
    const { output: input, by: scaling } = this.#scaling;
    return { network: { input, size, steps: this.#steps, width: first.inputs }, scaling, head };
  }

  #add(name: string, first: string, second: string): void {
    const scaled = this.#scaled.get(first);
    if (scaled === undefined) {
      this.#steps.push({ kind: 'add', name, inputs: [first, second] });
      return;
    }
    const shift = this.#values(second);
    if (scaled.input === ONNX_INPUT && this.#scaling === null) {
      const by = { scale: scaled.scale[0] ?? NaN, shift: shift[0] ?? NaN };
      this.#scaling = { output: name, by };
      return;
    }
    this.#steps.push({ kind: 'affine', name, input: scaled.input, scale: scaled.scale, shift });
  }

  #activation(name: string, input: string, activation: 'relu' | 'relu6'): void {
    this.#steps.push({ kind: 'activation', name, input, activation });
  }

  #conv(
    one: onnx.INodeProto,
    name: string,
    input: string,
    { dims, values }: Constant,
    bias: Float32Array,
  ): ConvStep {
    const attribute = (key: string): onnx.IAttributeProto | undefined =>
      one.attribute?.find((each) => each.name === key);
    const numbers = (key: string): readonly number[] => (attribute(key)?.ints ?? []).map(Number);
    const [channels = 0, perGroup = 0, height = 0, width = 0] = dims;
    const kind = Number(attribute('group')?.i ?? 1) === 1 ? 'conv' : 'depthwise';
    const [top = 0, left = 0, bottom = 0, right = 0] = numbers('pads');
    const [down = 1, across = 1] = numbers('strides');
    const isBare = top + left + bottom + right === 0;
    return {
      kind,
      name,
      input,
      kernel: channelsLast(values, [channels, perGroup, height, width]),
      kernelShape:
        kind === 'conv' ? [height, width, perGroup, channels] : [height, width, channels, 1],
      bias,
      strides: [down, across],
      padding: isBare ? NO_PADDING : { top, bottom, left, right },
      activation: 'linear',
    };
  }

  #gemm(weights: string, bias: string): void {
    const { dims, values } = this.#constant(weights);
    const [inputs = 0, units = 0] = dims;
    const own = bias === '' ? null : this.#values(bias);
    this.#dense.push({ kernel: values, bias: own, inputs, units });
  }

  #constant(name: string): Constant {
    const found = this.#constants.get(name);
    if (found === undefined) throw new ModelFileError('missing-weights', { name });
    return found;
  }

  #values(name: string): Float32Array {
    return this.#constant(name).values;
  }
}

function constantOf({ name, dims = [], rawData }: onnx.ITensorProto): Constant {
  const sides = (dims ?? []).map(Number);
  const count = sides.reduce((all, side) => all * side, 1);
  if (rawData?.length !== count * 4) {
    throw new ModelFileError('weights-length', { wanted: count * 4, got: rawData?.length ?? 0 });
  }
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  const values = Float32Array.from({ length: count }, (_, i) => view.getFloat32(i * 4, true));
  if (!values.every(Number.isFinite)) throw new ModelFileError('not-finite', { name: name ?? '' });
  return { dims: sides, values };
}

/** [outputs, inputs, height, width] → [height, width, inputs, outputs]; of a depthwise one likewise. */
function channelsLast(
  values: Float32Array,
  [outputs, inputs, height, width]: readonly [number, number, number, number],
): Float32Array {
  const out = new Float32Array(values.length);
  const places = height * width;
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      for (let place = 0; place < places; place++) {
        out[(place * inputs + i) * outputs + o] = values[(o * inputs + i) * places + place] ?? 0;
      }
    }
  }
  return out;
}
