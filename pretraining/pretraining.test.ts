import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_BACKBONE, MODELS_FOLDER, REPOSITORY_ROOT } from '../tools/repository.ts';
import { fewShotFigures } from './card-figures.ts';
import { findPython, missingPython } from './find-python.ts';

const BUILT_IN = path.join(MODELS_FOLDER, BUILT_IN_BACKBONE);
const TRAINING = ['torch', 'numpy', 'PIL'];
const PROBING = ['numpy', 'PIL'];
const trainer = findPython(TRAINING);
const prober = findPython(PROBING);
const hasPhotos = existsSync(path.resolve(REPOSITORY_ROOT, '../shared/photos'));

interface Finished {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

function runPython(python: string, args: readonly string[]): Promise<Finished> {
  return new Promise((resolve, reject) => {
    // One thread: the other tests run beside it, and the sums come out the same on every machine.
    const child = spawn(python, args, {
      cwd: REPOSITORY_ROOT,
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (part: Buffer) => (output += part.toString()));
    child.stderr.on('data', (part: Buffer) => (errors += part.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output, errors }));
  });
}

describe.skipIf(trainer === null)(`the recipe (${missingPython(TRAINING)})`, () => {
  it('passes its own tests: a smoke run, resuming, exporting, judging', async () => {
    const args = ['-m', 'unittest', 'discover', '-t', '.', '-s', 'pretraining/tests'];
    const { code, errors } = await runPython(trainer ?? '', args);
    expect(errors).toMatch(/^Ran [1-9]\d+ tests/m);
    expect(code, errors).toBe(0);
  }, 400_000);
});

const canProbe = prober !== null && hasPhotos;
describe.skipIf(!canProbe)(`the few-shot probe (${missingPython(PROBING)}, or ../shared)`, () => {
  it('finds the shipped files, run in TF.js, as good as their card says', async () => {
    const card = readFileSync(path.join(BUILT_IN, 'CARD.md'), 'utf8');
    const sets = ['ants-bees', 'flowers'];
    const promised = fewShotFigures(card, BUILT_IN_BACKBONE).filter(
      ({ set, shots }) => shots === 20 && sets.includes(set),
    );
    expect(promised.map(({ set }) => set)).toEqual(sets);
    const options = ['--engine', 'wasm', '--shots', '20', '--resamples', '20', '--json'];
    const args = ['-m', 'pretraining.probe', BUILT_IN, ...options, '--sets', ...sets, '--no-cache'];
    const { code, output, errors } = await runPython(prober ?? '', args);
    expect(code, errors).toBe(0);
    const found = (JSON.parse(output) as Record<string, Record<string, Record<string, Found>>>)[
      BUILT_IN_BACKBONE
    ];
    for (const { set, accuracy } of promised) {
      const { mean, half_width: halfWidth } = found?.[set]?.['20'] ?? { mean: NaN, half_width: 0 };
      // The card's figure is of more draws; both means then lie within their intervals of the same.
      const room = Math.max(2, 200 * halfWidth);
      expect(Math.abs(100 * mean - accuracy), `${set}: ${100 * mean} %`).toBeLessThan(room);
    }
  }, 400_000);
});

interface Found {
  readonly mean: number;
  readonly half_width: number;
}

describe('the figures of a card', () => {
  it('are read by backbone, set and number of photos', () => {
    const card = [
      '| something | else |',
      '|---|---|',
      '| backbone | set | 5 | 20 |',
      '|---|---|---|---|',
      '| ours | flowers | 50.1 ± 0.4 | 60.2 |',
      '| theirs | flowers | 70.1 | 80.2 |',
    ].join('\n');
    expect(fewShotFigures(card, 'ours')).toEqual([
      { set: 'flowers', shots: 5, accuracy: 50.1 },
      { set: 'flowers', shots: 20, accuracy: 60.2 },
    ]);
    expect(fewShotFigures('no table', 'ours')).toEqual([]);
  });
});
