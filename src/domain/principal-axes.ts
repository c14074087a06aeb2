/**
 * Principal component analysis of many wide rows, for drawing them on a plane and for finding
 * neighbours quickly. Randomised subspace iteration (N. Halko, P.-G. Martinsson, J. A. Tropp, "Finding
 * structure with randomness", SIAM Review 53(2), 2011): no covariance matrix of 1,280 × 1,280.
 *
 * Written as generators that yield the share of the work done, so that a worker can look after its
 * messages in between and stop.
 */
import { createRandom } from './random.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

export interface PrincipalAxes {
  readonly dim: number;
  readonly axisCount: number;
  /** [dim] */
  readonly mean: Float32Array;
  /** [dim, axisCount] row-major, columns of length 1, largest variance first. */
  readonly axes: Float32Array;
  /** [axisCount] */
  readonly variances: Float32Array;
  readonly totalVariance: number;
}

/** More directions than asked for are followed, so that the last ones asked for are right too. */
const OVERSAMPLING = 8;
const ITERATIONS = 4;
const ROWS_BETWEEN_YIELDS = 64;

/**
 * data [count, dim] row-major; at most `axisCount` axes, fewer when there are fewer rows or columns.
 * @throws RangeError if the sizes do not fit or there is no row.
 */
export function* principalAxes(
  data: Float32Array,
  count: number,
  dim: number,
  axisCount: number,
  seed: number,
): Generator<number, PrincipalAxes> {
  if (count < 1 || dim < 1 || axisCount < 1 || data.length !== count * dim) {
    throw new RangeError(`${data.length} numbers are not ${count} rows of ${dim}`);
  }
  const kept = Math.min(axisCount, dim, Math.max(1, count - 1));
  const width = Math.min(kept + OVERSAMPLING, dim, count);
  const { mean, totalVariance } = momentsOf(data, count, dim);
  const random = createRandom(seed);
  const basis = Float64Array.from({ length: dim * width }, () => random.normal());
  orthonormalise(basis, dim, width);
  const rows = new Float64Array(count * width);
  const steps = 2 * ITERATIONS + 1;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    yield* project(data, count, mean, basis, width, rows, (2 * iteration) / steps, 1 / steps);
    yield* collect(data, count, dim, rows, width, basis, (2 * iteration + 1) / steps, 1 / steps);
    orthonormalise(basis, dim, width);
  }
  yield* project(data, count, mean, basis, width, rows, (2 * ITERATIONS) / steps, 1 / steps);
  const { values, vectors } = symmetricEigen(gram(rows, count, width), width);
  const axes = new Float32Array(dim * kept);
  const variances = new Float32Array(kept);
  for (let axis = 0; axis < kept; axis++) {
    variances[axis] = Math.max(0, values[axis] ?? 0) / Math.max(1, count - 1);
    writeAxis(axes, axis, kept, basis, vectors, dim, width);
  }
  return {
    dim,
    axisCount: kept,
    mean: Float32Array.from(mean),
    axes,
    variances,
    totalVariance,
  };
}

/** Coordinates [count, axisCount] of rows [count, dim] on the axes. */
export function* coordinatesOn(
  axes: PrincipalAxes,
  data: Float32Array,
  count: number,
): Generator<number, Float32Array> {
  const { dim, axisCount } = axes;
  if (data.length !== count * dim) {
    throw new RangeError(`${data.length} numbers are not ${count} rows of ${dim}`);
  }
  const rows = new Float64Array(count * axisCount);
  const mean = Float64Array.from(axes.mean);
  yield* project(data, count, mean, Float64Array.from(axes.axes), axisCount, rows, 0, 1);
  return Float32Array.from(rows);
}

function momentsOf(
  data: Float32Array,
  count: number,
  dim: number,
): { readonly mean: Float64Array; readonly totalVariance: number } {
  const mean = new Float64Array(dim);
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < dim; d++) mean[d] = (mean[d] ?? 0) + (data[i * dim + d] ?? 0) / count;
  }
  let squares = 0;
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < dim; d++) squares += ((data[i * dim + d] ?? 0) - (mean[d] ?? 0)) ** 2;
  }
  return { mean, totalVariance: squares / Math.max(1, count - 1) };
}

