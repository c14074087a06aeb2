/**
 * Teachable Machine's image exports: `model.json`, `weights.bin`, `metadata.json`. Reading takes the
 * model apart into a backbone that can be run by itself and a head of ours; both keep their numbers.
 */
import { z } from 'zod';
import { joinBytes } from '../../domain/join-blocks.ts';
import type { BackboneArtifacts, BackboneCard } from '../../domain/backbone-card.ts';
import { normaliseClassName } from '../../domain/class-names.ts';
import type { HeadWeights } from '../../domain/head.ts';
import { MAX_MODEL_CLASSES, parseJson } from './head-file.ts';
import {
  configOf,
  inputSizeOf,
  isFunctional,
  isSequential,
  readFunctional,
  readTopology,
  stackOf,
  type FunctionalModel,
  type Layer,
} from './layers-topology.ts';
import { ModelFileError } from './model-file-error.ts';
import {
  parseWeightsManifest,
  readTensors,
  writeTensors,
  type NamedTensor,
} from './weights-manifest.ts';

export const MODEL_JSON = 'model.json';
export const METADATA_JSON = 'metadata.json';
/** A MobileNet's is 100 kB. */
export const MAX_MODEL_JSON_BYTES = 8 * 2 ** 20;
export const MAX_WEIGHT_BYTES = 128 * 2 ** 20;

/** Pixel 255 as Teachable Machine hands it in: it divides by 127, not 127.5. */
const THEIR_RANGE: readonly [number, number] = [-1, 255 / 127 - 1];

const metadata = z.looseObject({
  labels: z.array(z.string().max(1000)).min(1),
  imageSize: z.union([z.number(), z.array(z.number())]).optional(),
  grayscale: z.boolean().optional(),
  modelName: z.string().max(500).optional(),
  packageName: z.string().max(200).optional(),
});

export function teachableMetadata(
  modelName: string,
  labels: readonly string[],
  imageSize: number,
  timeStamp: string,
): Readonly<Record<string, unknown>> {
  return {
    tfjsVersion: '1.7.4',
    tmVersion: '2.4.10',
    packageVersion: '0.8.4-alpha2',
    packageName: '@teachablemachine/image',
    timeStamp,
    userMetadata: {},
    modelName,
    labels: [...labels],
    imageSize,
  };
}

export interface TeachableModel {
  readonly name: string;
  /** As written in the file, made safe to show and told apart where two read the same. */
  readonly labels: readonly string[];
  readonly head: HeadWeights;
  /** Everything but id and hashes. */
  readonly card: Omit<BackboneCard, 'id' | 'files' | 'totalBytes' | 'summaryKey'>;
  readonly artifacts: Pick<BackboneArtifacts, 'modelJson' | 'weights'>;
}

export interface TeachableFiles {
  readonly modelJson: Uint8Array;
  readonly metadata: Uint8Array | null;
  /** A weight file by the name that model.json gives it; null when it is not there. */
  readonly weights: (path: string) => Uint8Array | null;
}

/** Throws ModelFileError. */
export function readTeachableModel(files: TeachableFiles): TeachableModel {
  if (files.modelJson.length > MAX_MODEL_JSON_BYTES) {
    throw new ModelFileError('too-large', { limit: MAX_MODEL_JSON_BYTES / 2 ** 20 });
  }
  const modelJson = parseJson(files.modelJson);
  const whole = readTopology(modelJson);
  const { labels, name } = readMetadata(files.metadata);
  const { features, dense } = takeApart(whole);
  const tensors = readTensors(parseWeightsManifest(modelJson), joinWeights(modelJson, files));
  for (const { values } of tensors.values()) {
    if (!values.every(Number.isFinite)) throw new ModelFileError('not-finite');
  }
  const head = readHead(dense, tensors);
  if (head.classCount !== labels.length) {
    throw new ModelFileError('label-count', { labels: labels.length, outputs: head.classCount });
  }
  return { name, labels, head, ...readBackbone(features, tensors, head.inputDim) };
}

function readMetadata(bytes: Uint8Array | null): { labels: readonly string[]; name: string } {
  if (bytes === null) throw new ModelFileError('missing-file', { name: METADATA_JSON });
  if (bytes.length > MAX_MODEL_JSON_BYTES) {
    throw new ModelFileError('too-large', { limit: MAX_MODEL_JSON_BYTES / 2 ** 20 });
  }
  const content = parseJson(bytes);
  const parsed = metadata.safeParse(content);
  if (!parsed.success) throw new ModelFileError('no-labels');
  const { labels, packageName = '', grayscale = false, modelName = '' } = parsed.data;
  if (/\/(pose|audio)$/.test(packageName))
    throw new ModelFileError('not-images', { what: 'other' });
  if (grayscale) throw new ModelFileError('not-images', { what: 'grey' });
  if (labels.length > MAX_MODEL_CLASSES) {
    throw new ModelFileError('too-many-classes', { n: labels.length, limit: MAX_MODEL_CLASSES });
  }
  return { labels: distinctNames(labels), name: normaliseClassName(modelName) };
}

