/** Brightness, contrast and sharpness of a photo, from its pixels. */
import { boundLongestSide } from './fit-square.ts';
import type { BorderStats, PhotoStats } from './photo.ts';
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
    border: measureBorder(rgb, bounded.width, bounded.height),
  };
}

/** Of each side; at least one pixel. */
const BORDER_SHARE = 0.1;

/** @param rgb bytes [height, width, 3] */
export function measureBorder(rgb: Uint8Array, width: number, height: number): BorderStats {
  const across = Math.max(1, Math.round(width * BORDER_SHARE));
  const down = Math.max(1, Math.round(height * BORDER_SHARE));
  const sums = [0, 0, 0];
  let squares = 0;
  let count = 0;
  for (let y = 0; y < height; y++) {
    const isEdgeRow = y < down || y >= height - down;
    for (let x = 0; x < width; x++) {
      // From the left frame straight to the right one.
      if (!isEdgeRow && x === across) x = Math.max(across, width - across);
      const at = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) {
        const value = (rgb[at + c] as number) / 255;
        sums[c] = (sums[c] as number) + value;
        squares += value * value;
      }
      count++;
    }
  }
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => sum / Math.max(1, count));
  const ofMean = red * red + green * green + blue * blue;
  const spread = Math.sqrt(Math.max(0, squares / Math.max(1, count) - ofMean));
  return { rgb: [red, green, blue], spread };
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
