/**
 * Evaluation on real photos: time of 5-fold cross-validation of 300 photos, labels flipped on purpose
 * and found again, photos of no class told from known ones; how the job grows with 1,000 and 5,000 photos.
 * Run: node bench/run.mjs evaluation.ts
 *   time: the times alone, without photos
 *   flips [mobilenet] [draw…]: the flipped labels alone, with MobileNetV2 1.0, in these draws (1 2 3)
 */
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { areaUnderRoc } from '../src/domain/abstention.ts';
import type { CrossValidation, Evaluation } from '../src/domain/evaluation.ts';
import { DEFAULT_HYPERPARAMETERS } from '../src/domain/hyperparameter-specs.ts';
import { createRandom } from '../src/domain/random.ts';
import type { TrainOutcome } from '../src/protocol/engine-messages.ts';
import type { EvaluationPhotos } from '../src/protocol/evaluation-messages.ts';
import { createEvaluateService } from '../src/worker/evaluate/evaluate-service.ts';
import { chooseHeadMath } from '../src/worker/head/choose-head-math.ts';
import { createHeadService } from '../src/worker/head/head-service.ts';
import {
  BUILT_IN,
  MOBILENET,
  openWasm,
  realEmbeddings,
  type EmbeddedSet,
} from './real-embeddings.ts';

const SETS = ['ants-bees', 'flowers', 'rock-paper-scissors', 'recycling'] as const;
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** About where early stopping puts these sets. */
const EPOCHS = 30;

const context = { signal: new AbortController().signal, emit: () => undefined };

export async function main([only, ...rest]: readonly string[]): Promise<void> {
  if (only === 'time') {
    await openWasm();
    await growth();
    return;
  }
  const browser =
    process.env['HEADSTART_BROWSER'] ?? BROWSERS.find((each) => existsSync(each)) ?? '';
  await openWasm();
  if (only === 'flips') {
    const backbone = rest.includes('mobilenet') ? MOBILENET : BUILT_IN;
    const draws = rest.map(Number).filter(Number.isInteger);
    for (const set of await realEmbeddings(SETS, browser, backbone)) {
      await flips(set, draws.length > 0 ? draws : undefined);
    }
    return;
  }
  const sets = await realEmbeddings(SETS, browser);
  for (const set of sets) {
    const photos = sample(set, 300, 1);
    const started = performance.now();
    const result = await crossValidated(photos);
    const ms = performance.now() - started;
    console.log(
      `${set.name}: 5 folds of ${String(photos.count)} photos in ${(ms / 1000).toFixed(2)} s, ` +
        `accuracy ${(100 * result.scorecard.accuracy.value).toFixed(1)} %, ` +
        `ECE ${result.calibration.before.error.value.toFixed(3)} → ${result.calibration.after.error.value.toFixed(3)} ` +
        `at T = ${result.calibration.temperature.toFixed(2)}`,
    );
    await flips(set);
  }
  for (const known of sets) {
    for (const unknown of sets) if (known !== unknown) await unknowns(known, unknown);
  }
}

const MADE_UP_WIDTH = 1248;
const MADE_UP_CLASSES = 5;

/** Made-up embeddings: one centre a class, with noise. The first job warms up. */
async function growth(): Promise<void> {
  for (const count of [100, 300, 300, 300, 1000, 5000]) {
    const random = createRandom(count);
    const labels = Int32Array.from({ length: count }, (_, row) => row % MADE_UP_CLASSES);
    const photos: EvaluationPhotos = {
      embeddings: Float32Array.from({ length: count * MADE_UP_WIDTH }, (_, at) => {
        const isOwn = at % MADE_UP_CLASSES === labels[Math.floor(at / MADE_UP_WIDTH)];
        return Math.max(0, random.normal() + (isOwn ? 0.2 : 0));
      }),
      count,
      dim: MADE_UP_WIDTH,
      labels,
      groups: Int32Array.from(labels, (_, row) => row),
      classCount: MADE_UP_CLASSES,
    };
    const started = performance.now();
    const at: number[] = [];
    await crossValidated(photos, () => at.push(performance.now() - started));
    const whole = performance.now() - started;
    const folds = at[5] ?? NaN;
    const check = (at.at(-1) ?? NaN) - folds;
    console.log(
      `${String(count)} photos: 5 folds ${(folds / 1000).toFixed(2)} s, label check ` +
        `${(check / 1000).toFixed(2)} s, all with intervals ${(whole / 1000).toFixed(2)} s; ` +
        `load ${loadavg()[0]?.toFixed(1) ?? ''}`,
    );
  }
}

/** At most `most` photos, as many of each class. */
function sample(set: EmbeddedSet, most: number, seed: number): EvaluationPhotos {
  const perClass = Math.floor(most / set.classNames.length);
  const random = createRandom(seed);
  const rows = set.classNames.flatMap((_, label) =>
    random
      .shuffle([...set.labels].flatMap((own, row) => (own === label ? [row] : [])))
      .slice(0, perClass),
  );
  const embeddings = new Float32Array(rows.length * set.width);
  rows.forEach((row, index) => {
    embeddings.set(
      set.embeddings.subarray(row * set.width, (row + 1) * set.width),
      index * set.width,
    );
  });
  return {
    embeddings,
    count: rows.length,
    dim: set.width,
    labels: Int32Array.from(rows, (row) => set.labels[row] ?? 0),
    groups: Int32Array.from(rows, (_, index) => index),
    classCount: set.classNames.length,
  };
}

