/** Writes a network as a functional Keras model in TF.js' JSON, with its tensors. */
import {
  inputsOf,
  isSamePadding,
  NO_PADDING,
  outputSide,
  samePadding,
  type ConvStep,
  type Network,
  type NetworkStep,
  type Padding,
} from './network.ts';
import type { NamedTensor } from './weights-manifest.ts';

export interface LayersBackbone {
  /** Config of a functional model [n, size, size, 3] → its last map. */
  readonly config: LayersConfig;
  readonly tensors: readonly NamedTensor[];
  /** Whether the mean over all places is still to be taken. */
  readonly pool: boolean;
  readonly size: number;
  readonly width: number;
}

export interface LayersConfig {
  readonly name: string;
  readonly layers: readonly Readonly<Record<string, unknown>>[];
  readonly input_layers: readonly unknown[];
  readonly output_layers: readonly unknown[];
}

export function layersFromNetwork(network: Network): LayersBackbone {
  const writer = new LayersWriter(network);
  for (const step of network.steps) writer.add(step);
  return {
    config: {
      name: 'backbone',
      layers: writer.layers,
      input_layers: [[writer.input, 0, 0]],
      output_layers: [[writer.last, 0, 0]],
    },
    tensors: writer.tensors,
    pool: true,
    size: network.size,
    width: network.width,
  };
}

/** A layer as Keras' JSON has it. */
export function layerJson(
  className: string,
  name: string,
  config: Readonly<Record<string, unknown>>,
  inputs: readonly string[],
): Readonly<Record<string, unknown>> {
  return {
    name,
    class_name: className,
    config: { name, trainable: true, ...config },
    inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
  };
}

export function inputLayerJson(name: string, size: number): Readonly<Record<string, unknown>> {
  const config = {
    batch_input_shape: [null, size, size, 3],
    dtype: 'float32',
    sparse: false,
    name,
  };
  return { name, class_name: 'InputLayer', config, inbound_nodes: [] };
}

/** x · scale + shift per channel: a depthwise convolution of one pixel, which every version knows. */
export function affineLayer(
  name: string,
  input: string,
  scale: Float32Array,
  shift: Float32Array,
): { readonly layer: Readonly<Record<string, unknown>>; readonly tensors: readonly NamedTensor[] } {
  return {
    layer: layerJson('DepthwiseConv2D', name, convConfig([1, 1], [1, 1], 'valid'), [input]),
    tensors: [
      { name: `${name}/depthwise_kernel`, shape: [1, 1, scale.length, 1], values: scale },
      { name: `${name}/bias`, shape: [shift.length], values: shift },
    ],
  };
}

function convConfig(
  kernel: readonly [number, number],
  strides: readonly [number, number],
  padding: 'same' | 'valid',
): Readonly<Record<string, unknown>> {
  return {
    kernel_size: [...kernel],
    strides: [...strides],
    padding,
    data_format: 'channels_last',
    dilation_rate: [1, 1],
    activation: 'linear',
    use_bias: true,
  };
}

class LayersWriter {
  readonly input: string;
  readonly layers: Readonly<Record<string, unknown>>[];
  readonly tensors: NamedTensor[] = [];
  last: string;
  readonly #sides = new Map<string, readonly [number, number]>();
  /** Step → the layer that gives its value. */
  readonly #layerOf = new Map<string, string>();
  readonly #taken = new Set<string>();

  constructor(network: Network) {
    this.input = this.#freeName('input_1');
    this.last = this.input;
    this.layers = [inputLayerJson(this.input, network.size)];
    this.#layerOf.set(network.input, this.input);
    this.#sides.set(network.input, [network.size, network.size]);
  }

  add(step: NetworkStep): void {
    const inputs = inputsOf(step).map((name) => this.#layerOf.get(name) ?? '');
    const [first = '', second = ''] = inputs;
    const sides = this.#sides.get(inputsOf(step)[0] ?? '') ?? [1, 1];
    const name = this.#freeName(step.name);
    switch (step.kind) {
      case 'conv':
      case 'depthwise':
        this.#conv(step, name, first, sides);
        return;
      case 'affine': {
        const { layer, tensors } = affineLayer(name, first, step.scale, step.shift);
        this.#push(layer, tensors);
        break;
      }
      case 'activation':
        this.#push(layerJson('ReLU', name, reluConfig(step.activation), [first]));
        break;
      case 'add':
        this.#push(layerJson('Add', name, {}, [first, second]));
        break;
      case 'join':
        this.#push(layerJson('Concatenate', name, { axis: -1 }, inputs));
        break;
      case 'pool':
        return; // written behind the model, as Teachable Machine does
    }
    this.#done(step.name, name, sides);
  }

  #conv(step: ConvStep, name: string, input: string, sides: readonly [number, number]): void {
    const [height, width, inputs, outputs] = step.kernelShape;
    const { padding, strides, kind } = step;
    const field = [height, width] as const;
    const isSame = isSamePadding(padding, samePadding(sides[0], sides[1], field, strides));
    const isValid = !isSame && isSamePadding(padding, NO_PADDING);
    const from = isSame || isValid ? input : this.#border(`${name}_pad`, input, padding);
    const config = convConfig(field, strides, isSame ? 'same' : 'valid');
    const isConv = kind === 'conv';
    const own = isConv ? { filters: outputs } : { depth_multiplier: 1 };
    const kernelName = isConv ? 'kernel' : 'depthwise_kernel';
    this.#push(
      layerJson(isConv ? 'Conv2D' : 'DepthwiseConv2D', name, { ...config, ...own }, [from]),
      [
        {
          name: `${name}/${kernelName}`,
          shape: [height, width, inputs, outputs],
          values: step.kernel,
        },
        { name: `${name}/bias`, shape: [step.bias.length], values: step.bias },
      ],
    );
    let last = name;
    if (step.activation !== 'linear') {
      last = this.#freeName(`${name}_relu`);
      this.#push(layerJson('ReLU', last, reluConfig(step.activation), [name]));
    }
    this.#done(step.name, last, [
      outputSide(sides[0], padding.top + padding.bottom, height, strides[0]),
      outputSide(sides[1], padding.left + padding.right, width, strides[1]),
    ]);
  }

  #border(wanted: string, input: string, { top, bottom, left, right }: Padding): string {
    const name = this.#freeName(wanted);
    const sides = [
      [top, bottom],
      [left, right],
    ];
    const config = { padding: sides, data_format: 'channels_last' };
    this.#push(layerJson('ZeroPadding2D', name, config, [input]));
    return name;
  }

  #push(layer: Readonly<Record<string, unknown>>, tensors: readonly NamedTensor[] = []): void {
    this.layers.push(layer);
    this.tensors.push(...tensors);
  }

  #done(step: string, layer: string, sides: readonly [number, number]): void {
    this.#layerOf.set(step, layer);
    this.#sides.set(step, sides);
    this.last = layer;
  }

  /** Slashes would read as folders in the names of weights. */
  #freeName(wanted: string): string {
    const plain = wanted.replace(/[^A-Za-z0-9_]+/g, '_');
    let name = plain;
    for (let n = 2; this.#taken.has(name); n++) name = `${plain}_${n}`;
    this.#taken.add(name);
    return name;
  }
}

function reluConfig(activation: 'relu' | 'relu6'): Readonly<Record<string, unknown>> {
  return activation === 'relu6' ? { max_value: 6 } : {};
}
