/**
 * Writes backbone and head as ONNX, opset 13, with the official schema. Input `pixels`, float32
 * [n, 3, size, size], red, green and blue from 0 to 255: the scaling is part of the graph, so nobody
 * has to guess it. Output `probabilities` [n, classes].
 */
import { onnx } from 'onnx-proto';
import type { DenseLayer, FoldedHead } from './fold-head.ts';
import type { InputScaling } from './layers-model.ts';
import { ModelFileError } from './model-file-error.ts';
import { inputsOf, type ConvStep, type Network, type NetworkStep } from './network.ts';

export const ONNX_OPSET = 13;
/** The version of the file format that opset 13 came with. */
const IR_VERSION = 7;
export const ONNX_INPUT = 'pixels';
export const ONNX_OUTPUT = 'probabilities';

export interface OnnxParts {
  readonly network: Network;
  readonly scaling: InputScaling;
  readonly head: FoldedHead;
  readonly producerVersion: string;
  /** Shown by tools as the model's metadata; class names and pipeline go here. */
  readonly metadata: Readonly<Record<string, string>>;
}

export function writeOnnx(parts: OnnxParts): Uint8Array<ArrayBuffer> {
  const graph = new GraphWriter();
  const scaled = graph.scale(ONNX_INPUT, parts.scaling);
  const places = new Map([[parts.network.input, scaled]]);
  for (const step of parts.network.steps) {
    const inputs = inputsOf(step).map((name) => places.get(name) ?? name);
    places.set(step.name, graph.step(step, inputs));
  }
  const last = parts.network.steps.at(-1)?.name ?? '';
  graph.head(places.get(last) ?? last, parts.head);
  const { size } = parts.network;
  const model = onnx.ModelProto.create({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: ONNX_OPSET }],
    producerName: 'Headstart',
    producerVersion: parts.producerVersion,
    metadataProps: Object.entries(parts.metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'headstart',
      node: graph.nodes,
      initializer: graph.constants,
      input: [valueInfo(ONNX_INPUT, [3, size, size])],
      output: [valueInfo(ONNX_OUTPUT, [parts.head.output.units])],
    },
  });
  // A copy: the writer's own buffer may be larger than what it holds.
  return Uint8Array.from(onnx.ModelProto.encode(model).finish());
}

function valueInfo(name: string, sides: readonly number[]): onnx.IValueInfoProto {
  const dim = [{ dimParam: 'n' }, ...sides.map((side) => ({ dimValue: side }))];
  return {
    name,
    type: { tensorType: { elemType: onnx.TensorProto.DataType.FLOAT, shape: { dim } } },
  };
}

class GraphWriter {
  readonly nodes: onnx.INodeProto[] = [];
  readonly constants: onnx.ITensorProto[] = [];
  readonly #scalars = new Map<number, string>();

  scale(input: string, { scale, shift }: InputScaling): string {
    const factor = this.#constant('input/scale', [1], Float32Array.of(scale));
    const offset = this.#constant('input/shift', [1], Float32Array.of(shift));
    this.#node('Mul', [input, factor], 'input/scaled');
    return this.#node('Add', ['input/scaled', offset], 'input/range');
  }

  step(step: NetworkStep, inputs: readonly string[]): string {
    const { name } = step;
    const [first = ''] = inputs;
    switch (step.kind) {
      case 'conv':
      case 'depthwise':
        return this.#conv(step, first);
      case 'affine': {
        const shape = [1, step.scale.length, 1, 1];
        const scale = this.#constant(`${name}/scale`, shape, step.scale);
        const shift = this.#constant(`${name}/shift`, shape, step.shift);
        this.#node('Mul', [first, scale], `${name}/scaled`);
        return this.#node('Add', [`${name}/scaled`, shift], name);
      }
      case 'activation':
        return this.#activation(first, name, step.activation);
      case 'add':
        return this.#node('Add', inputs, name);
      case 'join':
        return this.#node('Concat', inputs, name, [whole('axis', 1)]);
      case 'pool':
        this.#node('GlobalAveragePool', [first], `${name}/pooled`);
        return this.#node('Flatten', [`${name}/pooled`], name, [whole('axis', 1)]);
    }
  }

  head(embedding: string, { hidden, output }: FoldedHead): void {
    let input = embedding;
    if (hidden !== null) {
      this.#dense(input, 'head/hidden', hidden);
      input = this.#node('Relu', ['head/hidden'], 'head/relu');
    }
    this.#dense(input, 'logits', output);
    this.#node('Softmax', ['logits'], ONNX_OUTPUT, [whole('axis', 1)]);
  }

