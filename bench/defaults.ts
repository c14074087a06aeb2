/**
 * Chooses the defaults by measurement: trains heads on embeddings of the real photo sets over a small
 * grid of settings and prints mean validation accuracy, as recorded in docs/DEFAULTS.md.
 * `node bench/run.mjs defaults.ts [seeds] [first seed] [part of a name|another]`; the browser is the one in HEADSTART_BROWSER.
 */
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { DEFAULT_HYPERPARAMETERS } from '../src/domain/hyperparameter-specs.ts';
import type { Hyperparameters } from '../src/domain/hyperparameters.ts';
import { createRandom, deriveSeed } from '../src/domain/random.ts';
import type { TrainingData } from '../src/protocol/engine-messages.ts';
import { createHeadService } from '../src/worker/head/head-service.ts';
import { openWasm, realEmbeddings, type EmbeddedSet } from './real-embeddings.ts';

const SETS = ['ants-bees', 'flowers', 'recycling', 'rock-paper-scissors'];
/** Photos a class; Infinity: all there are. */
const SIZES = [20, Infinity];
const VALIDATION_SHARE = 0.25;

type Candidate = readonly [name: string, settings: Partial<Hyperparameters>];

const scaled = {
  hiddenUnits: 0,
  standardise: true,
  optimizer: 'adamw',
  weightDecay: 1,
  batchSize: 32,
} as const;
const raw = { ...scaled, standardise: false } as const;
const CANDIDATES: readonly Candidate[] = [
  ['linear, lr 0.001', { ...raw, learningRate: 0.001 }],
  ['linear, lr 0.003', { ...raw, learningRate: 0.003 }],
  ['linear, lr 0.01', { ...raw, learningRate: 0.01 }],
  ['linear, lr 0.003, batch 16', { ...raw, learningRate: 0.003, batchSize: 16 }],
  ['linear, lr 0.003, decay 0.01', { ...raw, learningRate: 0.003, weightDecay: 0.01 }],
  ['linear, lr 0.003, decay 0.1', { ...raw, learningRate: 0.003, weightDecay: 0.1 }],
  ['linear, lr 0.003, decay 10', { ...raw, learningRate: 0.003, weightDecay: 10 }],
  ['linear, lr 0.003, cosine', { ...raw, learningRate: 0.003, schedule: 'cosine' }],
  ['linear, lr 0.003, dropout 0.3', { ...raw, learningRate: 0.003, dropout: 0.3 }],
  ['linear, lr 0.003, smoothing 0.1', { ...raw, learningRate: 0.003, labelSmoothing: 0.1 }],
  ['linear, standardised, lr 0.0003', { ...scaled, learningRate: 0.0003 }],
  ['linear, standardised, lr 0.001', { ...scaled, learningRate: 0.001 }],
  ['linear, standardised, lr 0.003', { ...scaled, learningRate: 0.003 }],
  ['linear, standardised, lr 0.001, decay 10', { ...scaled, learningRate: 0.001, weightDecay: 10 }],
  ['hidden 100, lr 0.001', { ...raw, hiddenUnits: 100, learningRate: 0.001 }],
  [
    'hidden 100, lr 0.001, dropout 0.3',
    { ...raw, hiddenUnits: 100, learningRate: 0.001, dropout: 0.3 },
  ],
  [
    'hidden 100, lr 0.001, batch 16, adam, no decay (as Teachable Machine)',
    {
      ...raw,
      hiddenUnits: 100,
      learningRate: 0.001,
      batchSize: 16,
      optimizer: 'adam',
      weightDecay: 0,
    },
  ],
  ['hidden 100, standardised, lr 0.0003', { ...scaled, hiddenUnits: 100, learningRate: 0.0003 }],
  ['the defaults', {}],
];

