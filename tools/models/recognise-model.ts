/**
 * Tells from node and layer names what a model is: which node gives the embedding, what range of
 * input it was trained on, and how wide it is. What cannot be told has to be said on the command line.
 */
import type { BackboneFormat } from '../../src/domain/backbone-card.ts';
import type { GraphNode, ModelDescription } from './model-json.ts';
import { ModelRefused } from './model-refused.ts';

export interface RecognisedModel {
  readonly format: BackboneFormat;
  readonly mobilenet: { readonly version: 1 | 2; readonly alpha: number } | null;
  readonly name: string;
  readonly publisher: string | null;
  readonly licence: string | null;
  readonly inputSize: number;
  readonly inputRange: readonly [number, number];
  readonly embeddingNode: string;
  readonly pool: boolean;
  /** A node with a spatial map, if there is one before the pooling. */
  readonly featureMapNode: string | null;
}

/** What was said on the command line; it wins over what was recognised. */
export interface ModelHints {
  readonly inputSize?: number;
  readonly inputRange?: readonly [number, number];
  readonly embeddingNode?: string;
}

/** Widths that were published, for both versions. */
const ALPHAS = [0.25, 0.35, 0.5, 0.75, 1, 1.3, 1.4] as const;
/** The only ones that @tensorflow-models/mobilenet accepts. */
const LIBRARY_ALPHAS: readonly number[] = [0.25, 0.5, 0.75, 1];
const LIBRARY_INPUT_SIZE = 224;
/** Node that @tensorflow-models/mobilenet reads, and channels going into the last convolution at width 1. */
const MOBILENET_GRAPHS = {
  1: { node: 'module_apply_default/MobilenetV1/Logits/global_pool', lastChannels: 1024 },
  2: { node: 'module_apply_default/MobilenetV2/Logits/AvgPool', lastChannels: 320 },
} as const;
const KERAS_MOBILENETS = {
  1: { layer: 'conv_pw_13_relu', kernel: 'conv_pw_13/kernel', channelAxis: 2, lastChannels: 1024 },
  2: { layer: 'out_relu', kernel: 'Conv_1/kernel', channelAxis: 2, lastChannels: 320 },
} as const;
const MOBILENET_PUBLISHER = 'Google (ImageNet)';
const MOBILENET_LICENCE = 'Apache-2.0';

function nearestAlpha(channels: number, channelsAtOne: number): number {
  const ratio = channels / channelsAtOne;
  return ALPHAS.reduce((best, alpha) =>
    Math.abs(alpha - ratio) < Math.abs(best - ratio) ? alpha : best,
  );
}

function plainName(input: string): string {
  return input.replace(/^\^/, '').replace(/:\d+$/, '');
}

function precision(description: ModelDescription): string {
  const types = new Set(description.weights.map(({ quantization }) => quantization?.dtype));
  if (types.has('uint8')) return ', 8-bit';
  if (types.has('uint16') || types.has('float16')) return ', 16-bit';
  return '';
}

function mobilenetName(version: 1 | 2, alpha: number, size: number, suffix: string): string {
  return `MobileNetV${version} ${alpha.toFixed(2)} (${size} px${suffix})`;
}

function placeholderSize(nodes: readonly GraphNode[]): number | null {
  const placeholder = nodes.find(({ op }) => op === 'Placeholder');
  const sides = placeholder?.attr?.shape?.shape?.dim?.map(({ size }) => Number(size));
  const height = sides?.[1];
  return sides?.length === 4 && height !== undefined && height > 0 && height === sides[2]
    ? height
    : null;
}

/** Channels that the convolution with this name takes in, from the shape of its kernel. */
function inputChannels(description: ModelDescription, node: GraphNode): number | null {
  const names = new Set(node.input.map(plainName));
  const kernel = description.weights.find(
    ({ name, shape }) => names.has(name) && shape.length === 4,
  );
  return kernel?.shape[2] ?? null;
}

/** Follows the first input back to the nearest convolution. */
function convolutionBehind(
  byName: ReadonlyMap<string, GraphNode>,
  start: GraphNode,
): GraphNode | null {
  let node: GraphNode | undefined = start;
  for (let step = 0; node !== undefined && step < 12; step += 1) {
    if (/Conv2D/.test(node.op)) return node;
    node = byName.get(plainName(node.input[0] ?? ''));
  }
  return null;
}

function featureMapBefore(
  byName: ReadonlyMap<string, GraphNode>,
  embedding: GraphNode,
): string | null {
  if (!['Mean', 'AvgPool'].includes(embedding.op)) return null;
  const name = plainName(embedding.input[0] ?? '');
  return byName.has(name) ? name : null;
}

function requireRange(hints: ModelHints, known: readonly [number, number] | null) {
  const range = hints.inputRange ?? known;
  if (range === null) {
    throw new ModelRefused(
      'The range of the input cannot be told from this model. Say it: --input-range=0,1 or --input-range=-1,1',
    );
  }
  return range;
}

