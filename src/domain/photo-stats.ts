/** Brightness, contrast and sharpness of a photo, from its pixels. */
import { boundLongestSide } from './fit-square.ts';
import type { PhotoStats } from './photo.ts';
import { resampleBox } from './resample.ts';

/** Sharpness is compared between photos, so all are measured at one scale. */
const MEASURED_SIDE = 128;

/** Rec. 601 luma of RGB bytes [n, 3], on the scale 0 to 255, not rounded. */
export function luminance(rgb: Uint8Array): Float32Array {
  const count = Math.floor(rgb.length / 3);
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const red = rgb[i * 3] as number;
    const green = rgb[i * 3 + 1] as number;
    const blue = rgb[i * 3 + 2] as number;
    out[i] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return out;
}

/**
 * Measures an image after bounding its longest side to 128 px; smaller ones are measured as they are.
 * Sharpness is the variance of the Laplacian (Pech-Pacheco et al., ICPR 2000).
 *
 * @param rgba opaque image [height, width, 4]
 */
export function measurePhoto(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): PhotoStats {
  const bounded = boundLongestSide(width, height, MEASURED_SIDE);
  const whole = { left: 0, top: 0, width, height };
  const rgb = resampleBox(rgba, width, height, whole, bounded.width, bounded.height);
  const grey = luminance(rgb);
  const { mean, variance } = moments(grey);
  return {
    brightness: mean / 255,
    contrast: Math.sqrt(variance) / 255,
    sharpness: laplacianVariance(grey, bounded.width, bounded.height),
  };
}

/** Variance of the 4-neighbour Laplacian over the inner pixels; 0 where there are none. */
export function laplacianVariance(grey: Float32Array, width: number, height: number): number {
  if (width < 3 || height < 3) return 0;
  const responses = new Float32Array((width - 2) * (height - 2));
  let to = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const neighbours =
        (grey[at - 1] as number) +
        (grey[at + 1] as number) +
        (grey[at - width] as number) +
        (grey[at + width] as number);
      responses[to++] = neighbours - 4 * (grey[at] as number);
    }
  }
  return moments(responses).variance;
}

function moments(values: Float32Array): { mean: number; variance: number } {
  if (values.length === 0) return { mean: 0, variance: 0 };
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, variance: squares / values.length };
}
