import { describe, expect, it } from 'vitest';
import { DEFAULT_HYPERPARAMETERS } from '../../domain/hyperparameter-specs.ts';
import type { TrainingData } from '../../protocol/engine-messages.ts';
import { createPlainHeadMath } from './plain-head-math.ts';
import { scoreSplit } from './score-split.ts';

/**
 * 40 things of two classes, each photographed twice. What tells the classes apart is nothing: a thing
 * can only be known again by its own noise, which both of its photos share.
 */
function pairs(kind: 'honest' | 'leaky'): TrainingData {
  const things = 40;
  const dim = 64;
  const count = things * 2;
  const noise = (i: number): number => Math.sin(i * 127.1 + 311.7) * 43758.5453;
  const embeddings = Float32Array.from({ length: count * dim }, (_, i) => {
    const thing = Math.floor(i / dim / 2);
    const own = noise(thing * dim + (i % dim));
    return own - Math.floor(own) - 0.5;
  });
  const rows = Array.from({ length: count }, (_, row) => row);
  const isHeldOut = (row: number): boolean =>
    kind === 'honest' ? Math.floor(row / 2) % 4 === 3 : row % 2 === 1;
  return {
    dataKey: kind,
    embeddings,
    count,
    dim,
    labels: Int32Array.from(rows, (row) => (Math.floor(row / 2) * 7 + (row >> 3)) % 2),
    classCount: 2,
    trainRows: Int32Array.from(rows.filter((row) => !isHeldOut(row))),
    validationRows: Int32Array.from(rows.filter(isHeldOut)),
  };
}

const score = (data: TrainingData, signal = new AbortController().signal) =>
  scoreSplit(data, { ...DEFAULT_HYPERPARAMETERS, epochs: 80 }, createPlainHeadMath, signal);

describe('scoreSplit', () => {
  it('shows what copies on both sides add to a score', async () => {
    const leaky = await score(pairs('leaky'));
    const honest = await score(pairs('honest'));
    expect([leaky.of, honest.of]).toEqual([40, 20]);
    expect(leaky.right / leaky.of).toBeGreaterThan(0.85);
    expect(honest.right / honest.of).toBeLessThan(0.75);
  });

  it('gives the same score for the same split', async () => {
    expect(await score(pairs('honest'))).toEqual(await score(pairs('honest')));
  });

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(score(pairs('honest'), abort.signal)).rejects.toMatchObject({ code: 'aborted' });
  });
});