async function crossValidated(
  photos: EvaluationPhotos,
  onProgress: () => void = () => undefined,
): Promise<CrossValidation> {
  const reply = (await createEvaluateService(chooseHeadMath)['evaluate/cross-validate'](
    {
      jobId: 'bench',
      photos,
      folds: 5,
      seed: 1,
      epochs: EPOCHS,
      hyperparameters: DEFAULT_HYPERPARAMETERS,
    },
    { ...context, emit: onProgress },
  )) as { result: CrossValidation };
  return reply.result;
}

/** One label in ten is changed to another class; how many of them does the label check name? */
async function flips(set: EmbeddedSet, draws: readonly number[] = [1, 2, 3]): Promise<void> {
  const figures: string[] = [];
  for (const seed of draws) {
    const photos = sample(set, 600, seed);
    const random = createRandom(100 + seed);
    const flipped = new Set(
      random.shuffle([...photos.labels.keys()]).slice(0, Math.round(photos.count / 10)),
    );
    const labels = photos.labels.map((label, row) =>
      flipped.has(row)
        ? (label + 1 + random.int(photos.classCount - 1)) % photos.classCount
        : label,
    );
    const { labelCheck } = await crossValidated({ ...photos, labels });
    const { suspects, estimatedErrors } = labelCheck;
    const hits = suspects.map(({ row }) => flipped.has(row));
    const found = hits.filter(Boolean).length;
    // Recall at the longest beginning of the list of which at least half are flips.
    let best = 0;
    let sofar = 0;
    hits.forEach((hit, index) => {
      sofar += Number(hit);
      if (sofar / (index + 1) >= 0.5) best = sofar;
    });
    figures.push(
      `${String(flipped.size)} flips, ${String(suspects.length)} suspects, ${String(found)} found ` +
        `(recall ${(found / flipped.size).toFixed(2)}, precision ${(found / suspects.length).toFixed(2)}, ` +
        `recall at precision 0.5: ${(best / flipped.size).toFixed(2)}, estimated ${estimatedErrors.toFixed(0)})`,
    );
  }
  console.log(`${set.name}: ${figures.join('; ')}`);
}

/** Trains on one set; photos of another are unknown things. */
async function unknowns(known: EmbeddedSet, unknown: EmbeddedSet): Promise<void> {
  const own = sample(known, 300, 1);
  const others = sample(unknown, 100, 2);
  const rows = createRandom(5).shuffle(Int32Array.from({ length: own.count }, (_, row) => row));
  const trainRows = rows.slice(0, Math.round(own.count * 0.6));
  const validationRows = rows.slice(trainRows.length, Math.round(own.count * 0.8));
  const restRows = rows.slice(trainRows.length + validationRows.length);
  const service = createHeadService();
  await service['head/load-data']({ ...own, dataKey: 'd', trainRows, validationRows }, context);
  const outcome = (await service['head/train'](
    { runId: 'r', dataKey: 'd', hyperparameters: DEFAULT_HYPERPARAMETERS },
    context,
  )) as TrainOutcome;
  const all: EvaluationPhotos = {
    ...own,
    count: own.count + others.count,
    embeddings: Float32Array.from([...own.embeddings, ...others.embeddings]),
    labels: Int32Array.from([...own.labels, ...others.labels.map(() => 0)]),
    groups: Int32Array.from({ length: own.count + others.count }, (_, row) => row),
  };
  const judgedRows = Int32Array.from([
    ...restRows,
    ...others.labels.map((_, index) => own.count + index),
  ]);
  const { rows: judged, abstention } = (await createEvaluateService(chooseHeadMath)[
    'evaluate/judge'
  ](
    {
      jobId: 'j',
      photos: all,
      head: outcome.bestHead,
      trainRows,
      validationRows,
      judgedRows,
      seed: 1,
    },
    context,
  )) as Evaluation;
  const isKnown = (row: number): boolean => row < own.count;
  const roc = (score: (row: (typeof judged)[number]) => number): string =>
    areaUnderRoc(
      judged.filter(({ row }) => isKnown(row)).map(score),
      judged.filter(({ row }) => !isKnown(row)).map(score),
    ).toFixed(3);
  const { confidenceFloor, strangenessLimit } = abstention.suggested;
  const answered = (each: (typeof judged)[number]): boolean =>
    each.confidence >= confidenceFloor && each.strangeness <= (strangenessLimit ?? Infinity);
  const shareOf = (list: typeof judged): string =>
    `${((100 * list.filter(answered).length) / list.length).toFixed(0)} %`;
  console.log(
    `${known.name} known, ${unknown.name} unknown: AUROC confidence ${roc((row) => row.confidence)}, ` +
      `distance ${roc((row) => -row.strangeness)}, ` +
      `both ${roc((row) => Math.log(row.confidence) - row.strangeness / (strangenessLimit ?? 1))}; ` +
      `answered ${shareOf(judged.filter(({ row }) => isKnown(row)))} of known, ` +
      `${shareOf(judged.filter(({ row }) => !isKnown(row)))} of unknown`,
  );
}
