import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHashBands, MAX_BAND_DISTANCE } from './hash-bands.ts';
import { createSimilarityIndex, hammingDistance, MAX_DISTANCE } from './near-duplicates.ts';
import { buildPhoto } from '../testing/build-photo.ts';
import type { Photo } from './photo.ts';

const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const bits = fc.uniqueArray(fc.nat(63), { maxLength: MAX_BAND_DISTANCE });
const halves = (value: bigint) =>
  [Number(value >> 32n) | 0, Number(value & 0xffffffffn) | 0] as const;
const hex = (value: bigint) => value.toString(16).padStart(16, '0');
const flipped = (value: bigint, places: readonly number[]) =>
  places.reduce((now, place) => now ^ (1n << BigInt(place)), value);

describe('hash bands', () => {
  it('reach as far as near-duplicates are looked for', () => {
    expect(MAX_BAND_DISTANCE).toBeGreaterThanOrEqual(MAX_DISTANCE);
  });

  it('name every hash within reach, each once, and none that was taken out', () => {
    fc.assert(
      fc.property(
        hash,
        fc.array(fc.record({ places: bits, isGone: fc.boolean() }), { maxLength: 40 }),
        (asked, others) => {
          const bands = createHashBands();
          others.forEach(({ places }, row) => {
            bands.insert(row * 30, ...halves(flipped(asked, places)));
          });
          others.forEach(({ isGone }, row) => {
            if (isGone) bands.remove(row * 30);
          });
          const met: number[] = [];
          bands.candidates(...halves(asked), (row) => met.push(row));
          const there = others.flatMap(({ isGone }, row) => (isGone ? [] : [row * 30]));
          expect(met.toSorted((a, b) => a - b)).toEqual(there);
        },
      ),
    );
  });

  it('leave most of unlike hashes alone', () => {
    const bands = createHashBands();
    const some = fc.sample(hash, { numRuns: 4000, seed: 1 }).filter((_, i) => i % 2 === 0);
    some.forEach((value, row) => {
      bands.insert(row, ...halves(value));
    });
    let met = 0;
    bands.candidates(0x5a3c9617 | 0, 0x1e8d4b2f | 0, () => (met += 1));
    expect(met).toBeLessThan(some.length / 2);
  });
});

/** One photo after the other: added, added again with another hash, or removed. */
const steps = fc.array(
  fc.record({
    id: fc.nat(15),
    base: fc.constantFrom(0xa5c396695a3c69a5n, 0x0123456789abcdefn, 0xffffn, 0n),
    places: fc.uniqueArray(fc.nat(63), { maxLength: 9 }),
    contrast: fc.constantFrom(0.2, 0.2, 0.001),
    isRemoved: fc.boolean(),
  }),
  { maxLength: 40 },
);

describe('the similarity index', () => {
  it('finds exactly what looking at every photo finds, whatever came and went', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const index = createSimilarityIndex();
        const there = new Map<string, Photo>();
        for (const { id: number, base, places, contrast, isRemoved } of list) {
          const id = `photo-${String(number)}`;
          if (isRemoved) {
            index.remove(id);
            there.delete(id);
            continue;
          }
          const plain = buildPhoto(id, { perceptualHash: hex(flipped(base, places)) });
          const photo = { ...plain, stats: { ...plain.stats, contrast } };
          index.add(photo);
          there.set(id, photo);
        }
        for (const photo of there.values()) {
          const near = [...there.values()].filter(
            (other) => other.id !== photo.id && isNear(photo, other),
          );
          const found = [...index.similarTo(photo)].sort();
          expect(found).toEqual(near.map(({ id }) => id).sort());
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** The rule as it is written down in near-duplicates.ts, without any index. */
function isNear(a: Photo, b: Photo): boolean {
  const reachOf = ({ perceptualHash, stats }: Photo): number => {
    const ones = hammingDistance(perceptualHash, '0'.repeat(16));
    const reach = Math.min(MAX_DISTANCE, Math.floor(Math.min(ones, 64 - ones) / 4));
    return reach === 0 || stats.contrast < 0.02 ? -1 : reach;
  };
  const limit = Math.min(reachOf(a), reachOf(b));
  return hammingDistance(a.perceptualHash, b.perceptualHash) <= limit;
}
