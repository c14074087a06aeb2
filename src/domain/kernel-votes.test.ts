import { describe, expect, it } from 'vitest';
import { argMaxRows } from './classification-metrics.ts';
import { kernelVotes } from './kernel-votes.ts';
import { unitRows } from './neighbours.ts';
import { runToEnd } from './photo-map.ts';
import { createRandom } from './random.ts';

const DIM = 12;
const CLASSES = 3;

function made(count: number, seed: number, separation: number) {
  const random = createRandom(seed);
  const labels = Array.from({ length: count }, (_, row) => row % CLASSES);
  const values = Float32Array.from({ length: count * DIM }, (_, at) => {
    const isOwn = at % CLASSES === labels[Math.floor(at / DIM)];
    return random.normal() + (isOwn ? separation : 0);
  });
  const rows = labels.map((_, row) => row);
  return { labels, units: unitRows(values, DIM, rows) };
}

function likenessOf(units: Float32Array, count: number): Float32Array {
  return Float32Array.from({ length: count * count }, (_, at) => {
    const [a, b] = [Math.floor(at / count), at % count];
    let sum = 0;
    for (let d = 0; d < DIM; d++) sum += (units[a * DIM + d] ?? 0) * (units[b * DIM + d] ?? 0);
    return sum;
  });
}

describe('kernelVotes', () => {
  it('tells classes apart', () => {
    const { labels, units } = made(60, 3, 1.5);
    const scores = runToEnd(
      kernelVotes(
        likenessOf(units, 60),
        labels,
        labels.map((_, i) => i),
        3,
      ),
    );
    const right = [...argMaxRows(scores, 3)].filter((answer, row) => answer === labels[row]);
    expect(right.length).toBeGreaterThan(48);
  });

  it('says of a photo the same whatever the label of it and of its copies', () => {
    const count = 30;
    const { labels, units } = made(count, 5, 1);
    const likeness = likenessOf(units, count);
    // Groups of one, two and four.
    const groups = labels.map((_, row) => (row < 4 ? 100 : row < 10 ? Math.floor(row / 2) : row));
    const asked = runToEnd(kernelVotes(likeness, labels, groups, CLASSES));
    for (const group of [100, 3, 20]) {
      const changed = labels.map((label, row) =>
        groups[row] === group ? (label + 1) % CLASSES : label,
      );
      const again = runToEnd(kernelVotes(likeness, changed, groups, CLASSES));
      let others = 0;
      groups.forEach((own, row) => {
        for (let k = 0; k < CLASSES; k++) {
          const difference = (again[row * CLASSES + k] ?? 0) - (asked[row * CLASSES + k] ?? 0);
          if (own === group) expect(Math.abs(difference)).toBeLessThan(1e-5);
          else others = Math.max(others, Math.abs(difference));
        }
      });
      // To all the others it makes a difference.
      expect(others).toBeGreaterThan(1e-3);
    }
  });
});
