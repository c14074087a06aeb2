/**
 * Decides from a file's first look (format, bytes, size in its header) whether to decode it, at what
 * scale, and what a failed decode means. Pure, so every branch is tested without a browser.
 */
import { scaleToLongestSide } from '../../domain/fit-square.ts';
import type { HeaderSize } from '../../domain/image-header.ts';
import type { FileFormat } from '../../domain/image-signature.ts';
import type { RefusalCode, RefusedFile } from '../../protocol/intake-messages.ts';

/** A photo straight from any camera is smaller; several files are read side by side. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** 640 MB when decoded: past this a phone's browser is killed rather than failing cleanly. */
export const MAX_PIXELS = 160_000_000;
/**
 * Above this the browser is asked for a smaller bitmap, so that only its decoder sees all pixels.
 * It is also faster: Chromium 156 takes more than twice as long for a whole 12-megapixel photo that
 * has to be turned.
 */
export const FULL_DECODE_PIXELS = 6_000_000;
/**
 * How much larger than the target such a bitmap is. Browsers differ in how well they scale, so our
 * own filter does the last and visible part.
 */
const REDUCED_OVERSIZE = 2;

/** A failed decode above this is taken for lack of memory: browsers give one error for both. */
const LIKELY_MEMORY_PIXELS = 40_000_000;

export type DecodePlan =
  | RefusedFile
  | {
      readonly kind: 'decode';
      /** Width handed to createImageBitmap as `resizeWidth`; null decodes at full size. */
      readonly resizeWidth: number | null;
      /** Size as shown (EXIF turn applied) where the header tells. */
      readonly shown: { readonly width: number; readonly height: number } | null;
    };

export function planDecode(
  format: FileFormat,
  fileBytes: number,
  header: HeaderSize | null,
  maxSide: number,
): DecodePlan {
  const refusal = refuseByFormat(format);
  if (refusal !== null) return refusal;
  if (fileBytes > MAX_FILE_BYTES) return tooManyBytes(fileBytes);
  if (header === null) return { kind: 'decode', resizeWidth: null, shown: null };
  const shown = header.sidesSwapped
    ? { width: header.height, height: header.width }
    : { width: header.width, height: header.height };
  const pixels = shown.width * shown.height;
  if (pixels > MAX_PIXELS) return tooManyPixels(pixels);
  const longest = REDUCED_OVERSIZE * maxSide;
  const reduce = pixels > FULL_DECODE_PIXELS && Math.max(shown.width, shown.height) > longest;
  return {
    kind: 'decode',
    resizeWidth: reduce ? scaleToLongestSide(shown.width, shown.height, longest).width : null,
    shown,
  };
}

/** Null for everything that some browser can decode: it is tried. */
function refuseByFormat(format: FileFormat): RefusedFile | null {
  switch (format) {
    case 'empty':
      return { kind: 'refused', code: 'empty' };
    case 'svg':
      // No browser decodes SVG in a worker.
      return { kind: 'refused', code: 'svg' };
    case 'pdf':
    case 'html':
    case 'text':
    case 'unknown':
      return { kind: 'refused', code: 'not-an-image', params: { format } };
    default:
      return null;
  }
}

/** Said before the file is read, so that a dropped film costs no memory. */
export function tooManyBytes(bytes: number): RefusedFile {
  return {
    kind: 'refused',
    code: 'too-large',
    params: { reason: 'bytes', bytes, limit: MAX_FILE_BYTES },
  };
}

function tooManyPixels(pixels: number): RefusedFile {
  return {
    kind: 'refused',
    code: 'too-large',
    params: { reason: 'pixels', pixels, limit: MAX_PIXELS },
  };
}

/**
 * What it means that the browser could not decode the file.
 * @param formatSupported false if the browser says that it does not know the format
 */
export function explainFailedDecode(
  format: FileFormat,
  header: HeaderSize | null,
  formatSupported: boolean,
): RefusedFile {
  const code = failedDecodeCode(format, formatSupported);
  if (code === 'damaged' && header !== null) {
    const pixels = header.width * header.height;
    if (pixels > LIKELY_MEMORY_PIXELS) return tooManyPixels(pixels);
  }
  return { kind: 'refused', code, params: { format } };
}

function failedDecodeCode(format: FileFormat, formatSupported: boolean): RefusalCode {
  switch (format) {
    case 'heic':
      return 'heic';
    case 'tiff':
      return 'tiff';
    case 'jxl':
    case 'jp2':
    case 'psd':
    case 'ico':
      return 'unsupported';
    default:
      return formatSupported ? 'damaged' : 'unsupported';
  }
}

/** Media type by content; the type a file comes with is made from its name. */
export function mediaType(format: FileFormat): string {
  switch (format) {
    case 'ico':
      return 'image/x-icon';
    case 'psd':
      return 'image/vnd.adobe.photoshop';
    default:
      return `image/${format}`;
  }
}
