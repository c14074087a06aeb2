import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPhoto } from '../testing/build-photo.ts';
import {
  createSimilarityIndex,
  findSameUnderTwoClasses,
  groupNewPhotos,
  hammingDistance,
  MAX_DISTANCE,
} from './near-duplicates.ts';
import type { Photo } from './photo.ts';

/** A hash with 32 set bits, well mixed. */
const RICH = 'a5c396695a3c69a5';

function flip(hash: string, bits: readonly number[]): string {
  let value = BigInt(`0x${hash}`);
  for (const bit of bits) value ^= 1n << BigInt(bit);
  return value.toString(16).padStart(16, '0');
}

const look = (id: string, perceptualHash: string, change: Partial<Photo> = {}) =>
  buildPhoto(id, { perceptualHash, ...change });
const mapOf = (photos: readonly Photo[]) => new Map(photos.map((photo) => [photo.id, photo]));

/** Adds batch after batch and returns everything with its groups. */
function groupAll(batches: readonly (readonly Photo[])[]): Map<string, Photo> {
  const index = createSimilarityIndex();
  let photos = new Map<string, Photo>();
  for (const batch of batches) {
    const { added, regrouped } = groupNewPhotos(index, photos, batch);
    photos = new Map([...photos, ...mapOf(regrouped), ...mapOf(added)]);
  }
  return photos;
}

/** Which photos stand together, whatever the groups are called. */
function partition(photos: ReadonlyMap<string, Photo>): string[] {
  const groups = new Map<string, string[]>();
  for (const { id, groupId } of photos.values())
    groups.set(groupId, [...(groups.get(groupId) ?? []), id]);
  return [...groups.values()].map((ids) => ids.sort().join(' ')).sort();
}

describe('hammingDistance', () => {
  it('counts differing bits', () => {
    const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    fc.assert(
      fc.property(hash, hash, (a, b) => {
        const [x, y] = [a, b].map((value) => value.toString(16).padStart(16, '0')) as [
          string,
          string,
        ];
        expect(hammingDistance(x, y)).toBe((a ^ b).toString(2).replaceAll('0', '').length);
      }),
    );
  });
});

describe('similarity index', () => {
  it('finds hashes up to the largest distance and no further', () => {
    const index = createSimilarityIndex([look('base', RICH)]);
    for (let distance = 0; distance <= 10; distance++) {
      const bits = Array.from({ length: distance }, (_, i) => i * 6);
      const near = look('near', flip(RICH, bits));
      expect(index.similarTo(near)).toEqual(distance <= MAX_DISTANCE ? ['base'] : []);
    }
  });

  it.each([
    ['one colour', '0000000000000000', { brightness: 1, contrast: 0, sharpness: 0 }],
    ['flat but noisy', RICH, { brightness: 0.5, contrast: 0.01, sharpness: 1 }],
    [
      'a plain slope of light',
      'ffffffffffffffff',
      { brightness: 0.5, contrast: 0.2, sharpness: 1 },
    ],
    ['almost no information', '8000000000000001', { brightness: 0.5, contrast: 0.2, sharpness: 1 }],
    ['no hash', 'not a hash', { brightness: 0.5, contrast: 0.2, sharpness: 1 }],
  ])('links a photo of %s to its exact copies only', (_, perceptualHash, stats) => {
    const index = createSimilarityIndex([look('a', perceptualHash, { stats })]);
    expect(index.similarTo(look('b', perceptualHash, { stats }))).toEqual([]);
    const copy = look('c', perceptualHash, { stats, contentHash: buildPhoto('a').contentHash });
    expect(index.similarTo(copy)).toEqual(['a']);
  });

  it('asks for more likeness where most bits are alike anyway', () => {
    const plain = '0000001c3e3e1c00';
    const index = createSimilarityIndex([look('a', plain)]);
    expect(index.similarTo(look('b', flip(plain, [40, 41, 42])))).toEqual(['a']);
    expect(index.similarTo(look('b', flip(plain, [1, 2, 40, 41, 42, 60])))).toEqual([]);
  });

  it('forgets what is removed, and takes it back', () => {
    const photos = ['a', 'b', 'c'].map((id) => look(id, RICH));
    const index = createSimilarityIndex(photos);
    index.remove('a');
    index.remove('a');
    expect([index.size, index.has('a'), index.has('c')]).toEqual([2, false, true]);
    expect([...index.similarTo(look('n', RICH))].sort()).toEqual(['b', 'c']);
    index.add(photos[0] ?? look('a', RICH));
    index.add(photos[1] ?? look('b', RICH));
    expect([...index.similarTo(look('n', RICH))].sort()).toEqual(['a', 'b', 'c']);
  });

  it('answers well under a millisecond at 10,000 photos, all alike in half their bits', () => {
    const random = (i: number) => (Math.imul(i, 2654435761) >>> 0).toString(16).padStart(8, '0');
    const photos = Array.from({ length: 10_000 }, (_, i) => look(`p${i}`, `a5c39669${random(i)}`));
    const index = createSimilarityIndex(photos);
    const times = photos.slice(0, 200).map((photo) => {
      const start = performance.now();
      index.similarTo(photo);
      return performance.now() - start;
    });
    times.sort((a, b) => a - b);
    expect(times[100]).toBeLessThan(1);
  });
});

