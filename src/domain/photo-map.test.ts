import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestRows, nearestTo } from './nearest-rows.ts';
import {
  makePhotoMap,
  neighboursOnMap,
  placeOnMap,
  runToEnd,
  type MapMethod,
} from './photo-map.ts';
import { principalAxes } from './principal-axes.ts';
import { createRandom } from './random.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

const DIM = 40;

/** Clouds around centres, rows of cloud 0 first. */
function clouds(perCloud: number, cloudCount: number, distance: number, seed = 1): Float32Array {
  const random = createRandom(seed);
  const centres = Float32Array.from({ length: cloudCount * DIM }, () => distance * random.normal());
  return Float32Array.from({ length: perCloud * cloudCount * DIM }, (_, at) => {
    const cloud = Math.floor(at / (perCloud * DIM));
    return (centres[cloud * DIM + (at % DIM)] ?? 0) + random.normal();
  });
}

function mapOf(embeddings: Float32Array, method: MapMethod, seed = 7) {
  const count = embeddings.length / DIM;
  return runToEnd(makePhotoMap({ embeddings, count, dim: DIM, method, seed }));
}

/**
 * Trustworthiness (J. Venna, S. Kaski, Neural Networks 14, 2001): 1 when every neighbour on the map
 * is one in the data too. Written plainly here, from ranks.
 */
function trustworthiness(data: Float32Array, dim: number, map: Float32Array, k: number): number {
  const count = map.length / 2;
  const square = (rows: Float32Array, width: number, i: number, j: number): number => {
    let sum = 0;
    for (let d = 0; d < width; d++)
      sum += ((rows[i * width + d] ?? 0) - (rows[j * width + d] ?? 0)) ** 2;
    return sum;
  };
  const order = (rows: Float32Array, width: number, i: number): number[] =>
    Array.from({ length: count }, (_, j) => j)
      .filter((j) => j !== i)
      .sort((a, b) => square(rows, width, i, a) - square(rows, width, i, b));
  let penalty = 0;
  for (let i = 0; i < count; i++) {
    const inData = order(data, dim, i);
    for (const j of order(map, 2, i).slice(0, k)) {
      penalty += Math.max(0, inData.indexOf(j) + 1 - k);
    }
  }
  return 1 - (2 / (count * k * (2 * count - 3 * k - 1))) * penalty;
}

describe('symmetricEigen', () => {
  it('gives vectors that the matrix only stretches', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9999 }), (n, seed) => {
        const random = createRandom(seed);
        const matrix = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          for (let j = i; j < n; j++) matrix[i * n + j] = matrix[j * n + i] = random.normal();
        }
        const { values, vectors } = symmetricEigen(matrix, n);
        for (let column = 0; column < n; column++) {
          for (let row = 0; row < n; row++) {
            let product = 0;
            for (let j = 0; j < n; j++) {
              product += (matrix[row * n + j] ?? 0) * (vectors[j * n + column] ?? 0);
            }
            const wanted = (values[column] ?? 0) * (vectors[row * n + column] ?? 0);
            expect(product).toBeCloseTo(wanted, 8);
          }
        }
        expect([...values]).toEqual([...values].sort((a, b) => b - a));
      }),
    );
  });
});

