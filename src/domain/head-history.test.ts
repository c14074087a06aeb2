import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseEpochs,
  headOfEpoch,
  isHeadHistory,
  keptEpochToward,
  nearestKeptEpoch,
  packHeads,
} from './head-history.ts';
import { headProbabilities } from './head-forward.ts';
import type { HeadWeights } from './head.ts';
import { createRandom } from './random.ts';

function someHead(seed: number, hiddenUnits: number): HeadWeights {
  const random = createRandom(seed);
  const fill = (n: number): Float32Array => Float32Array.from({ length: n }, () => random.normal());
  const width = hiddenUnits === 0 ? 5 : hiddenUnits;
  return {
    inputDim: 5,
    hiddenUnits,
    classCount: 3,
    standardisation: { mean: fill(5), scale: fill(5).map((value) => Math.abs(value) + 0.1) },
    hiddenKernel: hiddenUnits === 0 ? null : fill(5 * hiddenUnits),
    hiddenBias: hiddenUnits === 0 ? null : fill(hiddenUnits),
    outputKernel: fill(width * 3),
    outputBias: fill(3),
  };
}

describe('packHeads and headOfEpoch', () => {
  it.each([0, 4])('give every epoch back exactly, %i hidden units', (hiddenUnits) => {
    const { standardisation } = someHead(0, hiddenUnits);
    const entries = [1, 2, 5].map((epoch) => ({
      epoch,
      head: { ...someHead(epoch, hiddenUnits), standardisation },
    }));
    const history = packHeads(entries);
    if (history === null) throw new Error('nothing packed');
    expect(isHeadHistory(structuredClone(history))).toBe(true);
    const photos = Float32Array.from({ length: 10 }, (_, i) => i / 10);
    for (const { epoch, head } of entries) {
      const read = headOfEpoch(history, epoch);
      if (read === null) throw new Error('epoch lost');
      expect(headProbabilities(read, photos, 2)).toEqual(headProbabilities(head, photos, 2));
    }
    expect(headOfEpoch(history, 3)).toBeNull();
  });

  it('know a history that does not fit', () => {
    const history = packHeads([{ epoch: 1, head: someHead(1, 4) }]);
    expect(isHeadHistory(null)).toBe(false);
    expect(isHeadHistory({ ...history, weights: new Float32Array(3) })).toBe(false);
    expect(isHeadHistory({ ...history, epochs: [] })).toBe(false);
    expect(isHeadHistory({ ...history, hiddenUnits: 7 })).toBe(false);
    expect(packHeads([])).toBeNull();
  });
});

describe('chooseEpochs', () => {
  const epochs = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

  it('keeps everything that fits', () => {
    expect(chooseEpochs(epochs(9), [3], 9)).toEqual(epochs(9));
  });

  it('never over capacity, always the last, the important ones while half the room lasts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 20 }),
        (count, capacity, important) => {
          const kept = chooseEpochs(epochs(count), important, capacity);
          expect(kept.length).toBe(Math.min(count, capacity));
          expect(kept.at(-1)).toBe(count);
          expect([...new Set(kept)].sort((a, b) => a - b)).toEqual(kept);
          const wanted = [...new Set(important)].filter((epoch) => epoch <= count);
          if (wanted.length <= (capacity - 1) / 2) {
            for (const epoch of wanted) expect(kept).toContain(epoch);
          }
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('nearestKeptEpoch', () => {
  it('takes the nearer, the earlier of two, none of none', () => {
    expect(nearestKeptEpoch([1, 4, 8], 5)).toBe(4);
    expect(nearestKeptEpoch([1, 4, 8], 6)).toBe(4);
    expect(nearestKeptEpoch([1, 4, 8], 100)).toBe(8);
    expect(nearestKeptEpoch([], 5)).toBeNull();
  });
});

describe('keptEpochToward', () => {
  it('steps to the next kept epoch where epochs are thinned', () => {
    expect(keptEpochToward([1, 4, 8], 4, 5)).toBe(8);
    expect(keptEpochToward([1, 4, 8], 4, 3)).toBe(1);
    expect(keptEpochToward([1, 4, 8], 8, 9)).toBe(8);
    expect(keptEpochToward([1, 2, 3], 2, 3)).toBe(3);
    expect(keptEpochToward([1, 2, 3], 2, 2)).toBe(2);
  });
});
