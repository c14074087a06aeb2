/** `photo/augmented`: the photo as the backbone is given it, then each copy from that. */
import { augmentPixels } from '../../domain/augment-pixels.ts';
import { drawAugmentation } from '../../domain/augmentation.ts';
import type { AugmentedPixelsRequest } from '../../protocol/intake-messages.ts';
import { throwIfAborted } from '../dispatch.ts';
import type { PixelSurface } from './pixel-surface.ts';
import { photoPixels } from './square-pixels.ts';

/**
 * @returns RGB bytes [copies, size, size, 3]
 * @throws EngineError 'bad-request' if the stored image cannot be decoded, 'aborted'
 */
export async function augmentedPixels(
  surface: PixelSurface,
  request: AugmentedPixelsRequest,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { size, kinds, imageHash, copies } = request;
  const original = await photoPixels(surface, request, signal);
  const pixels = new Uint8Array(copies.length * original.length);
  copies.forEach((index, i) => {
    throwIfAborted(signal);
    const plan = drawAugmentation(kinds, imageHash, index);
    pixels.set(augmentPixels(original, size, plan), i * original.length);
  });
  return pixels;
}
