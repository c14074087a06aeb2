/** From a file's bytes to an upright bitmap, or to the reason why not. */
import { readHeaderSize } from '../../domain/image-header.ts';
import { recogniseFile, type FileFormat } from '../../domain/image-signature.ts';
import type { RefusedFile } from '../../protocol/intake-messages.ts';
import { explainFailedDecode, mediaType, planDecode } from './decode-plan.ts';

export interface DecodedPhoto {
  readonly kind: 'decoded';
  /** Upright, sRGB; the caller closes it. May be smaller than the source. */
  readonly bitmap: ImageBitmap;
  /** Size of the source as shown. */
  readonly sourceWidth: number;
  readonly sourceHeight: number;
}

/**
 * The options that every decode of the product shares. Orientation: as EXIF says. Colours: converted
 * to sRGB by the browser. An animation gives its first frame (HTML, createImageBitmap of a Blob).
 */
export const DECODE_OPTIONS: ImageBitmapOptions = {
  imageOrientation: 'from-image',
  colorSpaceConversion: 'default',
  premultiplyAlpha: 'default',
};

/** @param maxSide longest side that will be stored: larger pictures may be decoded smaller */
export async function decodePhoto(
  bytes: Uint8Array<ArrayBuffer>,
  maxSide: number,
): Promise<DecodedPhoto | RefusedFile> {
  const format = recogniseFile(bytes);
  const header = readHeaderSize(bytes, format);
  const plan = planDecode(format, bytes.length, header, maxSide);
  if (plan.kind === 'refused') return plan;
  const options: ImageBitmapOptions =
    plan.resizeWidth === null
      ? DECODE_OPTIONS
      : // The width alone: the browser keeps the proportions, before or after the EXIF turn.
        { ...DECODE_OPTIONS, resizeWidth: plan.resizeWidth, resizeQuality: 'high' };
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes], { type: mediaType(format) }), options);
  } catch {
    return explainFailedDecode(format, header, await isFormatSupported(format));
  }
  const reduced = plan.resizeWidth !== null && plan.shown !== null;
  return {
    kind: 'decoded',
    bitmap,
    sourceWidth: reduced ? plan.shown.width : bitmap.width,
    sourceHeight: reduced ? plan.shown.height : bitmap.height,
  };
}

/** Formats that every browser with module workers and OffscreenCanvas has. */
const SUPPORTED_EVERYWHERE: readonly FileFormat[] = ['jpeg', 'png', 'gif', 'webp', 'bmp'];

async function isFormatSupported(format: FileFormat): Promise<boolean> {
  if (SUPPORTED_EVERYWHERE.includes(format)) return true;
  // Missing in some browsers and outside secure contexts; then "not supported" is the safer guess.
  if (!('ImageDecoder' in globalThis)) return false;
  return ImageDecoder.isTypeSupported(mediaType(format));
}
