/** Exact nearest neighbours among rows of numbers, by Euclidean distance. */

export interface NearestRows {
  /** Neighbours of each row. */
  readonly k: number;
  /** [count, k], nearest first; a row is not its own neighbour. Ties go to the lower row number. */
  readonly indices: Int32Array;
  /** [count, k] */
  readonly distances: Float32Array;
}

const ROWS_BETWEEN_YIELDS = 16;

/** rows [count, dim] row-major; k is cut to count − 1. Yields the share of the work done. */
export function* nearestRows(
  rows: Float32Array,
  count: number,
  dim: number,
  wanted: number,
): Generator<number, NearestRows> {
  const k = Math.max(0, Math.min(wanted, count - 1));
  const indices = new Int32Array(count * k);
  const distances = new Float32Array(count * k);
  for (let i = 0; i < count; i++) {
    if (i % ROWS_BETWEEN_YIELDS === 0) yield i / count;
    const own = rows.subarray(i * dim, (i + 1) * dim);
    const found = nearestTo(own, rows, count, k, i);
    indices.set(found.indices, i * k);
    distances.set(found.distances, i * k);
  }
  return { k, indices, distances };
}

/** The k rows nearest to a point [dim]; `except` is left out. */
export function nearestTo(
  point: Float32Array,
  rows: Float32Array,
  count: number,
  k: number,
  except = -1,
): { readonly indices: Int32Array; readonly distances: Float32Array } {
  const dim = point.length;
  const room = Math.min(k, count);
  const indices = new Int32Array(room).fill(-1);
  const squares = new Float64Array(room).fill(Infinity);
  let found = 0;
  for (let j = 0; j < count && room > 0; j++) {
    if (j === except) continue;
    const worst = squares[room - 1] as number;
    const start = j * dim;
    let sum = 0;
    for (let d = 0; d < dim; d++) {
      const difference = (point[d] as number) - (rows[start + d] as number);
      sum += difference * difference;
    }
    if (sum >= worst) continue;
    let at = room - 1;
    for (; at > 0 && (squares[at - 1] as number) > sum; at--) {
      squares[at] = squares[at - 1] as number;
      indices[at] = indices[at - 1] as number;
    }
    squares[at] = sum;
    indices[at] = j;
    found = Math.min(room, found + 1);
  }
  return {
    indices: indices.slice(0, found),
    distances: Float32Array.from(squares.subarray(0, found), Math.sqrt),
  };
}
