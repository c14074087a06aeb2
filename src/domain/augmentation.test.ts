import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentPixels } from './augment-pixels.ts';
import {
  AUGMENTATION_KINDS,
  augmentationCode,
  augmentationOf,
  drawAugmentation,
  type AugmentationKind,
  type AugmentationPlan,
} from './augmentation.ts';
import { embeddingKey, imageHashOfEmbeddingKey } from './embedding-key.ts';
import { DEFAULT_HYPERPARAMETERS } from './hyperparameter-specs.ts';
import { createRandom } from './random.ts';

const NOTHING: AugmentationPlan = drawAugmentation([], 'hash', 0);
const SIZE = 16;

function picture(seed = 1, size = SIZE): Uint8Array {
  const random = createRandom(seed);
  return Uint8Array.from({ length: size * size * 3 }, () => random.int(256));
}
const anyKinds = fc.subarray([...AUGMENTATION_KINDS]);

describe('drawAugmentation', () => {
  it('is a function of photo, number and kinds; each kind has its own chance', () => {
    const all = drawAugmentation(AUGMENTATION_KINDS, 'abc', 3);
    expect(drawAugmentation(AUGMENTATION_KINDS, 'abc', 3)).toEqual(all);
    expect(drawAugmentation(AUGMENTATION_KINDS, 'abd', 3)).not.toEqual(all);
    expect(drawAugmentation(AUGMENTATION_KINDS, 'abc', 4)).not.toEqual(all);
    expect(drawAugmentation(['rotate'], 'abc', 3).angle).toBe(all.angle);
  });

  it('stays within what leaves a photo of its class, for any photo', () => {
    fc.assert(
      fc.property(anyKinds, fc.string(), fc.nat(15), (kinds, hash, index) => {
        const plan = drawAugmentation(kinds, hash, index);
        const { crop, erase } = plan;
        expect(crop.side ** 2).toBeGreaterThanOrEqual(0.6 - 1e-9);
        expect(crop.left + crop.side).toBeLessThanOrEqual(1 + 1e-9);
        expect(crop.top + crop.side).toBeLessThanOrEqual(1 + 1e-9);
        expect(Math.abs(plan.angle)).toBeLessThanOrEqual(15);
        if (erase !== null) {
          expect(erase.width * erase.height).toBeLessThanOrEqual(0.2 + 1e-9);
          expect(erase.left + erase.width).toBeLessThanOrEqual(1 + 1e-9);
          expect(erase.top + erase.height).toBeLessThanOrEqual(1 + 1e-9);
        }
        if (!kinds.includes('erase')) expect(erase).toBeNull();
        if (!kinds.includes('flip')) expect(plan.flip).toBe(false);
      }),
    );
  });

  it('mirrors every second copy', () => {
    const flips = [0, 1, 2, 3].map((index) => drawAugmentation(['flip'], 'x', index).flip);
    expect(flips).toEqual([true, false, true, false]);
  });
});

