/** Looks into model files that a person chose: a zip, or the files of a model. Changes nothing. */
import type { BackboneArtifacts, BackboneCard } from '../../../domain/backbone-card.ts';
import { normaliseClassName } from '../../../domain/class-names.ts';
import type { HeadWeights } from '../../../domain/head.ts';
import type { FitMode } from '../../../domain/photo.ts';
import {
  HEAD_BIN,
  HEAD_JSON,
  MAX_HEAD_BYTES,
  readHeadFile,
} from '../../../formats/model/head-file.ts';
import { ModelFileError } from '../../../formats/model/model-file-error.ts';
import {
  distinctNames,
  MAX_MODEL_JSON_BYTES,
  MAX_WEIGHT_BYTES,
  METADATA_JSON,
  MODEL_JSON,
  readTeachableModel,
} from '../../../formats/model/teachable-model.ts';
import { openZip } from '../../../formats/zip-archive.ts';
import type { ModelImportPreview } from '../../model-export-state.ts';
import type { IncomingFile } from '../../store-types.ts';
import { hashOf } from '../model-files.ts';

export interface ReadModel {
  readonly preview: ModelImportPreview;
  readonly head: HeadWeights;
  /** Logits are divided by it before the softmax. */
  readonly temperature: number;
  readonly backbone:
    | {
        readonly kind: 'inside';
        readonly card: BackboneCard;
        readonly artifacts: BackboneArtifacts;
      }
    | { readonly kind: 'needed'; readonly id: string; readonly weightsSha256: string };
}

/** A file by its bare name; null when it is not there. */
type Find = (name: string) => Promise<Uint8Array<ArrayBuffer>> | null;

const LIMITS = { entries: 500, memberBytes: MAX_WEIGHT_BYTES, totalBytes: 2 * MAX_WEIGHT_BYTES };

/** Throws ModelFileError or ArchiveError. */
export async function readModelFiles(files: readonly IncomingFile[]): Promise<ReadModel> {
  const [first] = files;
  if (first === undefined) throw new ModelFileError('not-a-model');
  const isZip = files.length === 1 && /\.zip$/i.test(first.name);
  const find = isZip ? await findInZip(first.file) : findAmong(files);
  const fallback = normaliseClassName(first.name.replace(/\.[^.]*$/, '')) || 'Model';
  if (find(HEAD_JSON) !== null) return readHead(find, fallback);
  if (find(MODEL_JSON) !== null) return readTeachable(find, fallback);
  throw new ModelFileError('not-a-model');
}

async function findInZip(zip: Blob): Promise<Find> {
  const { members } = await openZip(zip, LIMITS);
  // The topmost one of that name: a zip of a folder is as good as a zip of its files.
  const sorted = [...members].sort((a, b) => a.parts.length - b.parts.length);
  return (name) => {
    const member = sorted.find(({ parts }) => parts.at(-1) === name);
    return member === undefined ? null : member.read();
  };
}

function findAmong(files: readonly IncomingFile[]): Find {
  return (name) => {
    const found = files.find((one) => one.name === name);
    if (found === undefined) return null;
    if (found.file.size > MAX_WEIGHT_BYTES) {
      throw new ModelFileError('too-large', { limit: MAX_WEIGHT_BYTES / 2 ** 20 });
    }
    return found.file.arrayBuffer().then((buffer) => new Uint8Array(buffer));
  };
}

async function required(find: Find, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const found = find(name);
  if (found === null) throw new ModelFileError('missing-file', { name });
  return found;
}

async function readHead(find: Find, fallback: string): Promise<ReadModel> {
  const json = await required(find, HEAD_JSON);
  const bin = await required(find, HEAD_BIN);
  if (bin.length > MAX_HEAD_BYTES) {
    throw new ModelFileError('too-large', { limit: MAX_HEAD_BYTES / 2 ** 20 });
  }
  const { head, pipeline, name } = readHeadFile(json, bin, await hashOf(bin.buffer));
  const { backbone, square, classes, abstainBelow, thresholds } = pipeline;
  return {
    preview: {
      kind: 'head',
      name: normaliseClassName(name) || fallback,
      classes: distinctNames(classes),
      backboneName: backbone.name,
      inputSize: square.size,
      fit: square.fit,
      limits: { abstainBelow, thresholds },
    },
    head,
    temperature: pipeline.temperature,
    backbone: { kind: 'needed', id: backbone.id, weightsSha256: backbone.weightsSha256 },
  };
}

const FIT_OF_THEIRS: FitMode = 'crop';

async function readTeachable(find: Find, fallback: string): Promise<ReadModel> {
  const modelJson = await required(find, MODEL_JSON);
  if (modelJson.length > MAX_MODEL_JSON_BYTES) {
    throw new ModelFileError('too-large', { limit: MAX_MODEL_JSON_BYTES / 2 ** 20 });
  }
  const weights = await readWeightFiles(find, modelJson);
  const metadata = (await find(METADATA_JSON)) ?? null;
  const model = readTeachableModel({
    modelJson,
    metadata,
    weights: (path) => weights.get(path) ?? null,
  });
  const weightsSha256 = await hashOf(model.artifacts.weights);
  const jsonBytes = new TextEncoder().encode(JSON.stringify(model.artifacts.modelJson));
  const files = [
    { path: MODEL_JSON, bytes: jsonBytes.length, sha256: await hashOf(jsonBytes.buffer) },
    { path: 'weights.bin', bytes: model.artifacts.weights.byteLength, sha256: weightsSha256 },
  ];
  const card: BackboneCard = {
    ...model.card,
    id: `teachable-machine-${weightsSha256.slice(0, 12)}`,
    files,
    totalBytes: files.reduce((sum, file) => sum + file.bytes, 0),
    summaryKey: 'backbone.summary.file',
  };
  return {
    preview: {
      kind: 'teachable-machine',
      name: model.name || fallback,
      classes: model.labels,
      backboneName: card.name,
      inputSize: card.inputSize,
      fit: FIT_OF_THEIRS,
      limits: null,
    },
    head: model.head,
    temperature: 1,
    backbone: { kind: 'inside', card, artifacts: { ...model.artifacts, weightsSha256 } },
  };
}

/** Those that model.json names and that are there; what is missing is told by the reader. */
async function readWeightFiles(
  find: Find,
  modelJson: Uint8Array,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const text = new TextDecoder().decode(modelJson);
  const names = new Set(
    [...text.matchAll(/"([\w.-]{1,100}\.bin)"/g)].map((match) => match[1] ?? ''),
  );
  const found = new Map<string, Uint8Array>();
  for (const name of [...names].slice(0, 100)) {
    const bytes = find(name);
    if (bytes !== null) found.set(name, await bytes);
  }
  return found;
}