/** out [count, width] = (data − mean) · basis [dim, width]. */
function* project(
  data: Float32Array,
  count: number,
  mean: Float64Array,
  basis: Float64Array,
  width: number,
  out: Float64Array,
  from: number,
  share: number,
): Generator<number, void> {
  const dim = mean.length;
  // The mean's part once and not for each row: most embedding values are exactly zero and are skipped.
  const shift = new Float64Array(width);
  for (let d = 0; d < dim; d++) {
    for (let j = 0; j < width; j++) {
      shift[j] = (shift[j] as number) + (mean[d] as number) * (basis[d * width + j] as number);
    }
  }
  for (let i = 0; i < count; i++) {
    if (i % ROWS_BETWEEN_YIELDS === 0) yield from + (share * i) / count;
    const row = out.subarray(i * width, (i + 1) * width);
    for (let j = 0; j < width; j++) row[j] = -(shift[j] as number);
    for (let d = 0; d < dim; d++) {
      const value = data[i * dim + d] as number;
      if (value === 0) continue;
      const start = d * width;
      for (let j = 0; j < width; j++) {
        row[j] = (row[j] as number) + value * (basis[start + j] as number);
      }
    }
  }
}

/** out [dim, width] = dataᵀ · rows [count, width]. The rows' columns sum to zero, so no mean is due. */
function* collect(
  data: Float32Array,
  count: number,
  dim: number,
  rows: Float64Array,
  width: number,
  out: Float64Array,
  from: number,
  share: number,
): Generator<number, void> {
  out.fill(0);
  for (let i = 0; i < count; i++) {
    if (i % ROWS_BETWEEN_YIELDS === 0) yield from + (share * i) / count;
    const row = rows.subarray(i * width, (i + 1) * width);
    for (let d = 0; d < dim; d++) {
      const value = data[i * dim + d] as number;
      if (value === 0) continue;
      const start = d * width;
      for (let j = 0; j < width; j++) {
        out[start + j] = (out[start + j] as number) + value * (row[j] as number);
      }
    }
  }
}

/** Modified Gram–Schmidt on the columns of [dim, width], twice; a column that vanishes becomes zero. */
function orthonormalise(basis: Float64Array, dim: number, width: number): void {
  for (let j = 0; j < width; j++) {
    const before = columnNorm(basis, dim, width, j);
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < j; other++) {
        let dot = 0;
        for (let d = 0; d < dim; d++) {
          dot += (basis[d * width + j] as number) * (basis[d * width + other] as number);
        }
        for (let d = 0; d < dim; d++) {
          const at = d * width + j;
          basis[at] = (basis[at] as number) - dot * (basis[d * width + other] as number);
        }
      }
    }
    const norm = columnNorm(basis, dim, width, j);
    const factor = norm > before * 1e-10 && norm > 0 ? 1 / norm : 0;
    for (let d = 0; d < dim; d++) {
      basis[d * width + j] = (basis[d * width + j] as number) * factor;
    }
  }
}

function columnNorm(basis: Float64Array, dim: number, width: number, column: number): number {
  let squares = 0;
  for (let d = 0; d < dim; d++) squares += (basis[d * width + column] as number) ** 2;
  return Math.sqrt(squares);
}

/** rowsᵀ · rows, [width, width]. */
function gram(rows: Float64Array, count: number, width: number): Float64Array {
  const result = new Float64Array(width * width);
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < width; a++) {
      const value = rows[i * width + a] as number;
      for (let b = 0; b < width; b++) {
        const at = a * width + b;
        result[at] = (result[at] as number) + value * (rows[i * width + b] as number);
      }
    }
  }
  return result;
}

/** Column `axis` of axes = basis · vectors; turned so that its largest value is positive. */
function writeAxis(
  axes: Float32Array,
  axis: number,
  axisCount: number,
  basis: Float64Array,
  vectors: Float64Array,
  dim: number,
  width: number,
): void {
  const column = new Float64Array(dim);
  let largest = 0;
  for (let d = 0; d < dim; d++) {
    let sum = 0;
    for (let j = 0; j < width; j++) {
      sum += (basis[d * width + j] as number) * (vectors[j * width + axis] as number);
    }
    column[d] = sum;
    if (Math.abs(sum) > Math.abs(largest)) largest = sum;
  }
  for (let d = 0; d < dim; d++) {
    axes[d * axisCount + axis] = (column[d] as number) * (largest < 0 ? -1 : 1);
  }
}
