/** Collects the steps of a network while its file is read, and keeps track of every value's size. */
import { foldSteps } from './fold-steps.ts';
import { ModelFileError } from './model-file-error.ts';
import {
  NO_PADDING,
  outputSide,
  samePadding,
  type Activation,
  type ConvStep,
  type Network,
  type NetworkStep,
  type Padding,
} from './network.ts';
import type { NamedTensor } from './weights-manifest.ts';

interface Value {
  /** Step or input that gives it; a padded value is the same one with a border to come. */
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly border: Padding;
}

export interface ConvParts {
  readonly kind: 'conv' | 'depthwise';
  readonly kernel: NamedTensor;
  readonly bias: NamedTensor | null;
  readonly strides: readonly [number, number];
  readonly padding: 'same' | 'valid' | Padding;
  readonly activation: Activation;
}

export class NetworkBuilder {
  readonly #values = new Map<string, Value>();
  readonly #steps: NetworkStep[] = [];
  readonly #input: string;
  readonly #size: number;
  #pooled: string | null = null;

  constructor(input: string, size: number) {
    this.#input = input;
    this.#size = size;
    this.#values.set(input, {
      name: input,
      height: size,
      width: size,
      channels: 3,
      border: NO_PADDING,
    });
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  channelsOf(name: string): number {
    return this.#value(name).channels;
  }

  same(name: string, input: string): void {
    this.#values.set(name, this.#value(input));
  }

  pad(name: string, input: string, border: Padding): void {
    this.#values.set(name, { ...this.#plain(input), border });
  }

  conv(name: string, input: string, parts: ConvParts): void {
    const value = this.#value(input);
    const { kernel, strides, kind } = parts;
    const [height = 0, width = 0, inputs = 0, outputs = 0] = kernel.shape;
    const isRight =
      kernel.shape.length === 4 &&
      inputs === value.channels &&
      (kind === 'conv' || outputs === 1) &&
      (parts.bias === null || parts.bias.values.length === (kind === 'conv' ? outputs : inputs));
    if (!isRight) throw new ModelFileError('wrong-shape', { name });
    const padding = this.#paddingOf(name, value, parts, [height, width]);
    const channels = kind === 'conv' ? outputs : inputs;
    const step: ConvStep = {
      kind,
      name,
      input: value.name,
      kernel: kernel.values,
      kernelShape: [height, width, inputs, outputs],
      bias: parts.bias?.values ?? new Float32Array(channels),
      strides,
      padding,
      activation: parts.activation,
    };
    this.#steps.push(step);
    this.#values.set(name, {
      name,
      height: outputSide(value.height, padding.top + padding.bottom, height, strides[0]),
      width: outputSide(value.width, padding.left + padding.right, width, strides[1]),
      channels,
      border: NO_PADDING,
    });
  }

  affine(name: string, input: string, scale: Float32Array, shift: Float32Array): void {
    const value = this.#plain(input);
    if (scale.length !== value.channels || shift.length !== value.channels) {
      throw new ModelFileError('wrong-shape', { name });
    }
    this.#steps.push({ kind: 'affine', name, input: value.name, scale, shift });
    this.#values.set(name, { ...value, name });
  }

  activation(name: string, input: string, activation: Activation): void {
    if (activation === 'linear') {
      this.same(name, input);
      return;
    }
    const value = this.#plain(input);
    this.#steps.push({ kind: 'activation', name, input: value.name, activation });
    this.#values.set(name, { ...value, name });
  }

  add(name: string, first: string, second: string): void {
    const a = this.#plain(first);
    const b = this.#plain(second);
    if (a.channels !== b.channels || a.height !== b.height || a.width !== b.width) {
      throw new ModelFileError('wrong-shape', { name });
    }
    this.#steps.push({ kind: 'add', name, inputs: [a.name, b.name] });
    this.#values.set(name, { ...a, name });
  }

  join(name: string, inputs: readonly string[]): void {
    const values = inputs.map((input) => this.#plain(input));
    const [first] = values;
    const isRight = values.every(
      ({ height, width }) => height === first?.height && width === first.width,
    );
    if (first === undefined || !isRight) throw new ModelFileError('wrong-shape', { name });
    this.#steps.push({ kind: 'join', name, inputs: values.map((value) => value.name) });
    const channels = values.reduce((sum, value) => sum + value.channels, 0);
    this.#values.set(name, { ...first, name, channels });
  }

  pool(name: string, input: string): void {
    const value = this.#plain(input);
    this.#steps.push({ kind: 'pool', name, input: value.name });
    this.#values.set(name, { ...value, name, height: 1, width: 1 });
    this.#pooled = name;
  }

  /** Ends at `output`, pooled if it is not yet. */
  finish(output: string): Network {
    if (this.#pooled === null || this.#value(output).name !== this.#pooled) {
      this.pool(`${output}/mean`, output);
    }
    const { channels } = this.#value(this.#pooled ?? output);
    const steps = foldSteps(this.#steps);
    return { input: this.#input, size: this.#size, steps, width: channels };
  }

  #paddingOf(
    name: string,
    value: Value,
    { padding, strides }: ConvParts,
    kernel: readonly [number, number],
  ): Padding {
    if (padding === 'valid') return value.border;
    if (value.border !== NO_PADDING) throw new ModelFileError('unsupported-layer', { name });
    return padding === 'same' ? samePadding(value.height, value.width, kernel, strides) : padding;
  }

  #value(name: string): Value {
    const value = this.#values.get(name);
    if (value === undefined) throw new ModelFileError('unsupported-layer', { name });
    return value;
  }

  /** A border that no convolution takes up cannot be written down. */
  #plain(name: string): Value {
    const value = this.#value(name);
    if (value.border !== NO_PADDING) throw new ModelFileError('unsupported-layer', { name });
    return value;
  }
}