describe('groupNewPhotos', () => {
  it('groups copies, likenesses and recordings, and leaves the others alone', () => {
    const photos = groupAll([
      [look('a', RICH), look('b', flip(RICH, [3, 9])), buildPhoto('lonely')],
      [
        buildPhoto('copy', { contentHash: buildPhoto('lonely').contentHash }),
        buildPhoto('f1', { origin: { kind: 'webcam', burstId: 'r1' } }),
        buildPhoto('f2', { origin: { kind: 'webcam', burstId: 'r1' } }),
        buildPhoto('f3', { origin: { kind: 'webcam', burstId: 'r2' } }),
      ],
    ]);
    expect(partition(photos)).toEqual(['a b', 'copy lonely', 'f1 f2', 'f3']);
  });

  it('joins two groups that a new photo links, under the name of one that was there', () => {
    const far = flip(RICH, [0, 8, 16, 24, 32, 40, 48, 56]);
    const between = flip(RICH, [0, 8, 16, 24]);
    const photos = groupAll([[look('z1', RICH), look('z2', far)], [look('a', between)]]);
    expect([...photos.values()].map((photo) => photo.groupId)).toEqual(['z1', 'z1', 'z1']);
  });

  it('gives the same groups in whatever order and batches photos come', () => {
    const arbitraryPhotos = fc.array(
      fc.record({
        flips: fc.array(fc.integer({ min: 0, max: 63 }), { maxLength: 9 }),
        content: fc.integer({ min: 0, max: 20 }),
        burst: fc.constantFrom(undefined, undefined, 'r1', 'r2'),
      }),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(arbitraryPhotos, fc.integer({ min: 1, max: 14 }), (specs, batchSize) => {
        const photos = specs.map(({ flips, content, burst }, i) =>
          look(`p${i}`, flip(RICH, flips), {
            contentHash: `content-${content}`,
            origin: burst === undefined ? { kind: 'file' } : { kind: 'webcam', burstId: burst },
          }),
        );
        const batches: Photo[][] = [];
        for (let i = 0; i < photos.length; i += batchSize)
          batches.push(photos.slice(i, i + batchSize));
        const atOnce = groupAll([photos.toReversed()]);
        expect(partition(groupAll(batches))).toEqual(partition(atOnce));
        // A new group is named after its smallest id, so a single batch fixes the names as well.
        const named = new Map([...groupAll([photos]).values()].map((p) => [p.id, p.groupId]));
        expect(new Map([...atOnce.values()].map((p) => [p.id, p.groupId]))).toEqual(named);
      }),
    );
  });

  it('passes over photos that are only left in the index', () => {
    const index = createSimilarityIndex([look('gone', RICH)]);
    const { added } = groupNewPhotos(index, new Map(), [look('new', RICH)]);
    expect(added[0]?.groupId).toBe('new');
  });
});

describe('findSameUnderTwoClasses', () => {
  it('names exact and near copies with different labels, and nothing else', () => {
    const photos = groupAll([
      [
        look('a1', RICH, { classId: 'ants', contentHash: 'same' }),
        look('b1', RICH, { classId: 'bees', contentHash: 'same' }),
        look('a2', flip(RICH, [0, 4, 8, 12, 16, 20, 24, 28, 32, 36]), { classId: 'ants' }),
        look('b2', flip(RICH, [0, 4, 8, 12, 16, 20, 24, 28, 32, 37]), { classId: 'bees' }),
        buildPhoto('f1', { classId: 'ants', origin: { kind: 'webcam', burstId: 'r' } }),
        buildPhoto('f2', { classId: 'bees', origin: { kind: 'webcam', burstId: 'r' } }),
        buildPhoto('x', { classId: 'ants' }),
      ],
    ]);
    const clashes = findSameUnderTwoClasses(photos.values());
    expect(clashes).toEqual([
      { photoIds: ['a1', 'b1'], classIds: ['ants', 'bees'], exact: true },
      { photoIds: ['a2', 'b2'], classIds: ['ants', 'bees'], exact: false },
    ]);
  });
});
