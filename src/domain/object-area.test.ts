import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AREA_CELLS, backgroundShare, objectArea } from './object-area.ts';

const SIZE = 64;

/** A disc of one colour on a ground of another. */
function disc(x0: number, y0: number, radius: number): Uint8Array {
  const pixels = new Uint8Array(SIZE * SIZE * 3);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const isObject = Math.hypot(x - x0, y - y0) < radius;
      pixels.set(isObject ? [220, 60, 40] : [90, 140, 90], 3 * (y * SIZE + x));
    }
  }
  return pixels;
}

describe('objectArea', () => {
  it('finds a thing that differs from the edge, wherever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 22, max: 42 }), fc.integer({ min: 22, max: 42 }), (x, y) => {
        const { cells, how } = objectArea(disc(x, y, 14), SIZE);
        expect(how).toBe('differs-from-edge');
        const cellOf = (at: number): number => Math.floor((at * AREA_CELLS) / SIZE);
        expect(cells[cellOf(y) * AREA_CELLS + cellOf(x)]).toBe(1);
        expect(cells[0]).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('takes the middle when nothing stands out', () => {
    const { cells, how } = objectArea(new Uint8Array(SIZE * SIZE * 3).fill(120), SIZE);
    expect(how).toBe('middle');
    expect(cells[8 * AREA_CELLS + 8]).toBe(1);
    expect(cells[0]).toBe(0);
  });
});

describe('backgroundShare', () => {
  const area = objectArea(disc(32, 32, 16), SIZE);
  const map = (values: readonly number[]) => ({
    values: Float32Array.from(values),
    rows: 4,
    columns: 4,
  });

  it('equals the area outside when evidence is spread evenly', () => {
    const share = backgroundShare(map(Array<number>(16).fill(2)), area);
    expect(share?.evidence).toBeCloseTo(share?.area ?? NaN, 6);
  });

  it('is low for evidence on the object and high for evidence in a corner', () => {
    const middle = map([0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
    const corner = map([5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -9]);
    const onObject = backgroundShare(middle, area);
    expect(onObject?.evidence).toBeLessThan(onObject?.area ?? 0);
    expect(backgroundShare(corner, area)?.evidence).toBeGreaterThan(0.9);
  });

  it('is unknown without evidence for the class', () => {
    expect(backgroundShare(map(Array<number>(16).fill(-1)), area)).toBeNull();
  });
});
