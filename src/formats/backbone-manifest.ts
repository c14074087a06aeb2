/**
 * Reads `models/<id>/manifest.json` (one BackboneCard) and `models/index.json` (which ids are there).
 * Both may be written by hand on a school's server, so everything is checked before it is believed.
 */
import { z } from 'zod';
import type { BackboneCard } from '../domain/backbone-card.ts';

/** Longest manifest or index that is read at all, in characters. */
export const MAX_MANIFEST_CHARS = 256 * 1024;
/** Largest backbone offered, all files together: what a tablet can still hold in memory twice. */
export const MAX_BACKBONE_BYTES = 256 * 1024 * 1024;
/** Ids become folder names, cache keys and URL parts. */
export const BACKBONE_ID_PATTERN = /^[a-z0-9][a-z0-9._-]{0,63}$/;
export const MAX_BACKBONES_IN_INDEX = 64;

/** One thing wrong with a manifest. `message` is for the person who wrote it (English, technical). */
export interface ManifestProblem {
  /** Where, e.g. `files.0.bytes`; empty for the whole file. */
  readonly path: string;
  readonly message: string;
}

export interface RefusedManifest {
  readonly ok: false;
  readonly problems: readonly ManifestProblem[];
}
export type ParsedManifest = { readonly ok: true; readonly card: BackboneCard } | RefusedManifest;
export type ParsedIndex = { readonly ok: true; readonly ids: readonly string[] } | RefusedManifest;

const id = z
  .string()
  .regex(BACKBONE_ID_PATTERN, 'must be lower-case letters, digits, dot, dash or underscore')
  .refine((value) => !value.includes('..'), 'must not contain ".."');

const shortText = z.string().trim().min(1).max(200);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits');
const count = z.int().min(1);
const finite = z.number();

const filePath = z
  .string()
  .max(200)
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/,
    'must be a plain relative path',
  );

/** Relative to the app, or http(s). Everything else (`javascript:`, `../`, `//host`) is refused. */
const modelUrl = z
  .string()
  .max(500)
  .refine(isModelUrl, 'must be a relative path inside the app or an http(s) URL of model.json');

const card = z
  .object({
    id,
    name: shortText,
    format: z.enum(['graph', 'mobilenet', 'layers']),
    mobilenet: z
      .object({ version: z.union([z.literal(1), z.literal(2)]), alpha: finite.positive() })
      .exactOptional(),
    source: z.object({
      kind: z.enum(['built-in', 'self-hosted', 'download', 'file']),
      modelUrl,
      publisher: shortText,
    }),
    licence: shortText,
    totalBytes: count.max(MAX_BACKBONE_BYTES),
    files: z
      .array(
        z.object({
          path: filePath,
          bytes: count.max(MAX_BACKBONE_BYTES),
          sha256: sha256.nullable(),
        }),
      )
      .min(1)
      .max(400),
    inputSize: count.min(16).max(1024),
    inputRange: z
      .tuple([finite, finite])
      .refine(([low, high]) => high > low, 'must be [lower, higher]'),
    embedding: z.object({ node: shortText, width: count.max(16384), pool: z.boolean() }),
    featureMap: z.object({ node: shortText, side: count.max(1024) }).nullable(),
    multiplyAddsM: finite.positive(),
    golden: z
      .object({
        input: z.literal('sine'),
        first: z.array(finite).min(1).max(64),
        sum: finite,
        tolerance: finite.positive().max(1),
      })
      .nullable(),
    summaryKey: z.string().regex(/^[a-z][A-Za-z0-9._-]{0,99}$/, 'must be a message key'),
  })
  .superRefine((value, context) => {
    const report = (path: string[], message: string): void => {
      context.addIssue({ code: 'custom', path, message });
    };
    if (value.format === 'mobilenet') {
      if (value.mobilenet === undefined) report(['mobilenet'], 'is needed for format "mobilenet"');
      // @tensorflow-models/mobilenet resizes everything to 224 itself.
      if (value.inputSize !== 224) report(['inputSize'], 'must be 224 for format "mobilenet"');
    }
    if (value.files[0]?.path !== 'model.json') report(['files'], 'must begin with model.json');
    if (new Set(value.files.map((file) => file.path)).size !== value.files.length) {
      report(['files'], 'must not name a file twice');
    }
    const sum = value.files.reduce((total, file) => total + file.bytes, 0);
    if (value.files.length === 1) {
      if (value.source.kind !== 'download') report(['files'], 'must name the weight files');
      if (sum >= value.totalBytes) report(['totalBytes'], 'must count the weight files too');
    } else if (sum !== value.totalBytes) {
      report(['totalBytes'], `is ${value.totalBytes}, but the files add up to ${sum}`);
    }
  });

const index = z.object({
  ids: z
    .array(id)
    .max(MAX_BACKBONES_IN_INDEX)
    .refine((ids) => new Set(ids).size === ids.length, 'must not name a backbone twice'),
});

/**
 * Checks one manifest, parsed or as text. Unknown fields are dropped. Never throws.
 * `expectedId` is the folder's name: a manifest found under another one is refused.
 */
export function parseBackboneManifest(input: unknown, expectedId?: string): ParsedManifest {
  const parsed = check<BackboneCard>(card, input);
  if (!parsed.ok) return parsed;
  if (expectedId !== undefined && parsed.value.id !== expectedId) {
    return refuse('id', `is "${parsed.value.id}", but the folder is "${expectedId}"`);
  }
  return { ok: true, card: parsed.value };
}

/** Checks `models/index.json`, parsed or as text: `{"ids": ["…"]}`. Never throws. */
export function parseBackboneIndex(input: unknown): ParsedIndex {
  const parsed = check<{ readonly ids: readonly string[] }>(index, input);
  return parsed.ok ? { ok: true, ids: parsed.value.ids } : parsed;
}

function check<Value>(
  schema: z.ZodType<Value>,
  input: unknown,
): { readonly ok: true; readonly value: Value } | RefusedManifest {
  let data = input;
  if (typeof input === 'string') {
    if (input.length > MAX_MANIFEST_CHARS) {
      return refuse('', `is longer than ${MAX_MANIFEST_CHARS} characters`);
    }
    try {
      data = JSON.parse(input);
    } catch {
      return refuse('', 'is not JSON');
    }
  }
  const result = schema.safeParse(data);
  if (result.success) return { ok: true, value: result.data };
  const problems = result.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }));
  return { ok: false, problems };
}

function refuse(path: string, message: string): RefusedManifest {
  return { ok: false, problems: [{ path, message }] };
}

function isModelUrl(value: string): boolean {
  if (!/\/?[A-Za-z0-9._-]+\.json$/.test(value)) return false;
  if (/^https?:\/\//.test(value)) return URL.canParse(value);
  return /^[A-Za-z0-9_]/.test(value) && !/[:\\]/.test(value) && !value.split('/').includes('..');
}
