/**
 * `photo/prepare`: from any dropped file to what is stored. The picture is decoded, turned upright,
 * put on white, bounded and encoded anew, which also drops all metadata (place, camera, comments).
 */
import { boundLongestSide } from '../../domain/fit-square.ts';
import { STORED_PHOTO } from '../../domain/prediction-pipeline.ts';
import { differenceHash } from '../../domain/perceptual-hash.ts';
import { measurePhoto } from '../../domain/photo-stats.ts';
import { resampleBox, rgbToRgba } from '../../domain/resample.ts';
import type { PreparedPhoto, RefusedFile } from '../../protocol/intake-messages.ts';
import { throwIfAborted } from '../dispatch.ts';
import { decodePhoto, type DecodedPhoto } from './decode-photo.ts';
import { MAX_FILE_BYTES, tooManyBytes } from './decode-plan.ts';
import { hashBytes } from './hash-bytes.ts';
import { encodePixels, type Pixels, type PixelSurface } from './pixel-surface.ts';

/** High enough that the copy trains like the original. */
const STORED_QUALITY = STORED_PHOTO.quality;
const THUMBNAIL_SIDE = 160;
const THUMBNAIL_QUALITY = 0.8;

/** @throws EngineError 'aborted'. A file that cannot be used is a value, not an error. */
export async function preparePhoto(
  surface: PixelSurface,
  request: { readonly file: Blob; readonly maxSide: number },
  signal: AbortSignal,
): Promise<PreparedPhoto | RefusedFile> {
  const { file, maxSide } = request;
  if (file.size > MAX_FILE_BYTES) return tooManyBytes(file.size);
  const bytes = await readBytes(file);
  if (bytes === null) return { kind: 'refused', code: 'unreadable' };
  throwIfAborted(signal);
  const decoded = await decodePhoto(bytes, maxSide);
  if (decoded.kind === 'refused') return decoded;
  const full = readAndClose(surface, decoded, signal);
  // From the source's size: a bitmap that was decoded smaller has rounded sides.
  const bounded = boundLongestSide(decoded.sourceWidth, decoded.sourceHeight, maxSide);
  const stored = resizePixels(full, bounded);
  // The miniature is also what is measured and fingerprinted: both need fewer pixels still.
  const small = boundPixels(stored, THUMBNAIL_SIDE);
  const [image, thumbnail, contentHash] = await Promise.all([
    encodePixels(stored, { type: 'image/jpeg', quality: STORED_QUALITY }),
    encodePixels(small, { type: 'image/jpeg', quality: THUMBNAIL_QUALITY }),
    hashBytes(bytes),
  ]);
  throwIfAborted(signal);
  return {
    kind: 'prepared',
    image,
    thumbnail,
    width: stored.width,
    height: stored.height,
    sourceWidth: decoded.sourceWidth,
    sourceHeight: decoded.sourceHeight,
    contentHash,
    imageHash: await hashBytes(new Uint8Array(await image.arrayBuffer())),
    perceptualHash: differenceHash(small.rgba, small.width, small.height),
    stats: measurePhoto(small.rgba, small.width, small.height),
  };
}

/** `frame/encode`: a camera frame as a photo file. Closes the frame. */
export async function encodeFrame(
  surface: PixelSurface,
  request: { readonly frame: ImageBitmap; readonly maxSide: number },
): Promise<{ image: Blob }> {
  const { frame, maxSide } = request;
  let full: Pixels;
  try {
    full = surface.read(frame);
  } finally {
    frame.close();
  }
  const image = await encodePixels(boundPixels(full, maxSide), {
    type: 'image/jpeg',
    quality: STORED_QUALITY,
  });
  return { image };
}

/** Null if the file is gone, locked, or a folder in a file's clothes. */
async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}

/** The bitmap is closed whatever happens: it is the largest thing in memory. */
function readAndClose(surface: PixelSurface, decoded: DecodedPhoto, signal: AbortSignal): Pixels {
  try {
    throwIfAborted(signal);
    return surface.read(decoded.bitmap);
  } finally {
    decoded.bitmap.close();
  }
}

function boundPixels(pixels: Pixels, longest: number): Pixels {
  return resizePixels(pixels, boundLongestSide(pixels.width, pixels.height, longest));
}

function resizePixels(
  { rgba, width, height }: Pixels,
  to: { readonly width: number; readonly height: number },
): Pixels {
  if (to.width === width && to.height === height) return { rgba, width, height };
  const whole = { left: 0, top: 0, width, height };
  const rgb = resampleBox(rgba, width, height, whole, to.width, to.height);
  return { rgba: rgbToRgba(rgb), width: to.width, height: to.height };
}
