/**
 * From an opened picture to the square that the network is given. Written out as a module of its own
 * beside exported models, so that anybody's page or script sees what Headstart saw.
 */
import { boundLongestSide } from '../domain/fit-square.ts';
import type { FitMode } from '../domain/photo.ts';
import { fitAndResample, resampleBox, rgbToRgba } from '../domain/resample.ts';

/** The parts of pipeline.json that this needs. */
export interface Steps {
  readonly store: { readonly longestSidePx: number } | null;
  readonly square: { readonly fit: FitMode; readonly size: number };
}

/**
 * @param rgba opaque picture, upright, [height, width, 4]
 * @returns RGB bytes [size, size, 3]
 */
export function toSquare(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  { store, square }: Steps,
): Uint8Array {
  const kept =
    store === null ? { rgba, width, height } : bound(rgba, width, height, store.longestSidePx);
  return fitAndResample(kept.rgba, kept.width, kept.height, square.size, square.fit);
}

/** The picture as Headstart keeps it: its longest side at most `longest` pixels. */
export function bound(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  longest: number,
): { rgba: Uint8Array | Uint8ClampedArray; width: number; height: number } {
  const size = boundLongestSide(width, height, longest);
  if (size.width === width && size.height === height) return { rgba, width, height };
  const whole = { left: 0, top: 0, width, height };
  const rgb = resampleBox(rgba, width, height, whole, size.width, size.height);
  return { rgba: rgbToRgba(rgb), ...size };
}