describe('augmentPixels', () => {
  it('gives back the same pixels when nothing is allowed', () => {
    expect(augmentPixels(picture(), SIZE, NOTHING)).toEqual(picture());
  });

  it('mirrors exactly, twice is the original', () => {
    const mirrored = augmentPixels(picture(), SIZE, { ...NOTHING, flip: true });
    const row = (pixels: Uint8Array, x: number): number[] => [...pixels.slice(x * 3, x * 3 + 3)];
    expect(row(mirrored, 0)).toEqual(row(picture(), SIZE - 1));
    expect(augmentPixels(mirrored, SIZE, { ...NOTHING, flip: true })).toEqual(picture());
  });

  it('turns by a right angle as a rotation does', () => {
    const turned = augmentPixels(picture(), SIZE, { ...NOTHING, angle: 90 });
    const at = (pixels: Uint8Array, x: number, y: number): number =>
      pixels[(y * SIZE + x) * 3] ?? -1;
    // Clockwise: the left top corner goes to the right top.
    expect(at(turned, SIZE - 1, 0)).toBe(at(picture(), 0, 0));
    expect(at(turned, SIZE - 1, SIZE - 1)).toBe(at(picture(), SIZE - 1, 0));
  });

  it('crops to the part that is named', () => {
    const half = { side: 0.5, left: 0, top: 0.5 };
    const pixels = new Uint8Array(SIZE * SIZE * 3);
    for (let y = SIZE / 2; y < SIZE; y++) {
      pixels.fill(200, y * SIZE * 3, (y * SIZE + SIZE / 2) * 3);
    }
    const cropped = augmentPixels(pixels, SIZE, { ...NOTHING, crop: half });
    const inner = cropped.filter((_, i) => {
      const x = Math.floor(i / 3) % SIZE;
      const y = Math.floor(i / 3 / SIZE);
      return x < SIZE - 1 && y > 0;
    });
    expect(inner.every((value) => value === 200)).toBe(true);
  });

  it('keeps grey grey under any saturation, and scales brightness', () => {
    const grey = new Uint8Array(SIZE * SIZE * 3).fill(100);
    expect(augmentPixels(grey, SIZE, { ...NOTHING, saturation: 1.4 })).toEqual(grey);
    expect(augmentPixels(grey, SIZE, { ...NOTHING, brightness: 1.2 })[0]).toBe(120);
  });

  it('blurs without changing the mean by more than rounding', () => {
    const mean = (pixels: Uint8Array): number =>
      pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
    const large = picture(3, 32);
    const blurred = augmentPixels(large, 32, { ...NOTHING, blur: 1.2 / 32 });
    expect(Math.abs(mean(blurred) - mean(large))).toBeLessThan(3);
    const spread = (pixels: Uint8Array): number => {
      const middle = mean(pixels);
      return Math.sqrt(mean(pixels.map((value) => Math.min(255, (value - middle) ** 2 / 64))));
    };
    expect(spread(blurred)).toBeLessThan(0.8 * spread(large));
  });

  it('erases a grey rectangle and nothing else', () => {
    const box = { left: 0.25, top: 0.5, width: 0.25, height: 0.25 };
    const erased = augmentPixels(picture(), SIZE, { ...NOTHING, erase: box });
    const changed: number[] = [];
    picture().forEach((value, i) => {
      if (erased[i] !== value) changed.push(i);
    });
    for (const i of changed) {
      const x = Math.floor(i / 3) % SIZE;
      const y = Math.floor(i / 3 / SIZE);
      expect(x >= 4 && x < 8 && y >= 8 && y < 12).toBe(true);
      expect(erased[i]).toBe(128);
    }
    expect(changed.length).toBeGreaterThan(30);
  });

  it('takes any plan at any size without leaving the bytes', () => {
    fc.assert(
      fc.property(anyKinds, fc.integer({ min: 2, max: 24 }), fc.nat(40), (kinds, size, index) => {
        const copy = augmentPixels(picture(index, size), size, drawAugmentation(kinds, 'p', index));
        expect(copy).toHaveLength(size * size * 3);
      }),
      { numRuns: 60 },
    );
  });
});

describe('augmentation settings and keys', () => {
  it('counts no copies when nothing may be changed', () => {
    const off = Object.fromEntries(
      Object.keys(DEFAULT_HYPERPARAMETERS)
        .filter((key) => /^augment(?!Copies)/.test(key))
        .map((key) => [key, false]),
    );
    const settings = { ...DEFAULT_HYPERPARAMETERS, augmentCopies: 4 };
    expect(augmentationOf(settings)).toEqual({
      copies: 4,
      kinds: ['flip', 'crop', 'rotate', 'colour'] satisfies AugmentationKind[],
    });
    expect(augmentationOf({ ...settings, ...off }).copies).toBe(0);
    expect(augmentationOf(DEFAULT_HYPERPARAMETERS).copies).toBe(0);
  });

  it('gives every copy and every set of changes a key of its own, under the photo', () => {
    const parts = {
      imageHash: 'ab12',
      backboneId: 'net',
      weightsSha256: 'f'.repeat(64),
      inputSize: 128,
      fit: 'crop',
    } as const;
    const key = (kinds: readonly AugmentationKind[], index: number): string =>
      embeddingKey({ ...parts, copy: { code: augmentationCode(kinds), index } });
    const keys = [
      embeddingKey(parts),
      ...AUGMENTATION_KINDS.map((kind) => key([kind], 0)),
      key(['flip', 'crop'], 0),
      key(['flip', 'crop'], 1),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(key(['crop', 'flip'], 1)).toBe(key(['flip', 'crop'], 1));
    for (const each of keys) expect(imageHashOfEmbeddingKey(each)).toBe('ab12');
  });
});
