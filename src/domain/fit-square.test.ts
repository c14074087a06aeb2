import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundLongestSide, scaleToLongestSide, squareFit } from './fit-square.ts';

const side = fc.integer({ min: 1, max: 5000 });
const mode = fc.constantFrom('crop', 'pad', 'stretch' as const);

describe('squareFit', () => {
  it('crops the middle', () => {
    expect(squareFit(11, 6, 4, 'crop').source).toEqual({ left: 2, top: 0, width: 6, height: 6 });
    expect(squareFit(6, 11, 4, 'crop').source).toEqual({ left: 0, top: 2, width: 6, height: 6 });
    expect(squareFit(4000, 10, 96, 'crop').source).toEqual({
      left: 1995,
      top: 0,
      width: 10,
      height: 10,
    });
  });

  it('pads around the whole photo', () => {
    expect(squareFit(320, 240, 224, 'pad')).toEqual({
      source: { left: 0, top: 0, width: 320, height: 240 },
      target: { left: 0, top: 28, width: 224, height: 168 },
    });
    // A side that would round to nothing keeps one pixel.
    expect(squareFit(4000, 10, 96, 'pad').target).toEqual({
      left: 0,
      top: 47,
      width: 96,
      height: 1,
    });
  });

  it('keeps both boxes inside what they lie in, for every size and mode', () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 512 }),
        mode,
        (width, height, size, fit) => {
          const { source, target } = squareFit(width, height, size, fit);
          expect(source.left).toBeGreaterThanOrEqual(0);
          expect(source.top).toBeGreaterThanOrEqual(0);
          expect(source.left + source.width).toBeLessThanOrEqual(width);
          expect(source.top + source.height).toBeLessThanOrEqual(height);
          expect(target.left + target.width).toBeLessThanOrEqual(size);
          expect(target.top + target.height).toBeLessThanOrEqual(size);
          expect(
            Math.min(source.width, source.height, target.width, target.height),
          ).toBeGreaterThan(0);
          if (fit !== 'pad') expect(target).toEqual({ left: 0, top: 0, width: size, height: size });
          if (fit === 'pad') expect(Math.max(target.width, target.height)).toBe(size);
          if (fit === 'crop') expect(source.width).toBe(source.height);
        },
      ),
    );
  });

  it.each([
    [0, 5, 5],
    [5, -1, 5],
    [5, 5, Number.NaN],
    [5.5, 5, 5],
  ])('refuses sides that are no pixel counts (%d, %d, %d)', (width, height, size) => {
    expect(() => squareFit(width, height, size, 'crop')).toThrow(RangeError);
  });
});

describe('bounding', () => {
  it('never scales up and keeps the proportions', () => {
    expect(boundLongestSide(1, 1, 640)).toEqual({ width: 1, height: 1 });
    expect(boundLongestSide(12000, 9000, 640)).toEqual({ width: 640, height: 480 });
    expect(boundLongestSide(10, 4000, 640)).toEqual({ width: 2, height: 640 });
  });

  it('scales to exactly the side asked for', () => {
    fc.assert(
      fc.property(side, side, side, (width, height, longest) => {
        const scaled = scaleToLongestSide(width, height, longest);
        expect(Math.max(scaled.width, scaled.height)).toBe(longest);
        const exact = (Math.min(width, height) * longest) / Math.max(width, height);
        expect(Math.abs(Math.min(scaled.width, scaled.height) - Math.max(1, exact))).toBeLessThan(
          1,
        );
      }),
    );
  });
});
