import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laplacianVariance, measureBorder, measurePhoto } from './photo-stats.ts';
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
    expect(black).toEqual({
      brightness: 0,
      contrast: 0,
      sharpness: 0,
      border: { rgb: [0, 0, 0], spread: 0 },
    });
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
        const { border, ...scalars } = stats;
        const values = [...Object.values(scalars), border?.spread, ...(border?.rgb ?? [])];
        expect(values).toHaveLength(7);
        for (const value of values) expect(Number.isFinite(value)).toBe(true);
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

describe('measureBorder', () => {
  /** A frame of one colour around a middle of another; RGB bytes. */
  function framed(width: number, height: number, frame: number, middle: number): Uint8Array {
    const rgb = new Uint8Array(width * height * 3);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const inside = x >= width * 0.2 && x < width * 0.8 && y >= height * 0.2 && y < height * 0.8;
        rgb.fill(inside ? middle : frame, (y * width + x) * 3, (y * width + x) * 3 + 3);
      }
    }
    return rgb;
  }

  it('looks at the frame alone', () => {
    const { rgb, spread } = measureBorder(framed(100, 60, 51, 255), 100, 60);
    expect(rgb.map((value) => Math.round(value * 100) / 100)).toEqual([0.2, 0.2, 0.2]);
    expect(spread).toBeCloseTo(0, 5);
  });

  it('counts each pixel of the frame once, on all four sides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (w, h) => {
        const [across, down] = [w, h].map((side) => Math.max(1, Math.round(side * 0.1)));
        const isFrame = (x: number, y: number): boolean =>
          x < (across ?? 0) || x >= w - (across ?? 0) || y < (down ?? 0) || y >= h - (down ?? 0);
        let sum = 0;
        let count = 0;
        const rgb = new Uint8Array(w * h * 3);
        for (let i = 0; i < w * h; i++) {
          const value = (i * 37) % 256;
          rgb.fill(value, i * 3, i * 3 + 3);
          if (!isFrame(i % w, Math.floor(i / w))) continue;
          sum += value / 255;
          count += 1;
        }
        expect(measureBorder(rgb, w, h).rgb[0]).toBeCloseTo(sum / count, 6);
      }),
    );
  });

  it('says how much it varies', () => {
    const plain = measureBorder(framed(50, 50, 128, 0), 50, 50);
    const noisy = measureBorder(
      Uint8Array.from({ length: 50 * 50 * 3 }, (_, i) => (i % 2) * 255),
      50,
      50,
    );
    expect(plain.spread).toBeLessThan(0.01);
    expect(noisy.spread).toBeGreaterThan(0.5);
  });
});
