/**
 * Matrix products of head training on typed arrays. Four rows by two units at a time: each number
 * loaded is used several times, which is worth a factor of four over the plain triple loop in V8.
 * The `!` assertions say that every index is inside its array (the callers own the sizes): a check or
 * a `?? 0` in these loops costs a third of the speed.
 */

/** result[r, u] = Σ_k x[r, k] · w[u, k], x [rows, inner], w [units, inner], result row stride given. */
export function multiplyByRows(
  x: Float32Array,
  w: Float32Array,
  result: Float32Array,
  rows: number,
  inner: number,
  units: number,
  resultStride: number,
): void {
  for (let u = 0; u < units; u += 2) {
    const pair = u + 1 < units;
    const w0 = u * inner;
    // An odd last unit is computed twice rather than in a loop of its own.
    const w1 = pair ? w0 + inner : w0;
    for (let r = 0; r < rows; r += 4) {
      const left = Math.min(4, rows - r);
      const x0 = r * inner;
      const x1 = left > 1 ? x0 + inner : x0;
      const x2 = left > 2 ? x1 + inner : x0;
      const x3 = left > 3 ? x2 + inner : x0;
      let a0 = 0;
      let a1 = 0;
      let a2 = 0;
      let a3 = 0;
      let b0 = 0;
      let b1 = 0;
      let b2 = 0;
      let b3 = 0;
      for (let k = 0; k < inner; k++) {
        const first = w[w0 + k]!;
        const second = w[w1 + k]!;
        const v0 = x[x0 + k]!;
        const v1 = x[x1 + k]!;
        const v2 = x[x2 + k]!;
        const v3 = x[x3 + k]!;
        a0 += v0 * first;
        a1 += v1 * first;
        a2 += v2 * first;
        a3 += v3 * first;
        b0 += v0 * second;
        b1 += v1 * second;
        b2 += v2 * second;
        b3 += v3 * second;
      }
      const o = r * resultStride + u;
      result[o] = a0;
      if (pair) result[o + 1] = b0;
      if (left > 1) {
        result[o + resultStride] = a1;
        if (pair) result[o + resultStride + 1] = b1;
      }
      if (left > 2) {
        result[o + 2 * resultStride] = a2;
        if (pair) result[o + 2 * resultStride + 1] = b2;
      }
      if (left > 3) {
        result[o + 3 * resultStride] = a3;
        if (pair) result[o + 3 * resultStride + 1] = b3;
      }
    }
  }
}

/**
 * result[u, k] = Σ_r d[r, u] · x[r, k]: gradient of a layer's weights, result [units, inner]. d is
 * [rows, units] with the given row stride, x is [rows, inner].
 */
export function multiplyTransposed(
  d: Float32Array,
  x: Float32Array,
  result: Float32Array,
  rows: number,
  units: number,
  inner: number,
  dStride: number,
): void {
  for (let u = 0; u < units; u++) {
    const o = u * inner;
    for (let r = 0; r < rows; r += 4) {
      const left = Math.min(4, rows - r);
      const x0 = r * inner;
      const x1 = left > 1 ? x0 + inner : x0;
      const x2 = left > 2 ? x1 + inner : x0;
      const x3 = left > 3 ? x2 + inner : x0;
      const d0 = d[r * dStride + u]!;
      const d1 = left > 1 ? d[(r + 1) * dStride + u]! : 0;
      const d2 = left > 2 ? d[(r + 2) * dStride + u]! : 0;
      const d3 = left > 3 ? d[(r + 3) * dStride + u]! : 0;
      if (r === 0) {
        for (let k = 0; k < inner; k++) {
          result[o + k] = d0 * x[x0 + k]! + d1 * x[x1 + k]! + d2 * x[x2 + k]! + d3 * x[x3 + k]!;
        }
      } else {
        for (let k = 0; k < inner; k++) {
          result[o + k]! += d0 * x[x0 + k]! + d1 * x[x1 + k]! + d2 * x[x2 + k]! + d3 * x[x3 + k]!;
        }
      }
    }
  }
}