/** Every label readable and none twice; the order stays. */
export function distinctNames(labels: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return labels.map((label, i) => {
    const plain = normaliseClassName(label) || `Class ${i + 1}`;
    let name = plain;
    for (let n = 2; taken.has(name); n++) name = `${plain} (${n})`;
    taken.add(name);
    return name;
  });
}

function joinWeights(modelJson: unknown, files: TeachableFiles): Uint8Array {
  const paths = parseWeightsManifest(modelJson).flatMap((group) => group.paths);
  const parts = paths.map((path) => {
    const bytes = files.weights(path);
    if (bytes === null) throw new ModelFileError('missing-file', { name: path });
    return bytes;
  });
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > MAX_WEIGHT_BYTES) {
    throw new ModelFileError('too-large', { limit: MAX_WEIGHT_BYTES / 2 ** 20 });
  }
  return joinBytes(parts);
}

/** [[backbone, mean], [dense, dense]], however deep the stacks are nested. */
function takeApart(whole: Layer): { features: FunctionalModel; dense: readonly Layer[] } {
  const flat = flatten(whole);
  const [first, pool, ...dense] = flat;
  if (first === undefined || !isFunctional(first)) {
    throw new ModelFileError('unsupported-layer', { name: first?.class_name ?? whole.class_name });
  }
  if (pool?.class_name !== 'GlobalAveragePooling2D') {
    throw new ModelFileError('unsupported-layer', { name: pool?.class_name ?? '?' });
  }
  const known = dense.filter((layer) => layer.class_name !== 'Dropout');
  if (known.length < 1 || known.length > 2 || known.some((one) => one.class_name !== 'Dense')) {
    throw new ModelFileError('unsupported-head');
  }
  return { features: readFunctional(first), dense: known };
}

function flatten(layer: Layer): readonly Layer[] {
  return isSequential(layer) ? stackOf(layer).flatMap(flatten) : [layer];
}

function readHead(dense: readonly Layer[], tensors: ReadonlyMap<string, NamedTensor>): HeadWeights {
  const layers = dense.map((layer, i) => {
    const { name, activation, use_bias: hasBias = true } = configOf(layer);
    const wanted = i === dense.length - 1 ? 'softmax' : 'relu';
    const kernel = tensors.get(`${String(name)}/kernel`);
    if (activation !== wanted) throw new ModelFileError('unsupported-head');
    if (kernel === undefined) throw new ModelFileError('missing-weights', { name: String(name) });
    const [inputs = 0, units = 0] = kernel.shape;
    const bias =
      hasBias === false ? new Float32Array(units) : tensors.get(`${String(name)}/bias`)?.values;
    const isRight = kernel.shape.length === 2 && bias?.length === units && inputs > 0 && units > 0;
    if (!isRight) throw new ModelFileError('wrong-shape', { name: String(name) });
    return { inputs, units, kernel: kernel.values, bias };
  });
  const [first, second] = layers;
  const last = second ?? first;
  if (first === undefined || last === undefined) throw new ModelFileError('unsupported-head');
  if (second !== undefined && second.inputs !== first.units) {
    throw new ModelFileError('wrong-shape', { name: 'head' });
  }
  return {
    inputDim: first.inputs,
    hiddenUnits: second === undefined ? 0 : first.units,
    classCount: last.units,
    standardisation: null,
    hiddenKernel: second === undefined ? null : first.kernel,
    hiddenBias: second === undefined ? null : first.bias,
    outputKernel: last.kernel,
    outputBias: last.bias,
  };
}

/** Pixels of the input for one place of a MobileNet's last map. */
const MOBILENET_STRIDE = 32;

function readBackbone(
  model: FunctionalModel,
  tensors: ReadonlyMap<string, NamedTensor>,
  width: number,
): Pick<TeachableModel, 'card' | 'artifacts'> {
  const size = inputSizeOf(model);
  const names = new Set(model.layers.map((layer) => layer.name));
  const own = [...tensors.values()].filter(({ name }) =>
    names.has(name.slice(0, name.lastIndexOf('/'))),
  );
  const { specs, bytes } = writeTensors(own, false);
  return {
    card: {
      name: `Teachable Machine (${size} px)`,
      format: 'layers',
      source: { kind: 'file', modelUrl: 'model.json', publisher: 'Teachable Machine' },
      licence: 'Apache-2.0',
      inputSize: size,
      inputRange: THEIR_RANGE,
      embedding: { node: model.output, width, pool: true },
      // What is pooled next: the map that says where in a photo the evidence lies.
      featureMap: { node: model.output, side: Math.ceil(size / MOBILENET_STRIDE) },
      multiplyAddsM: 59,
      golden: null,
    },
    artifacts: {
      modelJson: {
        modelTopology: {
          class_name: 'Model',
          config: {
            name: model.name,
            layers: model.layers,
            input_layers: [[model.input, 0, 0]],
            output_layers: [[model.output, 0, 0]],
          },
          keras_version: 'tfjs-layers 4.22.0',
          backend: 'tensor_flow.js',
        },
        weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
      },
      weights: bytes.buffer,
    },
  };
}
