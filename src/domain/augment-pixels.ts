/**
 * Makes an augmented copy of what the backbone is given: pixels in, pixels out, by a plan. Runs on the
 * square at the backbone's input size, so that a copy costs a fraction of a millisecond.
 */
import type { AugmentationPlan } from './augmentation.ts';
import { PAD_VALUE } from './fit-square.ts';

/** Luminance of Rec. 601, as everywhere else here. */
const RED = 0.299;
const GREEN = 0.587;
const BLUE = 0.114;

/**
 * @param pixels RGB bytes [size, size, 3]; not written to
 * @returns RGB bytes of the same shape; equal to the input for a plan that changes nothing
 */
export function augmentPixels(
  pixels: Uint8Array,
  size: number,
  plan: AugmentationPlan,
): Uint8Array<ArrayBuffer> {
  const copy = warp(pixels, size, plan);
  adjustColour(copy, plan);
  if (plan.blur > 0) blurInPlace(copy, size, plan.blur * size);
  if (plan.erase !== null) erase(copy, size, plan.erase);
  return copy;
}

/** Mirror, rotation and crop in one bilinear look-up, so that the picture is softened once only. */
function warp(
  pixels: Uint8Array,
  size: number,
  { flip, crop, angle }: AugmentationPlan,
): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(pixels.length);
  const radians = (angle * Math.PI) / 180;
  const cos = Math.cos(radians);
  const sin = Math.sin(radians);
  const centreX = (crop.left + crop.side / 2) * size;
  const centreY = (crop.top + crop.side / 2) * size;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      // Pixel centres; from the copy back to where the colour comes from.
      const across = ((flip ? size - 1 - x : x) + 0.5 - size / 2) * crop.side;
      const down = (y + 0.5 - size / 2) * crop.side;
      const fromX = centreX + across * cos + down * sin - 0.5;
      const fromY = centreY - across * sin + down * cos - 0.5;
      sample(pixels, size, fromX, fromY, result, (y * size + x) * 3);
    }
  }
  return result;
}

/** Bilinear; beyond the edge the picture goes on mirrored, so that corners hold no invented colour. */
function sample(
  pixels: Uint8Array,
  size: number,
  x: number,
  y: number,
  result: Uint8Array,
  at: number,
): void {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const shareX = x - x0;
  const shareY = y - y0;
  const left = mirrored(x0, size);
  const right = mirrored(x0 + 1, size);
  const top = mirrored(y0, size) * size;
  const bottom = mirrored(y0 + 1, size) * size;
  for (let channel = 0; channel < 3; channel++) {
    const a = pixels[(top + left) * 3 + channel]!;
    const b = pixels[(top + right) * 3 + channel]!;
    const c = pixels[(bottom + left) * 3 + channel]!;
    const d = pixels[(bottom + right) * 3 + channel]!;
    const upper = a + (b - a) * shareX;
    const lower = c + (d - c) * shareX;
    result[at + channel] = Math.round(upper + (lower - upper) * shareY);
  }
}

/** … 1 0 | 0 1 2 … : the edge pixel is repeated once. */
function mirrored(index: number, size: number): number {
  const period = 2 * size;
  const inside = ((index % period) + period) % period;
  return inside < size ? inside : period - 1 - inside;
}

function adjustColour(
  pixels: Uint8Array,
  { brightness, contrast, saturation }: AugmentationPlan,
): void {
  if (brightness === 1 && contrast === 1 && saturation === 1) return;
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 3) sum += luminance(pixels, at);
  const mean = (brightness * sum) / (pixels.length / 3);
  for (let at = 0; at < pixels.length; at += 3) {
    const grey = luminance(pixels, at);
    for (let channel = at; channel < at + 3; channel++) {
      const coloured = grey + (pixels[channel]! - grey) * saturation;
      const value = mean + (coloured * brightness - mean) * contrast;
      pixels[channel] = Math.max(0, Math.min(255, Math.round(value)));
    }
  }
}

function luminance(pixels: Uint8Array, at: number): number {
  return RED * pixels[at]! + GREEN * pixels[at + 1]! + BLUE * pixels[at + 2]!;
}

/** Gaussian in two passes; `sigma` in pixels. */
function blurInPlace(pixels: Uint8Array, size: number, sigma: number): void {
  const reach = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const between = new Float32Array(pixels.length);
  blurLines(pixels, between, size, 3, size * 3);
  blurLines(between, pixels, size, size * 3, 3);

  function blurLines(
    from: Uint8Array | Float32Array,
    to: Uint8Array | Float32Array,
    length: number,
    step: number,
    lineStep: number,
  ): void {
    const rounds = to instanceof Uint8Array;
    for (let line = 0; line < size; line++) {
      for (let i = 0; i < length; i++) {
        for (let channel = 0; channel < 3; channel++) {
          let sum = 0;
          for (let k = -reach; k <= reach; k++) {
            const source = Math.max(0, Math.min(length - 1, i + k));
            sum += weights[k + reach]! * from[line * lineStep + source * step + channel]!;
          }
          const value = sum / total;
          to[line * lineStep + i * step + channel] = rounds ? Math.round(value) : value;
        }
      }
    }
  }
}

/** Mid grey, the same as the bars of `pad`. */
function erase(
  pixels: Uint8Array,
  size: number,
  { left, top, width, height }: NonNullable<AugmentationPlan['erase']>,
): void {
  const begin = Math.round(left * size);
  const end = Math.min(size, Math.round((left + width) * size));
  const last = Math.min(size, Math.round((top + height) * size));
  for (let y = Math.round(top * size); y < last; y++) {
    pixels.fill(PAD_VALUE, (y * size + begin) * 3, (y * size + end) * 3);
  }
}
