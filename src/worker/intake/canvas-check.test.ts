import { describe, expect, it } from 'vitest';
import { checkPattern, comparePixels } from './canvas-check.ts';

describe('comparePixels', () => {
  const { rgba } = checkPattern();

  it('finds nothing in an honest copy', () => {
    expect(comparePixels(rgba, rgba.slice())).toEqual({
      tampered: false,
      changedShare: 0,
      largestChange: 0,
    });
  });

  it('counts flipped lowest bits but does not call them tampering', () => {
    const flipped = rgba.map((value, i) => (i % 16 === 1 ? value ^ 1 : value));
    expect(comparePixels(rgba, flipped)).toEqual({
      tampered: false,
      changedShare: 0.25,
      largestChange: 1,
    });
  });

  it('calls noise, blanking and a lost channel tampering', () => {
    const noise = rgba.map((value, i) => (i * 97 + value * 13) & 255);
    expect(comparePixels(rgba, noise).tampered).toBe(true);
    expect(
      comparePixels(
        rgba,
        rgba.map(() => 255),
      ).tampered,
    ).toBe(true);
    const lost = comparePixels(
      rgba,
      rgba.map((value, i) => (i % 4 === 2 ? 0 : value)),
    );
    expect(lost.tampered).toBe(true);
    expect(lost.changedShare).toBeGreaterThan(0.9);
  });

  it('notices a single wrong pixel', () => {
    const one = rgba.slice();
    one[400] = (one[400] ?? 0) ^ 128;
    const check = comparePixels(rgba, one);
    expect(check).toMatchObject({ tampered: true, largestChange: 128 });
    expect(check.changedShare).toBeCloseTo(1 / 4096, 10);
  });

  it('refuses pictures of different size', () => {
    expect(() => comparePixels(rgba, rgba.slice(4))).toThrow(RangeError);
  });
});

describe('checkPattern', () => {
  it('is opaque and holds every value in every channel', () => {
    const { rgba } = checkPattern();
    for (const channel of [0, 1, 2]) {
      const values = new Set(rgba.filter((_, i) => i % 4 === channel));
      expect(values.size).toBe(256);
    }
    expect(new Set(rgba.filter((_, i) => i % 4 === 3))).toEqual(new Set([255]));
  });
});