describe('principalAxes', () => {
  it('finds the directions of most variance, with their variances', () => {
    const random = createRandom(3);
    const count = 300;
    const spreads = [9, 5, 2];
    const data = new Float32Array(count * DIM);
    for (let i = 0; i < count; i++) {
      for (let d = 0; d < DIM; d++) data[i * DIM + d] = 4 + (spreads[d] ?? 0.1) * random.normal();
    }
    const axes = runToEnd(principalAxes(data, count, DIM, 3, 1));
    spreads.forEach((spread, axis) => {
      expect(Math.abs(axes.axes[axis * 3 + axis] ?? 0)).toBeGreaterThan(0.97);
      expect(Math.sqrt(axes.variances[axis] ?? 0)).toBeGreaterThan(0.85 * spread);
      expect(Math.sqrt(axes.variances[axis] ?? 0)).toBeLessThan(1.15 * spread);
    });
    const shown = axes.variances.reduce((sum, v) => sum + v, 0);
    expect(shown).toBeLessThanOrEqual(axes.totalVariance);
    expect(shown / axes.totalVariance).toBeGreaterThan(0.99);
  });

  it('has axes of length 1 at right angles, for data of any shape', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 0, max: 999 }),
        (count, dim, seed) => {
          const random = createRandom(seed);
          const data = Float32Array.from({ length: count * dim }, () => random.normal());
          const { axes, axisCount } = runToEnd(principalAxes(data, count, dim, 6, 1));
          for (let a = 0; a < axisCount; a++) {
            for (let b = 0; b <= a; b++) {
              let dot = 0;
              for (let d = 0; d < dim; d++) {
                dot += (axes[d * axisCount + a] ?? 0) * (axes[d * axisCount + b] ?? 0);
              }
              expect(dot).toBeCloseTo(a === b ? 1 : 0, 4);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('refuses numbers that are no table', () => {
    expect(() => runToEnd(principalAxes(new Float32Array(5), 2, 3, 1, 1))).toThrow(RangeError);
    expect(() => runToEnd(principalAxes(new Float32Array(0), 0, 3, 1, 1))).toThrow(RangeError);
  });
});

describe('nearestRows', () => {
  it('finds what sorting all distances finds', () => {
    const random = createRandom(5);
    const count = 60;
    const rows = Float32Array.from({ length: count * 3 }, () => random.normal());
    const { k, indices, distances } = runToEnd(nearestRows(rows, count, 3, 7));
    expect(k).toBe(7);
    for (let i = 0; i < count; i++) {
      const all = Array.from({ length: count }, (_, j) => ({
        j,
        d: Math.hypot(...[0, 1, 2].map((c) => (rows[i * 3 + c] ?? 0) - (rows[j * 3 + c] ?? 0))),
      }))
        .filter(({ j }) => j !== i)
        .sort((a, b) => a.d - b.d);
      expect([...indices.subarray(i * 7, i * 7 + 7)]).toEqual(all.slice(0, 7).map(({ j }) => j));
      expect(distances[i * 7 + 6]).toBeCloseTo(all[6]?.d ?? NaN, 5);
    }
  });

  it('never names more rows than there are', () => {
    const rows = Float32Array.of(0, 1, 3);
    expect(runToEnd(nearestRows(rows, 3, 1, 15)).k).toBe(2);
    expect([...nearestTo(Float32Array.of(0.9), rows, 3, 9).indices]).toEqual([1, 0, 2]);
    expect(runToEnd(nearestRows(Float32Array.of(4), 1, 1, 15)).k).toBe(0);
  });
});

describe('makePhotoMap', () => {
  it.each(['pca', 'umap'] as const)('is the same for the same seed (%s)', (method) => {
    const data = clouds(25, 3, 3);
    const first = mapOf(data, method);
    expect(mapOf(data, method).positions).toEqual(first.positions);
    if (method === 'umap') expect(mapOf(data, method, 8).positions).not.toEqual(first.positions);
  });

  it.each(['pca', 'umap'] as const)('stays in the unit square (%s)', (method) => {
    const { positions } = mapOf(clouds(20, 3, 3), method);
    for (const value of positions) {
      expect(value).toBeGreaterThanOrEqual(-1e-6);
      expect(value).toBeLessThanOrEqual(1 + 1e-6);
    }
  });

  it('keeps neighbours together, better than two principal axes do', () => {
    const data = clouds(30, 6, 1.2);
    const byUmap = trustworthiness(data, DIM, mapOf(data, 'umap').positions, 10);
    const byPca = trustworthiness(data, DIM, mapOf(data, 'pca').positions, 10);
    expect(byUmap).toBeGreaterThan(0.9);
    expect(byUmap).toBeGreaterThan(byPca);
  });

  it('draws far clouds apart: the nearest point on the map is of the same cloud', () => {
    const perCloud = 30;
    const { positions, count } = mapOf(clouds(perCloud, 5, 3), 'umap');
    const nearest = runToEnd(nearestRows(positions, count, 2, 1));
    const same = [...nearest.indices].filter(
      (j, i) => Math.floor(j / perCloud) === Math.floor(i / perCloud),
    );
    expect(same.length).toBe(count);
  });

  it.each([1, 2, 3, 5])('manages with %i photos', (count) => {
    const embeddings = clouds(count, 1, 1);
    for (const method of ['pca', 'umap'] as const) {
      const { positions } = mapOf(embeddings, method);
      expect(positions.length).toBe(2 * count);
      expect(positions.every((value) => Number.isFinite(value))).toBe(true);
    }
  });

  it('manages with photos that are all the same', () => {
    const embeddings = new Float32Array(20 * DIM).fill(0.5);
    for (const method of ['pca', 'umap'] as const) {
      expect(mapOf(embeddings, method).positions.every((value) => Number.isFinite(value))).toBe(
        true,
      );
    }
  });

  it('tells how far it is, rising to the end', () => {
    const embeddings = clouds(20, 2, 2);
    const shares: number[] = [];
    const work = makePhotoMap({ embeddings, count: 40, dim: DIM, method: 'umap', seed: 1 });
    for (let step = work.next(); step.done !== true; step = work.next()) shares.push(step.value);
    shares.forEach((share, i) => expect(share).toBeGreaterThanOrEqual(shares[i - 1] ?? 0));
    expect(shares.at(-1)).toBeCloseTo(1);
  });
});

describe('placeOnMap', () => {
  it('puts a known photo where it is, on a map by principal axes', () => {
    const data = clouds(20, 3, 3);
    const map = mapOf(data, 'pca');
    for (const row of [0, 25, 59]) {
      const [x, y] = placeOnMap(map, data.slice(row * DIM, (row + 1) * DIM));
      expect(x).toBeCloseTo(map.positions[2 * row] ?? NaN, 4);
      expect(y).toBeCloseTo(map.positions[2 * row + 1] ?? NaN, 4);
    }
  });

  it('puts a new photo of a cloud among that cloud, on a UMAP', () => {
    const perCloud = 30;
    const data = clouds(perCloud + 1, 3, 3);
    const isNew = (row: number): boolean => row % (perCloud + 1) === perCloud;
    const known = Array.from({ length: 3 * (perCloud + 1) }, (_, row) => row).filter(
      (r) => !isNew(r),
    );
    const kept = new Float32Array(known.length * DIM);
    known.forEach((row, to) => kept.set(data.subarray(row * DIM, (row + 1) * DIM), to * DIM));
    const map = mapOf(kept, 'umap');
    for (let cloud = 0; cloud < 3; cloud++) {
      const row = cloud * (perCloud + 1) + perCloud;
      const place = placeOnMap(map, data.slice(row * DIM, (row + 1) * DIM));
      const [nearest = -1] = nearestTo(
        Float32Array.from(place),
        map.positions,
        map.count,
        1,
      ).indices;
      expect(Math.floor(nearest / perCloud)).toBe(cloud);
    }
  });
});

describe('neighboursOnMap', () => {
  it('names others, of the same cloud first', () => {
    const map = mapOf(clouds(10, 3, 4), 'umap');
    const near = neighboursOnMap(map, 12, 9);
    expect(near).not.toContain(12);
    expect([...near].sort((a, b) => a - b)).toEqual([10, 11, 13, 14, 15, 16, 17, 18, 19]);
  });
});
