import { describe, expect, it } from 'vitest';
import { classNameMatcher, largestSums } from './zero-shot.ts';

describe('classNameMatcher', () => {
  const LABELS = ['wolf, grey wolf', 'wine bottle', 'bottle screw', 'bee', 'bee eater', 'bush'];
  const match = classNameMatcher(LABELS);

  it('prefers a name to an ending, and an ending to a word', () => {
    expect(match('Wolves')).toEqual([0]);
    expect(match('bottles')).toEqual([1]);
    expect(match('screw')).toEqual([2]);
    expect(match('bees')).toEqual([3]);
    expect(match('eater')).toEqual([4]);
    expect(match('big bush')).toEqual([5]);
    expect(match('bus')).toEqual([]);
    // Families are numbers of one list alone.
    expect(match('dog')).toEqual([]);
  });
});

describe('largestSums', () => {
  it('answers with the largest sum among the matched, and none where none is', () => {
    const sums = Float32Array.of(0.2, 0.5, 0.3, 0, 0, 0);
    expect([...largestSums(sums, [true, true, true])]).toEqual([1, 0]);
    expect([...largestSums(sums, [true, false, true])]).toEqual([2, 0]);
    expect([...largestSums(sums, [false, false, false])]).toEqual([-1, -1]);
  });
});
