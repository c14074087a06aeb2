import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandHits, gridShape, type BandBox, type GridShape } from './band-hits.ts';

/** Three columns of 50 px cells with gaps of 4. */
const SHAPE: GridShape = {
  left: 100,
  top: 20,
  columns: 3,
  cellWidth: 50,
  cellHeight: 50,
  stepX: 54,
  stepY: 54,
  count: 8,
};
const box = (left: number, top: number, right: number, bottom: number): BandBox => ({
  left,
  top,
  right,
  bottom,
});

describe('bandHits', () => {
  it('takes what it touches and nothing in a gap', () => {
    expect(bandHits(SHAPE, box(0, 0, 99, 500))).toEqual([]);
    expect(bandHits(SHAPE, box(0, 0, 101, 21))).toEqual([0]);
    expect(bandHits(SHAPE, box(151, 0, 153, 500))).toEqual([]);
    expect(bandHits(SHAPE, box(149, 60, 160, 80))).toEqual([0, 1, 3, 4]);
    expect(bandHits(SHAPE, box(0, 130, 900, 900))).toEqual([6, 7]);
  });

  it('agrees with looking at every cell', () => {
    const side = fc.integer({ min: -50, max: 400 });
    fc.assert(
      fc.property(side, side, side, side, fc.integer({ min: 0, max: 30 }), (a, b, c, d, count) => {
        const band = box(Math.min(a, b), Math.min(c, d), Math.max(a, b), Math.max(c, d));
        const touched = Array.from({ length: count }, (_, i) => i).filter((i) => {
          const left = SHAPE.left + (i % 3) * SHAPE.stepX;
          const top = SHAPE.top + Math.floor(i / 3) * SHAPE.stepY;
          const across = band.right >= left && band.left < left + SHAPE.cellWidth;
          return across && band.bottom >= top && band.top < top + SHAPE.cellHeight;
        });
        expect(bandHits({ ...SHAPE, count }, band)).toEqual(touched);
      }),
    );
  });
});

describe('gridShape', () => {
  it('knows where the first cell is although only later rows are rendered', () => {
    const cells = [30, 31, 32, 33, 34, 35].map((index) => ({
      index,
      left: 100 + (index % 3) * 54,
      top: 20 + Math.floor(index / 3) * 54 - 500,
      width: 50,
      height: 50,
    }));
    expect(gridShape(cells, 1000)).toEqual({ ...SHAPE, top: -480, count: 1000 });
    expect(gridShape([], 5)).toBeNull();
  });
});
