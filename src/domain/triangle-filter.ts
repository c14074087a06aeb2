/** Weights of the triangle (linear) filter in fixed point, for one axis. Method: see resample.ts. */

/** 32-bit sums of 8-bit pixels leave 22 bits for the weights plus two guard bits. */
export const WEIGHT_BITS = 22;
/** Added before the bits are cut off: rounds to nearest. */
export const HALF = 1 << (WEIGHT_BITS - 1);

export interface FilterTable {
  /** [outLength] first source position of each output position. */
  readonly starts: Int32Array;
  /** [outLength] how many source positions take part. */
  readonly counts: Int32Array;
  /** [outLength, maxCount] weights, fixed point with WEIGHT_BITS fractional bits. */
  readonly weights: Int32Array;
  readonly maxCount: number;
}

/** Weights of the triangle filter from `inLength` to `outLength` positions. */
export function triangleFilter(inLength: number, outLength: number): FilterTable {
  const scale = inLength / outLength;
  const support = Math.max(scale, 1);
  const maxCount = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(outLength);
  const counts = new Int32Array(outLength);
  const weights = new Int32Array(outLength * maxCount);
  const raw = new Float64Array(maxCount);
  for (let out = 0; out < outLength; out++) {
    const centre = (out + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(inLength, Math.trunc(centre + support + 0.5));
    const count = end - start;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      // 1/support multiplied, not divided by: the last bit must match the reference.
      const distance = Math.abs((k + start - centre + 0.5) * (1 / support));
      const weight = distance < 1 ? 1 - distance : 0;
      raw[k] = weight;
      sum += weight;
    }
    starts[out] = start;
    counts[out] = count;
    for (let k = 0; k < count; k++) {
      const weight = (raw[k] ?? 0) / sum;
      weights[out * maxCount + k] = Math.trunc(weight * (1 << WEIGHT_BITS) + 0.5);
    }
  }
  return { starts, counts, weights, maxCount };
}

/** Rounded weights can add up to a hair over one: 255 must not wrap to 0. */
export function toByte(sum: number): number {
  const value = sum >> WEIGHT_BITS;
  return value > 255 ? 255 : value;
}
