import { describe, expect, it } from 'vitest';
import {
  dropMap,
  hideCells,
  HIDING_CELLS,
  markedCells,
  meanColour,
  occlusionVerdict,
  patchCells,
  PATCH_COUNT,
} from './occlusion.ts';

const CELLS = HIDING_CELLS * HIDING_CELLS;

describe('patches', () => {
  it('cover every cell, four cells each', () => {
    const covered = new Uint8Array(CELLS);
    for (let index = 0; index < PATCH_COUNT; index++) {
      const cells = patchCells(index);
      expect(cells.reduce((sum, each) => sum + each, 0)).toBe(4);
      cells.forEach((each, cell) => {
        covered[cell] = (covered[cell] ?? 0) | each;
      });
    }
    expect(covered.every((each) => each === 1)).toBe(true);
  });

  it('hide exactly their part of the picture, whatever its size', () => {
    for (const size of [16, 30, 128]) {
      const pixels = new Uint8Array(size * size * 3).fill(9);
      const out = new Uint8Array(2 * pixels.length);
      hideCells(pixels, size, new Uint8Array(CELLS).fill(1), [1, 2, 3], out, pixels.length);
      expect(out.subarray(0, pixels.length).every((value) => value === 0)).toBe(true);
      expect([...new Set(out.subarray(pixels.length))].sort()).toEqual([1, 2, 3]);
      hideCells(pixels, size, patchCells(0), [1, 2, 3], out);
      const side = Math.round(size / 4);
      const hidden = out.subarray(0, pixels.length).filter((value) => value !== 9).length;
      expect(hidden).toBe(3 * side * side);
    }
  });
});

describe('meanColour', () => {
  it('is the average of each channel', () => {
    expect(meanColour(Uint8Array.of(0, 10, 20, 100, 30, 21))).toEqual([50, 20, 21]);
  });
});

describe('dropMap and markedCells', () => {
  it('mark the cells under the patch that matters', () => {
    const drops = Array.from({ length: PATCH_COUNT }, (_, index) => (index === 24 ? 0.8 : 0));
    const map = dropMap(drops);
    const marked = markedCells(map);
    // Each middle cell lies under four patches, so the mean drop is a quarter.
    expect(Math.max(...map.values)).toBeCloseTo(0.2);
    expect([...marked]).toEqual([...patchCells(24)]);
  });

  it('never mark more than 30 % of the picture, and nothing where hiding helps', () => {
    const all = markedCells(dropMap(Array<number>(PATCH_COUNT).fill(0.5)));
    expect(all.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(0.3 * CELLS);
    const none = markedCells(dropMap(Array<number>(PATCH_COUNT).fill(-0.5)));
    expect(none.some((each) => each === 1)).toBe(false);
  });
});

describe('occlusionVerdict', () => {
  const before = Float32Array.of(0.9, 0.1);
  const marked = patchCells(0);

  it('says when the answer changes, weakens or stays', () => {
    const verdict = (hidden: readonly number[], drop = 0.3) =>
      occlusionVerdict(before, drop, Float32Array.from(hidden), marked);
    expect(verdict([0.2, 0.8])).toMatchObject({
      kind: 'changes',
      before: { classIndex: 0 },
      after: { classIndex: 1 },
      area: 4 / 64,
    });
    expect(verdict([0.7, 0.3]).kind).toBe('weakens');
    expect(verdict([0.88, 0.12]).kind).toBe('stays');
    expect(verdict([0.9, 0.1], 0.001).kind).toBe('nowhere');
  });
});
