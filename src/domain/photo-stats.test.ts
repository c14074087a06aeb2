import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laplacianVariance, measurePhoto } from './photo-stats.ts';
import { rgbToRgba } from './resample.ts';

function paint(
  width: number,
  height: number,
  grey: (x: number, y: number) => number,
): Uint8ClampedArray {
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    rgb.fill(grey(i % width, Math.floor(i / width)), i * 3, i * 3 + 3);
  }
  return rgbToRgba(rgb);
}

describe('measurePhoto', () => {
  it('knows black, white and one colour', () => {
    const black = measurePhoto(
      paint(10, 10, () => 0),
      10,
      10,
    );
    expect(black).toEqual({ brightness: 0, contrast: 0, sharpness: 0 });
    const white = measurePhoto(
      paint(300, 200, () => 255),
      300,
      200,
    );
    expect(white.brightness).toBeCloseTo(1, 5);
    expect(white.contrast).toBeCloseTo(0, 5);
  });

  it('weighs the channels as Rec. 601 does', () => {
    const green = rgbToRgba(Uint8Array.from([0, 255, 0, 0, 255, 0]));
    expect(measurePhoto(green, 2, 1).brightness).toBeCloseTo(0.587, 5);
  });

  it('gives half-black half-white the contrast 0.5', () => {
    const halves = paint(64, 64, (x) => (x < 32 ? 0 : 255));
    expect(measurePhoto(halves, 64, 64).contrast).toBeCloseTo(0.5, 5);
  });

  it('ranks a sharp edge above a soft one', () => {
    const sharp = measurePhoto(
      paint(64, 64, (x) => (x < 32 ? 40 : 200)),
      64,
      64,
    );
    const soft = measurePhoto(
      paint(64, 64, (x) => 40 + (160 * x) / 63),
      64,
      64,
    );
    expect(sharp.sharpness).toBeGreaterThan(100 * soft.sharpness);
  });

  it('is finite for every size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (w, h) => {
        const stats = measurePhoto(
          paint(w, h, (x, y) => (x * y * 31) % 256),
          w,
          h,
        );
        for (const value of Object.values(stats)) expect(Number.isFinite(value)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('laplacianVariance', () => {
  it('matches a case worked out by hand', () => {
    // 4 x 3, one bright pixel inside: responses are -4v at it and v beside it.
    const grey = Float32Array.from([0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0]);
    expect(laplacianVariance(grey, 4, 3)).toBeCloseTo(((-40 - -15) ** 2 + (10 - -15) ** 2) / 2, 5);
  });
});
