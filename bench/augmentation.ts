/**
 * Whether augmented copies help: heads trained on few real photos a class with and without copies, on
 * the same draws, with the product's own copies, trainer and defaults. Prints one row for each kind of
 * copies, as recorded in docs/DEFAULTS.md.
 * `node bench/run.mjs augmentation.ts [draws] [photos a class] [copies]`; browser as in defaults.ts.
 */
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { augmentPixels } from '../src/domain/augment-pixels.ts';
import {
  AUGMENTATION_KINDS,
  drawAugmentation,
  type AugmentationKind,
} from '../src/domain/augmentation.ts';
import { DEFAULT_HYPERPARAMETERS } from '../src/domain/hyperparameter-specs.ts';
import { createRandom, deriveSeed } from '../src/domain/random.ts';
import type { TrainingData } from '../src/protocol/engine-messages.ts';
import { trainOnce } from './defaults.ts';
import {
  openEmbedder,
  openWasm,
  photoFiles,
  realEmbeddings,
  type EmbeddedSet,
  type PhotoEmbedder,
} from './real-embeddings.ts';

const SETS = ['recycling', 'ants-bees'];
const KINDS: readonly (readonly [name: string, kinds: readonly AugmentationKind[]])[] = [
  ['flip', ['flip']],
  ['flip, crop, rotation, colour (what is on at first)', ['flip', 'crop', 'rotate', 'colour']],
  ['all six', AUGMENTATION_KINDS],
];

interface Draw {
  readonly set: EmbeddedSet;
  readonly seed: number;
  readonly trainRows: readonly number[];
  readonly validationRows: readonly number[];
}

interface Result {
  readonly accuracy: number;
  readonly loss: number;
}

export async function main([draws = '5', photos = '10', copies = '4']: readonly string[]) {
  const browserPath =
    process.env['HEADSTART_BROWSER'] ??
    ['/usr/bin/chromium', chromium.executablePath()].find((file) => existsSync(file));
  if (browserPath === undefined) throw new Error('no browser: name one in HEADSTART_BROWSER');
  await openWasm();
  const sets = await realEmbeddings(SETS, browserPath);
  const all = sets.flatMap((set) =>
    Array.from({ length: Number(draws) }, (_, i) => drawOf(set, Number(photos), i + 1)),
  );
  const without: Result[] = [];
  for (const draw of all) without.push(await score(draw, []));
  console.log(
    `${photos} photos a class, ${copies} copies of each, ${draws} draws; difference and its standard error`,
  );
  report('no copies', all, without, without);
  const embedder = await openEmbedder(browserPath);
  try {
    for (const [name, kinds] of KINDS) {
      const made = new Map<string, Promise<Float32Array[]>>();
      const withCopies: Result[] = [];
      for (const draw of all) {
        const rows: Float32Array[][] = [];
        for (const row of draw.trainRows) {
          const key = `${draw.set.name} ${String(row)}`;
          const known = made.get(key) ?? copiesOf(embedder, draw.set, row, kinds, Number(copies));
          made.set(key, known);
          rows.push(await known);
        }
        withCopies.push(await score(draw, rows));
      }
      report(name, all, withCopies, without);
    }
  } finally {
    await embedder.close();
  }
}

/** `photos` of each class train; all the others of the set validate. */
function drawOf(set: EmbeddedSet, photos: number, seed: number): Draw {
  const trainRows: number[] = [];
  const validationRows: number[] = [];
  set.classNames.forEach((className, label) => {
    const rows = [...set.labels.keys()].filter((row) => set.labels[row] === label);
    createRandom(deriveSeed(seed, className)).shuffle(rows);
    trainRows.push(...rows.slice(0, photos));
    validationRows.push(...rows.slice(photos));
  });
  return { set, seed, trainRows, validationRows };
}

async function copiesOf(
  embedder: PhotoEmbedder,
  set: EmbeddedSet,
  row: number,
  kinds: readonly AugmentationKind[],
  count: number,
): Promise<Float32Array[]> {
  const file = photoFiles(set.name)[row] ?? '';
  const pixels = await embedder.pixels(file);
  const copies: Float32Array[] = [];
  for (let index = 0; index < count; index++) {
    // The name of the photo stands for its hash: chance only has to differ from photo to photo.
    const name = `${set.name}/${file.split('/').slice(-2).join('/')}`;
    const copy = augmentPixels(pixels, embedder.size, drawAugmentation(kinds, name, index));
    copies.push(await embedder.embed(copy));
  }
  return copies;
}

/** `copies`: of each training row, in their order; as in the app, their rows go behind the photos'. */
async function score(draw: Draw, copies: readonly (readonly Float32Array[])[]): Promise<Result> {
  const { set, seed, trainRows, validationRows } = draw;
  const extra = copies.flatMap((of, i) =>
    of.map((embedding) => ({ embedding, label: set.labels[trainRows[i] ?? 0] ?? 0 })),
  );
  const photoCount = set.labels.length;
  const count = photoCount + extra.length;
  const embeddings = new Float32Array(count * set.width);
  embeddings.set(set.embeddings);
  const labels = new Int32Array(count);
  labels.set(set.labels);
  extra.forEach(({ embedding, label }, i) => {
    embeddings.set(embedding, (photoCount + i) * set.width);
    labels[photoCount + i] = label;
  });
  const data: TrainingData = {
    dataKey: `${set.name} ${String(seed)} ${String(extra.length)}`,
    embeddings,
    count,
    dim: set.width,
    labels,
    classCount: set.classNames.length,
    trainRows: Int32Array.from([...trainRows, ...extra.map((_, i) => photoCount + i)]),
    validationRows: Int32Array.from(validationRows),
  };
  return trainOnce(data, { ...DEFAULT_HYPERPARAMETERS, seed });
}

function report(
  name: string,
  draws: readonly Draw[],
  results: readonly Result[],
  base: readonly Result[],
): void {
  const columns = SETS.map((set) => {
    const own = draws.flatMap((draw, i) => (draw.set.name === set ? [i] : []));
    const of = (list: readonly Result[], field: keyof Result): number[] =>
      own.map((i) => list[i]?.[field] ?? NaN);
    const [accuracy, before] = [of(results, 'accuracy'), of(base, 'accuracy')];
    const gain = accuracy.map((value, i) => 100 * (value - (before[i] ?? NaN)));
    const difference =
      results === base ? '' : ` (${signed(mean(gain))} ± ${standardError(gain).toFixed(1)})`;
    return `${(100 * mean(accuracy)).toFixed(1)} %${difference}, loss ${mean(of(results, 'loss')).toFixed(3)}`;
  });
  console.log(`| ${[name, ...columns].join(' | ')} |`);
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(1)}`;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function standardError(values: readonly number[]): number {
  const centre = mean(values);
  const sum = values.reduce((total, value) => total + (value - centre) ** 2, 0);
  return Math.sqrt(sum / (values.length - 1) / values.length);
}
