/**
 * A fingerprint that near-identical photos share: the difference hash, 64 bits, one for each step
 * from a pixel to its right neighbour in a 9 x 8 grey miniature.
 * Method: N. Krawetz, "Kind of Like That", The Hacker Factor Blog, 2013.
 */
import { luminance } from './photo-stats.ts';
import { resampleBox } from './resample.ts';

const COLUMNS = 9;
const ROWS = 8;

/**
 * @param rgba opaque image [height, width, 4]
 * @returns 16 hex digits; a bit is set where brightness rises from left to right, top left first
 */
export function differenceHash(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): string {
  const whole = { left: 0, top: 0, width, height };
  const grey = luminance(resampleBox(rgba, width, height, whole, COLUMNS, ROWS));
  let hex = '';
  for (let y = 0; y < ROWS; y++) {
    let bits = 0;
    for (let x = 0; x + 1 < COLUMNS; x++) {
      const left = grey[y * COLUMNS + x] as number;
      const right = grey[y * COLUMNS + x + 1] as number;
      bits = (bits << 1) | (left < right ? 1 : 0);
    }
    hex += bits.toString(16).padStart(2, '0');
  }
  return hex;
}
