/**
 * `photo/pixels` and `frame/pixels`: what the backbone is given. Both go through one reading and one
 * resize, so a photo means the same in training and in prediction.
 */
import { squareFit } from '../../domain/fit-square.ts';
import type { FitMode } from '../../domain/photo.ts';
import { fitAndResample } from '../../domain/resample.ts';
import { EngineError } from '../../protocol/errors.ts';
import { throwIfAborted } from '../dispatch.ts';
import { DECODE_OPTIONS } from './decode-photo.ts';
import type { PixelSurface } from './pixel-surface.ts';

/**
 * @returns RGB bytes [size, size, 3]
 * @throws EngineError 'bad-request' if the stored image cannot be decoded, 'aborted'
 */
export async function photoPixels(
  surface: PixelSurface,
  request: { readonly image: Blob; readonly size: number; readonly fit: FitMode },
  signal: AbortSignal,
): Promise<Uint8Array> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(request.image, DECODE_OPTIONS);
  } catch (error) {
    throw new EngineError({
      code: 'bad-request',
      message: `the stored image cannot be decoded: ${String(error)}`,
    });
  }
  try {
    throwIfAborted(signal);
    return bitmapPixels(surface, bitmap, request.size, request.fit);
  } finally {
    bitmap.close();
  }
}

/** The same for a camera frame. Closes the frame. */
export function framePixels(
  surface: PixelSurface,
  request: { readonly frame: ImageBitmap; readonly size: number; readonly fit: FitMode },
): Uint8Array {
  try {
    return bitmapPixels(surface, request.frame, request.size, request.fit);
  } finally {
    request.frame.close();
  }
}

function bitmapPixels(
  surface: PixelSurface,
  bitmap: ImageBitmap,
  size: number,
  fit: FitMode,
): Uint8Array {
  // Only what the fit uses is read: for a crop of a wide frame that is a good part less.
  const { source } = squareFit(bitmap.width, bitmap.height, size, fit);
  const { rgba, width, height } = surface.read(bitmap, source);
  return fitAndResample(rgba, width, height, size, fit);
}
