import { describe, expect, it } from 'vitest';
import {
  classMeans,
  mostAlike,
  nearest,
  strangeness,
  unitRows,
  voteLogits,
  voteOf,
} from './neighbours.ts';
import { createRandom } from './random.ts';

const DIM = 6;

function made(rows: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: rows * DIM }, () => random.normal());
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = a.reduce((sum, value, d) => sum + value * (b[d] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

describe('nearest neighbours', () => {
  it('finds those that sorting all of them finds', () => {
    const references = made(40, 1);
    const queries = made(10, 2);
    const units = unitRows(
      references,
      DIM,
      Array.from({ length: 40 }, (_, row) => row),
    );
    for (let row = 0; row < 10; row++) {
      const query = queries.subarray(row * DIM, (row + 1) * DIM);
      const sorted = Array.from({ length: 40 }, (_, index) => ({
        index,
        likeness: cosine(query, references.subarray(index * DIM, (index + 1) * DIM)),
      })).sort((a, b) => b.likeness - a.likeness);
      const found = nearest(unitRows(query, DIM, [0]), units, DIM, 5);
      expect(found.map(({ index }) => index)).toEqual(sorted.slice(0, 5).map(({ index }) => index));
      expect(found[0]?.likeness).toBeCloseTo(sorted[0]?.likeness ?? NaN, 5);
    }
  });

  it('is no stranger to a copy, and a total one without references', () => {
    const references = unitRows(made(3, 4), DIM, [0, 0, 0, 1]);
    const found = nearest(references.subarray(0, DIM), references, DIM, 3);
    expect(strangeness(found)).toBeCloseTo(0, 6);
    expect(strangeness([])).toBe(Infinity);
  });

  it('votes, and lets likeness decide between equal counts', () => {
    const labels = [0, 0, 1, 1, 2];
    const as = (entries: readonly [number, number][]) =>
      entries.map(([index, likeness]) => ({ index, likeness }));
    expect(
      voteOf(
        as([
          [0, 0.9],
          [1, 0.8],
          [2, 0.99],
        ]),
        labels,
        3,
      ),
    ).toBe(0);
    expect(
      voteOf(
        as([
          [0, 0.5],
          [1, 0.5],
          [2, 0.6],
          [3, 0.6],
        ]),
        labels,
        3,
      ),
    ).toBe(1);
  });

  it('has means of length 1 in the middle of each class', () => {
    const units = unitRows(Float32Array.of(1, 0, 0, 1, 0, 2), 2, [0, 1, 2]);
    const means = classMeans(units, 2, [0, 0, 1], 3);
    expect([...means]).toEqual([
      expect.closeTo(Math.SQRT1_2),
      expect.closeTo(Math.SQRT1_2),
      0,
      1,
      0,
      0,
    ]);
  });

  it('lets the most alike of other groups vote softly, as counting by hand does', () => {
    const count = 60;
    const rows = Array.from({ length: count }, (_, row) => row);
    const units = unitRows(made(count, 7), DIM, rows);
    const labels = rows.map((row) => row % 3);
    // Pairs of copies: neither ever votes on the other.
    const groups = rows.map((row) => Math.floor(row / 2));
    for (const row of rows) {
      const own = units.subarray(row * DIM, (row + 1) * DIM);
      const likenesses = Float32Array.from(rows, (other) =>
        own.reduce((sum, value, d) => sum + value * (units[other * DIM + d] ?? 0), 0),
      );
      const voters = mostAlike(likenesses, 15, (other) => groups[other] !== groups[row]);
      const logits = voteLogits(voters, labels, 3);
      const others = rows
        .filter((other) => groups[other] !== groups[row])
        .map((other) => ({
          label: labels[other] ?? 0,
          likeness: cosine(
            units.subarray(row * DIM, (row + 1) * DIM),
            units.subarray(other * DIM, (other + 1) * DIM),
          ),
        }))
        .sort((a, b) => b.likeness - a.likeness)
        .slice(0, 15);
      const votes = [0.5, 0.5, 0.5];
      for (const { label, likeness } of others) {
        votes[label] = (votes[label] ?? 0) + Math.exp(10 * (likeness - (others[0]?.likeness ?? 0)));
      }
      votes.forEach((vote, k) => {
        expect(logits[k]).toBeCloseTo(Math.log(vote), 3);
      });
    }
  });

  it('says nothing for one class over another where there is nobody to ask', () => {
    const nobody = mostAlike(Float32Array.of(1, 0.5), 15, () => false);
    expect(nobody).toEqual([]);
    expect(new Set(voteLogits(nobody, [0, 1], 2)).size).toBe(1);
  });
});
