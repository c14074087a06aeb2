import { describe, expect, it } from 'vitest';
import { pathThrough } from './line-path.tsx';

describe('pathThrough', () => {
  it('goes through the points to a tenth of a pixel, and breaks where a value is missing', () => {
    const points = [
      { x: 1, y: 2.04 },
      { x: 2.26, y: 3 },
      { x: 3, y: null },
      { x: 4, y: 5 },
      { x: NaN, y: 1 },
      { x: 6, y: 7 },
    ];
    expect(pathThrough(points)).toBe('M1 2L2.3 3M4 5M6 7');
    expect(pathThrough([])).toBe('');
  });
});
