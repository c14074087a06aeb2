import { describe, expect, it } from 'vitest';
import { differenceHash } from './perceptual-hash.ts';
import { fitAndResample, rgbToRgba } from './resample.ts';

function paint(size: number, grey: (x: number, y: number) => number): Uint8ClampedArray {
  const rgb = new Uint8Array(size * size * 3);
  for (let i = 0; i < size * size; i++) {
    rgb.fill(grey((i % size) / size, Math.floor(i / size) / size), i * 3, i * 3 + 3);
  }
  return rgbToRgba(rgb);
}

/** How many of the 64 bits differ. */
function distance(a: string, b: string): number {
  const bits = (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2);
  return bits.replaceAll('0', '').length;
}

const blobs = (x: number, y: number): number =>
  128 + 60 * Math.sin(9 * x + 4 * y) + 60 * Math.cos(11 * y - 5 * x);

describe('differenceHash', () => {
  it('sets a bit where brightness rises to the right', () => {
    expect(
      differenceHash(
        paint(90, (x) => 255 * x),
        90,
        90,
      ),
    ).toBe('f'.repeat(16));
    expect(
      differenceHash(
        paint(90, (x) => 255 * (1 - x)),
        90,
        90,
      ),
    ).toBe('0'.repeat(16));
    expect(
      differenceHash(
        paint(90, () => 77),
        90,
        90,
      ),
    ).toBe('0'.repeat(16));
  });

  it('puts the top row first', () => {
    const topRises = paint(96, (x, y) => (y < 0.5 ? 255 * x : 255 * (1 - x)));
    expect(differenceHash(topRises, 96, 96)).toBe('ffffffff00000000');
  });

  it('hardly changes with size and brightness, and does with content', () => {
    const original = paint(160, blobs);
    const hash = differenceHash(original, 160, 160);
    const smaller = rgbToRgba(fitAndResample(original, 160, 160, 70, 'stretch'));
    const brighter = paint(160, (x, y) => blobs(x, y) * 0.8 + 40);
    const other = paint(160, (x, y) => blobs(1 - x, y));
    expect(distance(hash, differenceHash(smaller, 70, 70))).toBeLessThanOrEqual(4);
    expect(distance(hash, differenceHash(brighter, 160, 160))).toBeLessThanOrEqual(4);
    expect(distance(hash, differenceHash(other, 160, 160))).toBeGreaterThan(16);
  });

  it('takes a single pixel', () => {
    expect(differenceHash(rgbToRgba(Uint8Array.from([9, 9, 9])), 1, 1)).toBe('0'.repeat(16));
  });
});