function requireSize(hints: ModelHints, known: number | null): number {
  const size = hints.inputSize ?? known;
  if (size === null) {
    throw new ModelRefused(
      'The size of the input cannot be told from this model. Say it: --input-size=224',
    );
  }
  return size;
}

function recogniseGraph(description: ModelDescription, hints: ModelHints): RecognisedModel {
  const byName = new Map(description.nodes.map((node) => [node.name, node]));
  const version = ([1, 2] as const).find((one) => byName.has(MOBILENET_GRAPHS[one].node));
  const nodeName =
    hints.embeddingNode ?? (version === undefined ? 'embedding' : MOBILENET_GRAPHS[version].node);
  const embedding = byName.get(nodeName);
  if (embedding === undefined) {
    throw new ModelRefused(
      `This is no MobileNet that is known here, and it has no node "${nodeName}". Say which node gives the embedding: --embedding=NAME`,
    );
  }
  const isMobileNet = version !== undefined && nodeName === MOBILENET_GRAPHS[version].node;
  const shared = {
    embeddingNode: nodeName,
    pool: false,
    featureMapNode: featureMapBefore(byName, embedding),
  };
  if (!isMobileNet) {
    return {
      ...shared,
      format: 'graph',
      mobilenet: null,
      name: 'Graph model',
      publisher: null,
      licence: null,
      inputSize: requireSize(hints, placeholderSize(description.nodes)),
      inputRange: requireRange(hints, null),
    };
  }
  const last = convolutionBehind(byName, embedding);
  const channels = last === null ? null : inputChannels(description, last);
  if (channels === null) {
    throw new ModelRefused('This looks like a MobileNet, but its last convolution has no weights.');
  }
  const alpha = nearestAlpha(channels, MOBILENET_GRAPHS[version].lastChannels);
  // These graphs come from TF Hub modules, which leave the size open and are fed 224.
  const inputSize = requireSize(hints, placeholderSize(description.nodes) ?? LIBRARY_INPUT_SIZE);
  const byLibrary = LIBRARY_ALPHAS.includes(alpha) && inputSize === LIBRARY_INPUT_SIZE;
  return {
    ...shared,
    format: byLibrary ? 'mobilenet' : 'graph',
    mobilenet: { version, alpha },
    name: mobilenetName(version, alpha, inputSize, precision(description)),
    publisher: MOBILENET_PUBLISHER,
    licence: MOBILENET_LICENCE,
    inputSize,
    inputRange: requireRange(hints, [0, 1]),
  };
}

function recogniseLayers(description: ModelDescription, hints: ModelHints): RecognisedModel {
  const names = new Set(description.layers.map((layer) => layer.name ?? layer.config.name ?? ''));
  const version = ([1, 2] as const).find((one) => names.has(KERAS_MOBILENETS[one].layer));
  const node =
    hints.embeddingNode ?? (version === undefined ? undefined : KERAS_MOBILENETS[version].layer);
  if (node === undefined || !names.has(node)) {
    throw new ModelRefused(
      node === undefined
        ? 'This is no MobileNet that is known here. Say which layer gives the embedding: --embedding=NAME'
        : `This model has no layer "${node}".`,
    );
  }
  const inputShape = description.layers.find((layer) => layer.class_name === 'InputLayer')?.config
    .batch_input_shape;
  const inputSize = requireSize(hints, inputShape?.[1] ?? null);
  const isMobileNet = version !== undefined && node === KERAS_MOBILENETS[version].layer;
  if (!isMobileNet) {
    return {
      format: 'layers',
      mobilenet: null,
      name: 'Layers model',
      publisher: null,
      licence: null,
      inputSize,
      inputRange: requireRange(hints, null),
      embeddingNode: node,
      pool: false,
      featureMapNode: null,
    };
  }
  const { kernel, channelAxis, lastChannels } = KERAS_MOBILENETS[version];
  const channels = description.weights.find(({ name }) => name === kernel)?.shape[channelAxis];
  if (channels === undefined) {
    throw new ModelRefused(`This looks like a MobileNet, but it has no weights "${kernel}".`);
  }
  const alpha = nearestAlpha(channels, lastChannels);
  return {
    format: 'layers',
    mobilenet: null,
    name: mobilenetName(version, alpha, inputSize, precision(description)),
    publisher: MOBILENET_PUBLISHER,
    licence: MOBILENET_LICENCE,
    inputSize,
    inputRange: requireRange(hints, [-1, 1]),
    embeddingNode: node,
    pool: true,
    featureMapNode: node,
  };
}

/** @throws ModelRefused saying what could not be told and how to say it */
export function recogniseModel(
  description: ModelDescription,
  hints: ModelHints = {},
): RecognisedModel {
  return description.kind === 'graph'
    ? recogniseGraph(description, hints)
    : recogniseLayers(description, hints);
}
