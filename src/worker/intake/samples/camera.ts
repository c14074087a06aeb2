/**
 * What a real camera does to a scene: focus, exposure and colour temperature, uneven light, vignette,
 * sensor noise. The last step before the file is written.
 */
import type { Random } from '../../../domain/random.ts';
import { between, blend } from './chance.ts';
import type { Easel } from './easel.ts';
import type { Light } from './light.ts';
import { grain, GRAIN_MASK } from './noise.ts';

export interface Camera {
  /** Standard deviation of the blur in pixels at 320 px; 0 is perfectly sharp. */
  readonly blur: number;
  /** Standard deviation of noise in a mid grey, 0 to 255. */
  readonly noise: number;
  /** How dark the corners are, 0 to 1. */
  readonly vignette: number;
  /** Where in the noise tile this picture starts. */
  readonly noiseAt: number;
  /** JPEG quality. */
  readonly quality: number;
}

export function createCamera(random: Random, difficulty: number): Camera {
  return {
    blur: Math.abs(random.normal()) * blend(0.25, 1, difficulty) + blend(0, 0.35, difficulty),
    noise: between(random, 1.5, blend(4, 11, difficulty)),
    vignette: between(random, 0, blend(0.2, 0.4, difficulty)),
    noiseAt: random.int(GRAIN_MASK),
    quality: between(random, 0.86, 0.93),
  };
}

/** Turns the scene's pixels, [size * size * 4], into the picture's, in place. */
export function expose(easel: Easel, light: Light, camera: Camera): void {
  const { size, plate } = easel;
  const sigma = (camera.blur * size) / 320;
  if (sigma > 0.2) blurPixels(plate.data, easel.copy, size, sigma);
  develop(plate.data, size, light, camera);
}

function develop(pixels: Uint8ClampedArray, size: number, light: Light, camera: Camera): void {
  const [gainRed, gainGreen, gainBlue] = light.gain;
  const half = size / 2;
  const noiseTile = grain();
  let noiseAt = camera.noiseAt;
  for (let y = 0; y < size; y++) {
    const fromMiddleY = (y - half) / half;
    for (let x = 0; x < size; x++) {
      const p = (y * size + x) * 4;
      const fromMiddleX = (x - half) / half;
      const away = (fromMiddleX * fromMiddleX + fromMiddleY * fromMiddleY) * 0.5;
      const side = fromMiddleX * light.x + fromMiddleY * light.y;
      const level = (1 + light.falloff * side) * (1 - camera.vignette * away);
      noiseAt = (noiseAt + 1) & GRAIN_MASK;
      const luma = noiseTile[noiseAt]! * camera.noise;
      // Colour noise is weaker than brightness noise once a camera has worked on it.
      const chroma = noiseTile[(noiseAt * 7 + 31) & GRAIN_MASK]! * camera.noise * 0.4;
      pixels[p] = pixels[p]! * gainRed * level + luma + chroma;
      pixels[p + 1] = pixels[p + 1]! * gainGreen * level + luma;
      pixels[p + 2] = pixels[p + 2]! * gainBlue * level + luma - chroma;
    }
  }
}

/**
 * Gaussian blur by a separable kernel of five taps, repeated where five are too few. (The canvas `filter` property is missing in Safari.)
 * `sigma` in pixels; `copy` holds as many bytes as `pixels`.
 */
function blurPixels(
  pixels: Uint8ClampedArray,
  copy: Uint8ClampedArray,
  size: number,
  sigma: number,
): void {
  const rounds = Math.ceil((sigma / WIDEST_SIGMA) ** 2);
  const spread = (2 * (sigma * sigma)) / rounds;
  const nearShare = Math.exp(-1 / spread);
  const farShare = Math.exp(-4 / spread);
  const sum = 1 + 2 * nearShare + 2 * farShare;
  // Whole numbers that add up to 256: faster than fractions, and equal in every browser.
  const near = Math.round((256 * nearShare) / sum);
  const far = Math.round((256 * farShare) / sum);
  const from = new Uint32Array(copy.buffer);
  const to = new Uint32Array(pixels.buffer, pixels.byteOffset, size * size);
  for (let round = 0; round < rounds; round++) {
    for (const step of [1, size]) {
      copy.set(pixels);
      if (far === 0) blurThreeTaps(from, to, near, step);
      else blurFiveTaps(from, to, near, far, step);
    }
  }
}

/** Five taps cover a Gaussian up to this standard deviation. */
const WIDEST_SIGMA = 1.2;

/** Two of the four bytes of a pixel, each with room above it for a product with a weight of 256. */
const TWO_BYTES = 0x00ff00ff;
const HALVES = 0x00800080;

/**
 * Pixels as 32-bit numbers, two channels per multiplication. `step` is the distance of neighbours: 1
 * along rows, the width along columns. Along rows the ends of neighbouring rows touch; that is two
 * pixels at the border, where nobody sees it.
 */
function blurFiveTaps(
  from: Uint32Array,
  to: Uint32Array,
  near: number,
  far: number,
  step: number,
): void {
  const middle = 256 - 2 * near - 2 * far;
  const end = from.length - 2 * step;
  for (let at = 2 * step; at < end; at++) {
    const a = from[at - 2 * step]!;
    const b = from[at - step]!;
    const c = from[at]!;
    const d = from[at + step]!;
    const e = from[at + 2 * step]!;
    const even =
      Math.imul(c & TWO_BYTES, middle) +
      Math.imul((b & TWO_BYTES) + (d & TWO_BYTES), near) +
      Math.imul((a & TWO_BYTES) + (e & TWO_BYTES), far) +
      HALVES;
    const odd =
      Math.imul((c >>> 8) & TWO_BYTES, middle) +
      Math.imul(((b >>> 8) & TWO_BYTES) + ((d >>> 8) & TWO_BYTES), near) +
      Math.imul(((a >>> 8) & TWO_BYTES) + ((e >>> 8) & TWO_BYTES), far) +
      HALVES;
    to[at] = ((even >>> 8) & TWO_BYTES) | (odd & ~TWO_BYTES);
  }
}

function blurThreeTaps(from: Uint32Array, to: Uint32Array, near: number, step: number): void {
  const middle = 256 - 2 * near;
  const end = from.length - step;
  for (let at = step; at < end; at++) {
    const b = from[at - step]!;
    const c = from[at]!;
    const d = from[at + step]!;
    const even =
      Math.imul(c & TWO_BYTES, middle) +
      Math.imul((b & TWO_BYTES) + (d & TWO_BYTES), near) +
      HALVES;
    const odd =
      Math.imul((c >>> 8) & TWO_BYTES, middle) +
      Math.imul(((b >>> 8) & TWO_BYTES) + ((d >>> 8) & TWO_BYTES), near) +
      HALVES;
    to[at] = ((even >>> 8) & TWO_BYTES) | (odd & ~TWO_BYTES);
  }
}
