/**
 * The one resize of the product: a separable triangle filter whose support widens when it scales
 * down, so nothing aliases. Integer arithmetic throughout, hence the same bytes in every browser
 * and in Node.
 *
 * Method: the one Pillow documents and uses for `Image.resize(size, Image.Resampling.BILINEAR)`
 * (support 1 source pixel times max(scale, 1), weights normalised and rounded to 22 fractional bits,
 * columns first with 8-bit rounding in between). Exports rely on it: `crop` and `stretch` equal
 * `img.crop(box).resize((size, size), BILINEAR)` of an RGB image bit for bit.
 */
import type { FitMode } from './photo.ts';
import { PAD_VALUE, squareFit, type PixelBox } from './fit-square.ts';
import { resampleColumns } from './resample-columns.ts';
import { HALF, toByte, triangleFilter } from './triangle-filter.ts';

/**
 * Resizes a box of an opaque RGBA image; alpha is not looked at.
 *
 * @param rgba [height, width, 4], row-major
 * @param box  whole pixels inside the image; nothing outside it takes part
 * @returns RGB bytes [outHeight, outWidth, 3]
 * @throws RangeError if the array does not hold the image or the box leaves it
 */
export function resampleBox(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  box: PixelBox,
  outWidth: number,
  outHeight: number,
): Uint8Array {
  if (rgba.length < width * height * 4) {
    throw new RangeError(
      `${String(width)}x${String(height)} RGBA needs ${String(width * height * 4)} bytes, got ${String(rgba.length)}`,
    );
  }
  const inside =
    box.left >= 0 &&
    box.top >= 0 &&
    box.width >= 1 &&
    box.height >= 1 &&
    box.left + box.width <= width &&
    box.top + box.height <= height;
  if (!inside) throw new RangeError('the box must lie inside the image');
  if (outWidth < 1 || outHeight < 1)
    throw new RangeError('the target must have at least one pixel');
  // One kind of array from here on, or V8 compiles the inner loops for two kinds and slows down.
  const bytes = new Uint8Array(rgba.buffer, rgba.byteOffset, rgba.length);
  const columns = resampleColumns(bytes, width, box, outWidth);
  if (box.height === outHeight) return columns;
  return resampleRows(columns, outWidth * 3, box.height, outHeight);
}

/**
 * [outHeight, stride] from [inHeight, stride]. Whole rows at a time, so memory is read in order, and
 * three of them at once, so that sums are loaded and stored a third as often.
 */
function resampleRows(
  input: Uint8Array,
  stride: number,
  inHeight: number,
  outHeight: number,
): Uint8Array {
  const out = new Uint8Array(outHeight * stride);
  const sums = new Int32Array(stride);
  const { starts, counts, weights, maxCount } = triangleFilter(inHeight, outHeight);
  for (let y = 0; y < outHeight; y++) {
    const count = counts[y] as number;
    const first = (starts[y] as number) * stride;
    sums.fill(HALF);
    for (let k = 0; k < count; k += 3) {
      const at = y * maxCount + k;
      // Past the last row the weight is 0, and any row will do.
      const a = first + k * stride;
      const b = k + 1 < count ? a + stride : a;
      const c = k + 2 < count ? b + stride : a;
      const weightA = weights[at] as number;
      const weightB = k + 1 < count ? (weights[at + 1] as number) : 0;
      const weightC = k + 2 < count ? (weights[at + 2] as number) : 0;
      for (let i = 0; i < stride; i++) {
        const added =
          Math.imul(weightA, input[a + i] as number) +
          Math.imul(weightB, input[b + i] as number) +
          Math.imul(weightC, input[c + i] as number);
        sums[i] = ((sums[i] as number) + added) | 0;
      }
    }
    const to = y * stride;
    for (let i = 0; i < stride; i++) out[to + i] = toByte(sums[i] as number);
  }
  return out;
}

/**
 * What the backbone is given: the photo fitted to the square and resized.
 *
 * @param rgba opaque image [height, width, 4]
 * @returns RGB bytes [size, size, 3]
 * @throws RangeError as `squareFit` and `resampleBox`
 */
export function fitAndResample(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  size: number,
  fit: FitMode,
): Uint8Array {
  const { source, target } = squareFit(width, height, size, fit);
  const content = resampleBox(rgba, width, height, source, target.width, target.height);
  if (target.width === size && target.height === size) return content;
  const out = new Uint8Array(size * size * 3).fill(PAD_VALUE);
  const rowBytes = target.width * 3;
  for (let y = 0; y < target.height; y++) {
    const to = ((target.top + y) * size + target.left) * 3;
    out.set(content.subarray(y * rowBytes, (y + 1) * rowBytes), to);
  }
  return out;
}

/** [n, 3] to opaque [n, 4], the layout of canvas image data. */
export function rgbToRgba(rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const count = rgb.length / 3;
  const out = new Uint8ClampedArray(count * 4);
  for (let i = 0; i < count; i++) {
    out[i * 4] = rgb[i * 3] as number;
    out[i * 4 + 1] = rgb[i * 3 + 1] as number;
    out[i * 4 + 2] = rgb[i * 3 + 2] as number;
    out[i * 4 + 3] = 255;
  }
  return out;
}
