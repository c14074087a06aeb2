/**
 * `canvas/check`: browsers that guard against fingerprinting may disturb what a canvas gives back,
 * from single bits to pure noise. Known colours go through every step that photos take (draw, read,
 * encode, decode) and are compared.
 */
import { encodePixels, type Pixels, type PixelSurface } from './pixel-surface.ts';

export interface CanvasCheck {
  /** True if pixels change so much that photos are no longer what they were. */
  readonly tampered: boolean;
  /** Share of pixels that came back different at all, 0 to 1. */
  readonly changedShare: number;
  /** Largest change of one channel, 0 to 255. */
  readonly largestChange: number;
}

const SIDE = 64;
/**
 * Levels a channel may be off: 1 for rounding in a browser's colour conversion, and no more than
 * the lowest bit that gentle protections flip, which no prediction notices.
 */
const ROUNDING = 1;

/** Opaque, every byte value in every channel, hardly two pixels alike: [64, 64, 4]. */
export function checkPattern(): Pixels {
  const rgba = new Uint8ClampedArray(SIDE * SIDE * 4);
  for (let i = 0; i < SIDE * SIDE; i++) {
    rgba[i * 4] = i & 255;
    rgba[i * 4 + 1] = (i * 7 + (i >> 8) * 16) & 255;
    rgba[i * 4 + 2] = (i * 29 + (i >> 6)) & 255;
    rgba[i * 4 + 3] = 255;
  }
  return { rgba, width: SIDE, height: SIDE };
}

/** @throws RangeError if the two do not have the same length */
export function comparePixels(expected: Uint8ClampedArray, actual: Uint8ClampedArray): CanvasCheck {
  if (expected.length !== actual.length) throw new RangeError('pictures of different size');
  let changedPixels = 0;
  let largestChange = 0;
  for (let at = 0; at < expected.length; at += 4) {
    let change = 0;
    for (let channel = 0; channel < 4; channel++) {
      const before = expected[at + channel] as number;
      change = Math.max(change, Math.abs(before - (actual[at + channel] as number)));
    }
    if (change > 0) changedPixels++;
    largestChange = Math.max(largestChange, change);
  }
  const changedShare = expected.length === 0 ? 0 : (changedPixels * 4) / expected.length;
  return { tampered: largestChange > ROUNDING, changedShare, largestChange };
}

/** Draw and read; then encode without loss, decode, draw and read. The worse of both counts. */
export async function checkCanvas(surface: PixelSurface): Promise<CanvasCheck> {
  const pattern = checkPattern();
  const image = new ImageData(pattern.rgba, pattern.width, pattern.height);
  const drawn = roundTrip(surface, pattern, await createImageBitmap(image));
  const file = await encodePixels(pattern, { type: 'image/png' });
  const encoded = roundTrip(surface, pattern, await createImageBitmap(file));
  return {
    tampered: drawn.tampered || encoded.tampered,
    changedShare: Math.max(drawn.changedShare, encoded.changedShare),
    largestChange: Math.max(drawn.largestChange, encoded.largestChange),
  };
}

function roundTrip(surface: PixelSurface, pattern: Pixels, bitmap: ImageBitmap): CanvasCheck {
  try {
    return comparePixels(pattern.rgba, surface.read(bitmap).rgba);
  } finally {
    bitmap.close();
  }
}
