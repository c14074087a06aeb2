/**
 * Where a photo that is not square lands in the backbone's square input. Whole pixels only, so that
 * a Python or Node export reproduces it with integers: crop or place, then resize.
 */
import type { FitMode } from './photo.ts';

export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface SquareFit {
  /** Part of the source that is used, in source pixels. */
  readonly source: PixelBox;
  /** Where it goes, in pixels of the `size` x `size` square. Smaller than the square only for `pad`. */
  readonly target: PixelBox;
}

/**
 * Value of all three channels in the bars of `pad`. Mid grey: every backbone's input range puts it
 * next to the middle of what the network has seen, so bars excite its filters less than black or
 * white ones would.
 */
export const PAD_VALUE = 128;

/**
 * @param width  source width in pixels, a whole number of at least 1
 * @param height source height in pixels, a whole number of at least 1
 * @param size   side of the square in pixels, a whole number of at least 1
 * @throws RangeError if one of them is not
 */
export function squareFit(width: number, height: number, size: number, mode: FitMode): SquareFit {
  for (const length of [width, height, size]) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`sides must be whole numbers of at least 1, got ${String(length)}`);
    }
  }
  const whole = { left: 0, top: 0, width, height };
  const square = { left: 0, top: 0, width: size, height: size };
  switch (mode) {
    case 'stretch':
      return { source: whole, target: square };
    case 'crop':
      return { source: centredSquare(width, height), target: square };
    case 'pad': {
      const bounded = scaleToLongestSide(width, height, size);
      return {
        source: whole,
        target: {
          left: Math.floor((size - bounded.width) / 2),
          top: Math.floor((size - bounded.height) / 2),
          ...bounded,
        },
      };
    }
  }
}

/** Largest square in the middle; an odd pixel is left over on the right or at the bottom. */
function centredSquare(width: number, height: number): PixelBox {
  const side = Math.min(width, height);
  return {
    left: Math.floor((width - side) / 2),
    top: Math.floor((height - side) / 2),
    width: side,
    height: side,
  };
}

/**
 * Size with the longest side exactly `longest`, the other one rounded half up and at least 1.
 * Scales up as well as down.
 */
export function scaleToLongestSide(
  width: number,
  height: number,
  longest: number,
): { readonly width: number; readonly height: number } {
  const from = Math.max(width, height);
  const scale = (side: number): number =>
    Math.max(1, Math.floor((2 * side * longest + from) / (2 * from)));
  return { width: scale(width), height: scale(height) };
}

/** As `scaleToLongestSide`, but what is small already stays as it is. */
export function boundLongestSide(
  width: number,
  height: number,
  longest: number,
): { readonly width: number; readonly height: number } {
  return Math.max(width, height) <= longest
    ? { width, height }
    : scaleToLongestSide(width, height, longest);
}
