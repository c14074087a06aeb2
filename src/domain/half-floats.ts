/** Half-precision numbers (IEEE 754 binary16), for weights that lose nothing by it. */

const floatView = new Float32Array(1);
const bitsView = new Uint32Array(floatView.buffer);

/** Nearest-even rounding is not needed: used only for numbers that fit exactly. Cuts off the rest. */
export function toHalf(value: number): number {
  floatView[0] = value;
  const bits = bitsView[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 127;
  const fraction = bits & 0x7fffff;
  if (exponent === 128) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200);
  if (exponent > 15) return sign | 0x7c00;
  if (exponent >= -14) return sign | ((exponent + 15) << 10) | (fraction >>> 13);
  if (exponent < -24) return sign;
  return sign | ((fraction | 0x800000) >>> (-exponent - 1));
}

export function fromHalf(half: number): number {
  const sign = (half & 0x8000) === 0 ? 1 : -1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** True when every number survives the way to half precision and back. */
export function fitsHalf(values: Float32Array): boolean {
  for (const value of values) if (fromHalf(toHalf(value)) !== value) return false;
  return true;
}