export async function main([
  seeds = '3',
  firstSeed = '1',
  filter = '',
]: readonly string[]): Promise<void> {
  const browserPath =
    process.env['HEADSTART_BROWSER'] ??
    ['/usr/bin/chromium', chromium.executablePath()].find((file) => existsSync(file));
  if (browserPath === undefined) throw new Error('no browser: name one in HEADSTART_BROWSER');
  const seedList = Array.from({ length: Number(seeds) }, (_, index) => Number(firstSeed) + index);
  await openWasm();
  const sets = await realEmbeddings(SETS, browserPath);
  console.log(
    `| settings | ${SIZES.map((size) => `${sizeName(size)} photos a class`).join(' | ')} | loss 20 | loss all | best epoch | ms |`,
  );
  console.log(`|---|${'---|'.repeat(SIZES.length + 4)}`);
  for (const [name, settings] of CANDIDATES) {
    if (!filter.split('|').some((part) => name.includes(part))) continue;
    const results = [];
    for (const size of SIZES) results.push(await scoreOver(sets, size, seedList, settings));
    const columns = results.map(
      ({ accuracy, each }) => `${percent(accuracy)} (${each.map(percent).join(', ')})`,
    );
    const losses = results.map(({ loss }) => loss.toFixed(3));
    const epochs = results.map(({ bestEpoch }) => bestEpoch.toFixed(0)).join(', ');
    const ms = results.map(({ elapsedMs }) => elapsedMs.toFixed(0)).join(', ');
    console.log(`| ${[name, ...columns, ...losses, epochs, ms].join(' | ')} |`);
  }
}

interface Score {
  readonly accuracy: number;
  readonly each: readonly number[];
  readonly loss: number;
  readonly bestEpoch: number;
  readonly elapsedMs: number;
}

/** Means over sets and seeds. Accuracy is that of the restored epoch on the validation side. */
async function scoreOver(
  sets: readonly EmbeddedSet[],
  size: number,
  seeds: readonly number[],
  settings: Partial<Hyperparameters>,
): Promise<Score> {
  const each: number[] = [];
  const rows: { loss: number; bestEpoch: number; elapsedMs: number }[] = [];
  for (const set of sets) {
    const accuracies: number[] = [];
    for (const seed of seeds) {
      const { accuracy, ...rest } = await trainOnce(sampled(set, size, seed), {
        ...DEFAULT_HYPERPARAMETERS,
        ...settings,
        seed,
      });
      accuracies.push(accuracy);
      rows.push(rest);
    }
    each.push(mean(accuracies));
  }
  return {
    accuracy: mean(each),
    each,
    loss: mean(rows.map(({ loss }) => loss)),
    bestEpoch: mean(rows.map(({ bestEpoch }) => bestEpoch)),
    elapsedMs: mean(rows.map(({ elapsedMs }) => elapsedMs)),
  };
}

/** Accuracy and loss are those of the restored epoch on the validation side. */
export async function trainOnce(data: TrainingData, hyperparameters: Hyperparameters) {
  const service = createHeadService();
  const curve: { loss: number; accuracy: number }[] = [];
  const context = {
    signal: new AbortController().signal,
    emit: (event: {
      type: string;
      metrics?: { validationLoss: number | null; validationAccuracy: number | null };
    }) => {
      curve.push({
        loss: event.metrics?.validationLoss ?? NaN,
        accuracy: event.metrics?.validationAccuracy ?? NaN,
      });
    },
  };
  await service['head/load-data'](data, context);
  const outcome = await service['head/train'](
    { runId: 'run', dataKey: data.dataKey, hyperparameters },
    context,
  );
  if (!('bestEpoch' in outcome)) throw new Error('unexpected transfer');
  const best = curve[outcome.bestEpoch - 1] ?? { loss: NaN, accuracy: NaN };
  return { ...best, bestEpoch: outcome.bestEpoch, elapsedMs: outcome.elapsedMs };
}

/**
 * `size` photos of each class by chance, a quarter of them for validation. With few photos the rest of
 * the class joins the validation side, so that its accuracy is not a matter of five photos.
 */
function sampled(set: EmbeddedSet, size: number, seed: number): TrainingData {
  const trainRows: number[] = [];
  const validationRows: number[] = [];
  set.classNames.forEach((className, label) => {
    const random = createRandom(deriveSeed(seed, className));
    const rows = [...set.labels.keys()].filter((row) => set.labels[row] === label);
    random.shuffle(rows);
    const taken = Math.min(size, rows.length);
    const training = Math.round(taken * (1 - VALIDATION_SHARE));
    trainRows.push(...rows.slice(0, training));
    validationRows.push(...rows.slice(training));
  });
  return {
    dataKey: `${set.name} ${size} ${seed}`,
    embeddings: set.embeddings,
    count: set.labels.length,
    dim: set.width,
    labels: set.labels,
    classCount: set.classNames.length,
    trainRows: Int32Array.from(trainRows),
    validationRows: Int32Array.from(validationRows),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (share: number): string => (100 * share).toFixed(1);
const sizeName = (size: number): string => (Number.isFinite(size) ? String(size) : 'all');
