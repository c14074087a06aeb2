/**
 * One run as JSON (docs/RUN-FILE.md): its settings, what it learned from, and its curve; no photos, no
 * ids of photos, no weights. Checked on the way in like any file.
 */
import { z } from 'zod';
import { validateHyperparameters } from '../domain/hyperparameter-specs.ts';
import type { Run } from '../domain/run.ts';
import { ArchiveError } from './archive-error.ts';
import { checked, packValue, parseJson, unpackValue } from './project-file.ts';

export const RUN_FILE_FORMAT = 'headstart-run';
export const RUN_FILE_VERSION = 1;

const text = z.string().max(1000);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
/** NaN and infinities too: a run that diverged has them. */
const measure = z.custom<number>((value) => typeof value === 'number');

export const runFileSchema = z.object({
  format: z.literal(RUN_FILE_FORMAT),
  version: z.literal(RUN_FILE_VERSION),
  name: text,
  startedAt: z.number(),
  end: z.enum(['completed', 'early-stopped', 'stopped', 'diverged', 'interrupted']),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  data: z.object({
    fingerprint: hash,
    photosFingerprint: hash.nullable(),
    classes: z.array(text).min(1).max(5000),
    trainPhotos: count,
    validationPhotos: count,
    fit: z.enum(['crop', 'pad', 'stretch']),
    split: z.object({ seed: z.number(), validationShare: share, testShare: share }).nullable(),
  }),
  backbone: z.object({ id: text, sha256: z.string().max(64) }),
  backend: z.enum(['webgpu', 'webgl', 'wasm', 'cpu']),
  appVersion: text,
  bestEpoch: count,
  stoppedEpoch: count.nullable(),
  elapsedMs: z.number().min(0),
  epochs: z
    .array(
      z.object({
        epoch: count,
        trainLoss: measure,
        trainAccuracy: measure,
        validationLoss: measure.nullable(),
        validationAccuracy: measure.nullable(),
        learningRate: measure,
        elapsedMs: measure,
      }),
    )
    .max(5000),
});
export type RunFile = z.infer<typeof runFileSchema>;

export function toRunFile(run: Run): RunFile {
  const { name, startedAt, end, backend, appVersion, bestEpoch, stoppedEpoch, elapsedMs } = run;
  return {
    format: RUN_FILE_FORMAT,
    version: RUN_FILE_VERSION,
    name,
    startedAt,
    end,
    settings: { ...run.hyperparameters },
    data: {
      fingerprint: run.dataFingerprint,
      photosFingerprint: run.photosFingerprint ?? null,
      classes: run.classes.map((info) => info.name),
      trainPhotos: run.trainIds.length,
      validationPhotos: run.validationIds.length,
      fit: run.fit,
      split: run.split ?? null,
    },
    backbone: { id: run.backboneId, sha256: run.backboneSha256 },
    backend,
    appVersion,
    bestEpoch,
    stoppedEpoch,
    elapsedMs,
    epochs: run.metrics.map((point) => ({ ...point })),
  };
}

/** For people too: indented. Numbers that JSON cannot hold are kept as in a project file. */
export function writeRunFile(run: Run): string {
  const { json } = packValue(toRunFile(run));
  return `${JSON.stringify(parseJson(json), null, 2)}\n`;
}

/** Throws ArchiveError: not-a-project (another file), from-the-future, edited (with where). */
export function readRunFile(json: string): RunFile {
  const value = unpackValue({ json, numbers: new Uint8Array(0) });
  const start = z.looseObject({ format: z.literal(RUN_FILE_FORMAT), version: z.number() });
  const known = start.safeParse(value);
  if (!known.success) throw new ArchiveError('not-a-project');
  if (known.data.version > RUN_FILE_VERSION) throw new ArchiveError('from-the-future');
  const file = checked(runFileSchema, value);
  const settings = validateHyperparameters(file.settings);
  // A knob that came after the file was written is no fault of it.
  const wrong = settings.ok
    ? undefined
    : settings.problems.find((each) => each.verdict !== 'missing');
  if (wrong !== undefined) throw new ArchiveError('edited', { where: `settings.${wrong.key}` });
  return file;
}
