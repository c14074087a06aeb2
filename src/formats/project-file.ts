/**
 * The parts of a Headstart project file (docs/PROJECT-FILE.md): what is JSON in it, how numbers that
 * JSON cannot hold are kept exactly, and what is checked before any of it is believed.
 */
import { z } from 'zod';
import { ArchiveError } from './archive-error.ts';
import { MAX_PROJECT_PHOTOS } from './project-limits.ts';

export const PROJECT_FILE_VERSION = 1;
export const PROJECT_FILE_FORMAT = 'headstart-project';
export const HEAD_FILE = 'headstart.json';
export const PHOTOS_PER_FILE = 500;

export const photoListName = (n: number): string => `photos/${String(n).padStart(4, '0')}.json`;
export const runName = (n: number): string => `runs/${String(n).padStart(4, '0')}.json`;
export const runNumbersName = (n: number): string => `runs/${String(n).padStart(4, '0')}.f32`;
export const imageName = (hash: string): string => `images/${hash}`;
export const thumbnailName = (hash: string): string => `thumbnails/${hash}`;

const text = z.string().max(1000);
const id = z.string().min(1).max(200);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const number = z.number();
const count = z.number().int().min(0);
const mediaType = z.enum(['image/jpeg', 'image/png', 'image/webp']);
const classInfo = z.looseObject({ id, name: z.string().min(1).max(400), colorIndex: count });
const fit = z.enum(['crop', 'pad', 'stretch']);

export const headSchema = z.looseObject({
  format: z.literal(PROJECT_FILE_FORMAT),
  version: z.number().int().min(1),
  photoCount: count.max(MAX_PROJECT_PHOTOS),
  runCount: count.max(10_000),
  project: z.looseObject({
    id,
    name: text,
    createdAt: number,
    usedAt: number,
    classes: z.array(classInfo).max(5000),
    split: z.looseObject({
      seed: number,
      validationShare: number.min(0).max(1),
      testShare: number.min(0).max(1),
    }),
    fit,
    backboneId: text,
    hyperparameters: z.record(z.string(), z.union([z.string(), number, z.boolean()])),
  }),
});
export type ProjectFileHead = z.infer<typeof headSchema>;

const photoSchema = z.looseObject({
  id,
  classId: id,
  name: text,
  side: z.enum(['train', 'validation', 'test']),
  pinned: z.boolean(),
  groupId: id,
  splitRank: number.optional(),
  contentHash: hash,
  imageHash: hash,
  perceptualHash: z.string().regex(/^[0-9a-f]{16}$/),
  width: count.max(20_000),
  height: count.max(20_000),
  origin: z.looseObject({ kind: text }),
  addedAt: number,
  stats: z.looseObject({ brightness: number, contrast: number, sharpness: number }),
});
export const photoListSchema = z
  .array(z.object({ photo: photoSchema, imageType: mediaType, thumbnailType: mediaType }))
  .max(PHOTOS_PER_FILE);

const floats = z.instanceof(Float32Array);
const anyNumber = z.custom<number>((value) => typeof value === 'number');
const standardisation = z.object({ mean: floats, scale: floats }).nullable();
const shape = { inputDim: count.min(1), hiddenUnits: count, classCount: count.min(1) };

const trainedHead = z
  .looseObject({
    ...shape,
    standardisation,
    hiddenKernel: floats.nullable(),
    hiddenBias: floats.nullable(),
    outputKernel: floats,
    outputBias: floats,
  })
  .refine((head) => {
    const { inputDim, hiddenUnits, classCount } = head;
    const isLinear = hiddenUnits === 0;
    return (
      (head.hiddenKernel?.length ?? 0) === inputDim * hiddenUnits &&
      (head.hiddenBias?.length ?? 0) === hiddenUnits &&
      head.outputKernel.length === (isLinear ? inputDim : hiddenUnits) * classCount &&
      head.outputBias.length === classCount &&
      standardises(head.standardisation, inputDim)
    );
  });

const headHistory = z
  .looseObject({ ...shape, standardisation, epochs: z.array(count).min(1), weights: floats })
  .refine(({ inputDim, hiddenUnits, classCount, epochs, weights, ...rest }) => {
    const hidden = hiddenUnits * (inputDim + 1);
    const perHead = hidden + classCount * ((hiddenUnits === 0 ? inputDim : hiddenUnits) + 1);
    return (
      weights.length === epochs.length * perHead && standardises(rest.standardisation, inputDim)
    );
  });

