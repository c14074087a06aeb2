/**
 * A Headstart head: the trained numbers, what they mean and which backbone they need, in two files of
 * a zip. Read with suspicion: every size is checked before a number is believed.
 */
import { z } from 'zod';
import type { HeadWeights } from '../../domain/head.ts';
import type { PredictionPipeline } from '../../domain/prediction-pipeline.ts';
import { jsonFile } from './export-facts.ts';
import { ModelFileError } from './model-file-error.ts';

export const HEAD_JSON = 'head.json';
export const HEAD_BIN = 'head.bin';
export const MAX_HEAD_BYTES = 64 * 2 ** 20;
export const MAX_HEAD_JSON_BYTES = 2 * 2 ** 20;
/** More than a person can fill with photos; a wider softmax is somebody's ImageNet. */
export const MAX_MODEL_CLASSES = 500;

const VERSION = 1;

const pipelineSchema = z.looseObject({
  format: z.literal('headstart-pipeline'),
  version: z.number(),
  square: z.looseObject({
    fit: z.enum(['crop', 'pad', 'stretch']),
    size: z.int().min(16).max(1024),
  }),
  scale: z.object({ low: z.number(), high: z.number() }),
  backbone: z.looseObject({
    id: z.string().min(1).max(100),
    name: z.string().max(200),
    weightsSha256: z.string().regex(/^[0-9a-f]{64}$/),
    width: z.int().min(1).max(8192),
  }),
  temperature: z.number().positive().max(1000),
  abstainBelow: z.number().min(0).max(1).nullable(),
  // Files from before thresholds went along have none.
  thresholds: z.array(z.number().min(0).max(1)).nullable().default(null),
  classes: z.array(z.string().max(1000)).min(1),
});

const schema = z.looseObject({
  format: z.literal('headstart-head'),
  version: z.int().min(1),
  name: z.string().max(500),
  savedBy: z.string().max(100),
  inputDim: z.int().min(1).max(8192),
  hiddenUnits: z.int().min(0).max(4096),
  classCount: z.int().min(1),
  standardised: z.boolean(),
  /** SHA-256 of head.bin. */
  numbersSha256: z.string(),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  pipeline: pipelineSchema,
});

export interface HeadFile {
  readonly name: string;
  readonly head: HeadWeights;
  readonly pipeline: Pick<
    PredictionPipeline,
    'classes' | 'temperature' | 'abstainBelow' | 'thresholds' | 'square' | 'scale' | 'backbone'
  >;
  /** As they were saved; unknown keys and odd values included. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** In the file one behind the other: mean, scale, hidden kernel, hidden bias, output kernel, bias. */
function partsOf(head: HeadWeights): readonly Float32Array[] {
  const { standardisation, hiddenKernel, hiddenBias, outputKernel, outputBias } = head;
  return [
    standardisation?.mean,
    standardisation?.scale,
    hiddenKernel,
    hiddenBias,
    outputKernel,
    outputBias,
  ].filter((part) => part != null);
}

/** The numbers of `head.bin`. */
export function headNumbers(head: HeadWeights): Uint8Array<ArrayBuffer> {
  const parts = partsOf(head);
  const bin = new Uint8Array(4 * parts.reduce((sum, part) => sum + part.length, 0));
  const view = new DataView(bin.buffer);
  let at = 0;
  for (const part of parts) {
    for (const value of part) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bin;
}

export interface HeadDescription {
  readonly name: string;
  readonly savedBy: string;
  readonly head: HeadWeights;
  readonly pipeline: PredictionPipeline;
  readonly settings: HeadFile['settings'];
  /** SHA-256 (hex) of `headNumbers`. */
  readonly numbersSha256: string;
}

/** The text of `head.json`. */
export function headDescription(of: HeadDescription): Uint8Array<ArrayBuffer> {
  const { inputDim, hiddenUnits, classCount, standardisation } = of.head;
  return jsonFile({
    format: 'headstart-head',
    version: VERSION,
    name: of.name,
    savedBy: of.savedBy,
    inputDim,
    hiddenUnits,
    classCount,
    standardised: standardisation !== null,
    numbersSha256: of.numbersSha256,
    settings: of.settings,
    pipeline: of.pipeline,
  });
}

/**
 * @param binSha256 SHA-256 (hex) of `bin`, which the caller has better means to compute
 * Throws ModelFileError.
 */
export function readHeadFile(json: Uint8Array, bin: Uint8Array, binSha256: string): HeadFile {
  if (json.length > MAX_HEAD_JSON_BYTES || bin.length > MAX_HEAD_BYTES) {
    throw new ModelFileError('too-large', { limit: MAX_HEAD_BYTES / 2 ** 20 });
  }
  const content = parseJson(json);
  const version = (content as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > VERSION) throw new ModelFileError('from-the-future');
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw new ModelFileError('edited', { where: HEAD_JSON });
  const { inputDim, hiddenUnits, classCount, standardised, pipeline, name, settings } = parsed.data;
  if (classCount > MAX_MODEL_CLASSES) {
    throw new ModelFileError('too-many-classes', { n: classCount, limit: MAX_MODEL_CLASSES });
  }
  const { thresholds } = pipeline;
  if (
    pipeline.classes.length !== classCount ||
    pipeline.backbone.width !== inputDim ||
    (thresholds !== null && thresholds.length !== classCount)
  ) {
    throw new ModelFileError('edited', { where: HEAD_JSON });
  }
  if (binSha256 !== parsed.data.numbersSha256) {
    throw new ModelFileError('edited', { where: HEAD_BIN });
  }
  const head = readNumbers(bin, { inputDim, hiddenUnits, classCount, standardised });
  return { name, head, pipeline: pipeline as unknown as HeadFile['pipeline'], settings };
}

interface Shape {
  readonly inputDim: number;
  readonly hiddenUnits: number;
  readonly classCount: number;
  readonly standardised: boolean;
}

function readNumbers(bin: Uint8Array, shape: Shape): HeadWeights {
  const { inputDim, hiddenUnits, classCount, standardised } = shape;
  const fanIn = hiddenUnits === 0 ? inputDim : hiddenUnits;
  const numbers =
    (standardised ? 2 * inputDim : 0) +
    (hiddenUnits === 0 ? 0 : hiddenUnits * (inputDim + 1)) +
    classCount * (fanIn + 1);
  if (bin.length !== numbers * 4) {
    throw new ModelFileError('weights-length', { wanted: numbers * 4, got: bin.length });
  }
  const view = new DataView(bin.buffer, bin.byteOffset, bin.byteLength);
  let at = 0;
  const take = (length: number): Float32Array => {
    const values = Float32Array.from({ length }, (_, i) => view.getFloat32(at + i * 4, true));
    at += length * 4;
    if (!values.every(Number.isFinite)) throw new ModelFileError('not-finite');
    return values;
  };
  const standardisation = standardised ? { mean: take(inputDim), scale: take(inputDim) } : null;
  if (standardisation?.scale.some((value) => value <= 0) === true) {
    throw new ModelFileError('edited', { where: HEAD_BIN });
  }
  const isLinear = hiddenUnits === 0;
  return {
    inputDim,
    hiddenUnits,
    classCount,
    standardisation,
    hiddenKernel: isLinear ? null : take(inputDim * hiddenUnits),
    hiddenBias: isLinear ? null : take(hiddenUnits),
    outputKernel: take(fanIn * classCount),
    outputBias: take(classCount),
  };
}

/** Throws ModelFileError 'not-json'. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    throw new ModelFileError('not-json');
  }
}
