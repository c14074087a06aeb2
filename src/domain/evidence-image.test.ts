import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidencePlace, paintEvidence, smoothMap, type EvidenceColours } from './evidence-image.ts';

const colours: EvidenceColours = {
  pro: [255, 200, 0],
  contra: [80, 0, 120],
  lineInside: [255, 255, 255],
  lineOutside: [0, 0, 0],
};
const map = (rows: readonly (readonly number[])[]) => ({
  values: Float32Array.from(rows.flat()),
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
});

describe('smoothMap', () => {
  it('has each cell’s value in the middle of the cell', () => {
    const smooth = smoothMap(map([[1, 2], [3, 5]]), 6); // prettier-ignore
    const at = (x: number, y: number): number => smooth[y * 6 + x] ?? NaN;
    expect([at(1, 1), at(4, 1), at(1, 4), at(4, 4)]).toEqual([1, 2, 3, 5]);
    expect(at(0, 0)).toBe(1);
    expect(at(5, 5)).toBe(5);
  });

  it('never leaves the range of the map', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -5, max: 5, noNaN: true }), { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 1, max: 20 }),
        (values, size) => {
          const smooth = smoothMap(
            { values: Float32Array.from(values), rows: 2, columns: 3 },
            size,
          );
          expect(Math.min(...smooth)).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
          expect(Math.max(...smooth)).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
        },
      ),
    );
  });
});

describe('paintEvidence', () => {
  const paint = (values: readonly number[], outlineAt: number | null) =>
    paintEvidence(Float32Array.from(values), 2, { scale: 2, strength: 0.5, outlineAt, colours });

  it('tells the signs apart by colour and strength by opacity', () => {
    const pixels = paint([2, 1, -2, 0], null);
    expect([...pixels.subarray(0, 4)]).toEqual([255, 200, 0, 128]);
    expect(pixels[7]).toBe(64);
    expect([...pixels.subarray(8, 12)]).toEqual([80, 0, 120, 128]);
    expect(pixels[15]).toBe(0);
  });

  it('draws the line on both sides of where values pass the mark', () => {
    const pixels = paint([2, 0, 2, 0], 1);
    expect([...pixels.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect([...pixels.subarray(4, 7)]).toEqual([0, 0, 0]);
    const without = paint([2, 2, 2, 2], 1);
    expect([...without.subarray(0, 3)]).toEqual([255, 200, 0]);
  });

  it('fades out beside the line, so that it has no steps', () => {
    const size = 16;
    // Rises by one a pixel along a diagonal.
    const slanted = Float32Array.from(
      { length: size * size },
      (_, at) => (at % size) + Math.floor(at / size),
    );
    const pixels = paintEvidence(slanted, size, {
      scale: 1e9,
      strength: 0,
      outlineAt: 15.5,
      colours,
    });
    const alphas = new Set<number>();
    for (let at = 3; at < pixels.length; at += 4) alphas.add(pixels[at] ?? 0);
    expect(alphas.has(0)).toBe(true);
    expect(Math.max(...alphas)).toBe(230);
    expect([...alphas].some((alpha) => alpha > 20 && alpha < 210)).toBe(true);
  });

  it('is empty where there is no evidence at all', () => {
    const pixels = paintEvidence(new Float32Array(4), 2, {
      scale: 0,
      strength: 1,
      outlineAt: null,
      colours,
    });
    expect([3, 7, 11, 15].map((at) => pixels[at])).toEqual([0, 0, 0, 0]);
  });
});

describe('evidencePlace', () => {
  const cornered = map([[4, 0, 0], [0, 0, 0], [0, 0, -9]]); // prettier-ignore
  it('names the part with the evidence for, not that against', () => {
    expect(evidencePlace(cornered)).toBe('top-left');
    expect(evidencePlace(cornered, true)).toBe('top-right');
    expect(evidencePlace(map([[1, 1], [1, 1]]))).toBe('middle'); // prettier-ignore
  });

  it('names nothing when there is only evidence against', () => {
    expect(evidencePlace(map([[-1, 0]]))).toBeNull();
  });
});
