import { describe, expect, it } from 'vitest';
import { buildPhoto } from '../testing/build-photo.ts';
import { summariseDataset } from './dataset-summary.ts';

const CLASSES = ['class-a', 'class-b', 'class-c'].map((id, i) => ({ id, name: id, colorIndex: i }));

describe('summariseDataset', () => {
  it('counts photos, different pictures, sides, sizes and origins', () => {
    const summary = summariseDataset(CLASSES, [
      buildPhoto('a', { width: 100, height: 100, side: 'validation' }),
      buildPhoto('b', { width: 200, height: 100, groupId: 'a' }),
      buildPhoto('c', { classId: 'class-b', width: 50, height: 60, origin: { kind: 'webcam' } }),
    ]);
    expect(summary).toMatchObject({ photos: 3, groups: 2, balance: 0.5 });
    expect(summary.sides).toEqual({ train: 2, validation: 1, test: 0 });
    expect(summary.classes.map(({ photos, groups }) => [photos, groups])).toEqual([
      [2, 1],
      [1, 1],
      [0, 0],
    ]);
    expect(summary.sizes).toMatchObject({
      smallest: { width: 50, height: 60 },
      largest: { width: 200, height: 100 },
      medianLongestSide: 100,
    });
    expect(summary.sizes?.notSquare).toBeCloseTo(2 / 3);
    expect(summary.origins).toEqual([
      { kind: 'file', photos: 2 },
      { kind: 'webcam', photos: 1 },
    ]);
  });

  it('has no figures to give without photos', () => {
    expect(summariseDataset(CLASSES, [])).toMatchObject({ photos: 0, balance: null, sizes: null });
  });
});