function standardises(values: z.infer<typeof standardisation>, inputDim: number): boolean {
  return values === null || (values.mean.length === inputDim && values.scale.length === inputDim);
}

export const runSchema = z.looseObject({
  id,
  projectId: id,
  name: text,
  pinned: z.boolean(),
  startedAt: number,
  end: z.enum(['completed', 'early-stopped', 'stopped', 'diverged', 'interrupted']),
  hyperparameters: z.record(z.string(), z.unknown()),
  classes: z.array(classInfo).min(1),
  fit,
  backboneId: text,
  backboneSha256: text,
  backend: text,
  appVersion: text,
  dataFingerprint: text,
  trainIds: z.array(id),
  validationIds: z.array(id),
  metrics: z.array(
    z.looseObject({
      epoch: count,
      trainLoss: anyNumber,
      trainAccuracy: anyNumber,
      validationLoss: anyNumber.nullable(),
      validationAccuracy: anyNumber.nullable(),
      learningRate: anyNumber,
      elapsedMs: anyNumber,
    }),
  ),
  bestEpoch: count,
  stoppedEpoch: count.nullable(),
  elapsedMs: number,
  head: trainedHead,
  headHistory: headHistory.optional(),
});

/** Throws ArchiveError 'edited'. */
export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) {
    const where = result.error.issues[0]?.path.join('.') ?? '';
    throw new ArchiveError('edited', { where: where.slice(0, 100) });
  }
  return result.data;
}

/** Throws ArchiveError: not-a-project, from-the-future, edited. */
export function parseHead(json: string): ProjectFileHead {
  const value = parseJson(json);
  const start = z.looseObject({ format: z.literal(PROJECT_FILE_FORMAT), version: z.number() });
  const known = start.safeParse(value);
  if (!known.success) throw new ArchiveError('not-a-project');
  if (known.data.version > PROJECT_FILE_VERSION) throw new ArchiveError('from-the-future');
  return checked(headSchema, value);
}

/** Throws ArchiveError 'edited' when it is not JSON. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ArchiveError('edited', { where: 'JSON' });
  }
}

const ARRAY_KEY = '$float32';
const NUMBER_KEY = '$number';
const ODD_NUMBERS = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);

export interface PackedValue {
  readonly json: string;
  /** All Float32Arrays one behind the other, little-endian. */
  readonly numbers: Uint8Array<ArrayBuffer>;
}

/** JSON with float arrays and odd numbers (NaN, infinities, -0) kept exactly. */
export function packValue(value: unknown): PackedValue {
  const arrays: Float32Array[] = [];
  let length = 0;
  const replace = (item: unknown): unknown => {
    if (item instanceof Float32Array) {
      arrays.push(item);
      length += item.length;
      return { [ARRAY_KEY]: [length - item.length, item.length] };
    }
    if (typeof item === 'number' && (!Number.isFinite(item) || Object.is(item, -0))) {
      return { [NUMBER_KEY]: Object.is(item, -0) ? '-0' : String(item) };
    }
    if (Array.isArray(item)) return item.map(replace);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, own]) => [key, replace(own)]));
  };
  const json = JSON.stringify(replace(value));
  const view = new DataView(new ArrayBuffer(length * 4));
  let at = 0;
  for (const array of arrays) {
    const bits = new Uint32Array(array.buffer, array.byteOffset, array.length);
    for (const word of bits) view.setUint32(at++ * 4, word, true);
  }
  return { json, numbers: new Uint8Array(view.buffer) };
}

/** Throws ArchiveError 'edited' when the JSON asks for numbers that are not there. */
export function unpackValue({ json, numbers }: PackedValue): unknown {
  const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const restore = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(restore);
    if (typeof item !== 'object' || item === null) return item;
    const fields = Object.entries(item);
    if (fields.length === 1) {
      const [key, own] = fields[0] as [string, unknown];
      if (key === ARRAY_KEY) return readFloats(view, own);
      if (key === NUMBER_KEY && typeof own === 'string') return ODD_NUMBERS.get(own) ?? null;
    }
    return Object.fromEntries(fields.map(([name, own]) => [name, restore(own)]));
  };
  return restore(parseJson(json));
}

function readFloats(view: DataView, place: unknown): Float32Array {
  const [start, length] = checked(z.tuple([count, count]), place);
  if ((start + length) * 4 > view.byteLength)
    throw new ArchiveError('edited', { where: 'numbers' });
  const bits = new Uint32Array(length);
  for (let i = 0; i < length; i++) bits[i] = view.getUint32((start + i) * 4, true);
  return new Float32Array(bits.buffer);
}