  #conv(step: ConvStep, input: string): string {
    const { name, kernelShape, strides, padding, bias } = step;
    const [height, width, inputs, outputs] = kernelShape;
    const isDepthwise = step.kind === 'depthwise';
    const channels = isDepthwise ? inputs : outputs;
    const shape = [channels, isDepthwise ? 1 : inputs, height, width];
    const weights = this.#constant(`${name}/weights`, shape, channelsFirst(step));
    const biases = this.#constant(`${name}/bias`, [channels], bias);
    const { top, left, bottom, right } = padding;
    const attributes = [
      list('kernel_shape', [height, width]),
      list('strides', strides),
      list('pads', [top, left, bottom, right]),
      whole('group', isDepthwise ? channels : 1),
    ];
    if (step.activation === 'linear') {
      return this.#node('Conv', [input, weights, biases], name, attributes);
    }
    this.#node('Conv', [input, weights, biases], `${name}/conv`, attributes);
    return this.#activation(`${name}/conv`, name, step.activation);
  }

  #activation(input: string, name: string, activation: 'relu' | 'relu6'): string {
    if (activation === 'relu') return this.#node('Relu', [input], name);
    return this.#node('Clip', [input, this.#scalar(0), this.#scalar(6)], name);
  }

  #dense(input: string, name: string, layer: DenseLayer): string {
    const shape = [layer.inputs, layer.units];
    const inputs = [input, this.#constant(`${name}/weights`, shape, layer.kernel)];
    if (layer.bias !== null) inputs.push(this.#constant(`${name}/bias`, [layer.units], layer.bias));
    return this.#node('Gemm', inputs, name);
  }

  #node(
    opType: string,
    input: readonly string[],
    output: string,
    attribute: readonly onnx.IAttributeProto[] = [],
  ): string {
    this.nodes.push({
      opType,
      name: output,
      input: [...input],
      output: [output],
      attribute: [...attribute],
    });
    return output;
  }

  #scalar(value: number): string {
    const known = this.#scalars.get(value);
    if (known !== undefined) return known;
    const name = this.#constant(`number/${String(value)}`, [], Float32Array.of(value));
    this.#scalars.set(value, name);
    return name;
  }

  #constant(name: string, dims: readonly number[], values: Float32Array): string {
    this.constants.push({
      name,
      dims: [...dims],
      dataType: onnx.TensorProto.DataType.FLOAT,
      rawData: littleEndian(values),
    });
    return name;
  }
}

function whole(name: string, value: number): onnx.IAttributeProto {
  return { name, type: onnx.AttributeProto.AttributeType.INT, i: value };
}

function list(name: string, values: readonly number[]): onnx.IAttributeProto {
  return { name, type: onnx.AttributeProto.AttributeType.INTS, ints: [...values] };
}

/** [height, width, inputs, outputs] → [outputs, inputs, height, width]; depthwise [c, 1, h, w]. */
function channelsFirst({ kind, kernel, kernelShape }: ConvStep): Float32Array {
  const [height, width, inputs, outputs] = kernelShape;
  const [slow, fast] = kind === 'conv' ? [outputs, inputs] : [inputs, 1];
  const out = new Float32Array(kernel.length);
  let to = 0;
  for (let o = 0; o < slow; o++) {
    for (let i = 0; i < fast; i++) {
      for (let place = 0; place < height * width; place++) {
        out[to++] = kernel[place * inputs * outputs + (kind === 'conv' ? i * outputs + o : o)] ?? 0;
      }
    }
  }
  return out;
}

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setFloat32(i * 4, value, true);
  });
  return bytes;
}

export interface OnnxSummary {
  readonly opset: number;
  readonly input: string;
  readonly inputShape: readonly number[];
  readonly classCount: number;
  readonly nodes: number;
}

/** Looks into a file that says it is ONNX. Throws ModelFileError 'not-a-model'. */
export function readOnnxSummary(bytes: Uint8Array): OnnxSummary {
  try {
    const model = onnx.ModelProto.decode(bytes);
    const [input] = model.graph?.input ?? [];
    const [output] = model.graph?.output ?? [];
    const sidesOf = (info: onnx.IValueInfoProto | undefined): number[] =>
      (info?.type?.tensorType?.shape?.dim ?? []).map((dim) => Number(dim.dimValue ?? -1));
    if (input === undefined || output === undefined) throw new ModelFileError('not-a-model');
    return {
      opset: Number(model.opsetImport[0]?.version ?? 0),
      input: input.name ?? '',
      inputShape: sidesOf(input),
      classCount: sidesOf(output).at(-1) ?? 0,
      nodes: model.graph?.node?.length ?? 0,
    };
  } catch (error) {
    if (error instanceof ModelFileError) throw error;
    throw new ModelFileError('not-a-model');
  }
}
