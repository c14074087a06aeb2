import { describe, expect, it } from 'vitest';
import { answersOf, flipsBetween, rowsOfCell } from './epoch-answers.ts';

const labels = Int32Array.from([0, 0, 1, 1]);
// Rows: right 0.9, right 0.6, wrong 0.7, right 0.8.
const early = answersOf(3, Float32Array.from([0.9, 0.1, 0.6, 0.4, 0.7, 0.3, 0.2, 0.8]), labels, 2);
// Rows: wrong 0.55, wrong 0.95, right 0.6, right 0.8.
const late = answersOf(
  9,
  Float32Array.from([0.45, 0.55, 0.05, 0.95, 0.4, 0.6, 0.2, 0.8]),
  labels,
  2,
);

describe('answersOf', () => {
  it('counts hits, fills the matrix, gives the interval', () => {
    expect(early.hits).toBe(3);
    expect(early.accuracy).toBe(0.75);
    expect([...early.matrix]).toEqual([2, 0, 1, 1]);
    expect(early.interval.low).toBeCloseTo(0.301, 3);
    expect(early.confidence[0]).toBeCloseTo(0.9, 6);
  });

  it('of no photos knows nothing', () => {
    const none = answersOf(1, new Float32Array(0), new Int32Array(0), 2);
    expect(none.accuracy).toBeNaN();
    expect(none.interval).toEqual({ low: 0, high: 1 });
  });
});

describe('flipsBetween', () => {
  it('names the photos that were lost and won, the surest first, and turns round with the order', () => {
    expect(flipsBetween(early, late)).toEqual({ lost: [1, 0], won: [2] });
    expect(flipsBetween(late, early)).toEqual({ lost: [2], won: [0, 1] });
    expect(flipsBetween(early, early)).toEqual({ lost: [], won: [] });
  });
});

describe('rowsOfCell', () => {
  it('are the photos of that cell, the surest first', () => {
    expect(rowsOfCell(early, 0, 0)).toEqual([0, 1]);
    expect(rowsOfCell(early, 1, 0)).toEqual([2]);
    expect(rowsOfCell(early, 0, 1)).toEqual([]);
  });
});
