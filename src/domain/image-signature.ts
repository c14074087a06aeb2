/**
 * Tells what a file is from its first bytes, never from its name: names lie. Nothing is decoded.
 * Sources: the magic numbers of each format's specification; for HTML, SVG and text the leading
 * marks that the WHATWG MIME Sniffing Standard lists.
 */

export type FileFormat =
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'webp'
  | 'bmp'
  | 'avif'
  | 'heic'
  | 'tiff'
  | 'svg'
  | 'ico'
  | 'jxl' // JPEG XL
  | 'jp2' // JPEG 2000
  | 'psd'
  | 'pdf'
  | 'html'
  | 'text'
  | 'empty'
  | 'unknown';

/** Enough bytes for `recogniseFile`. More do no harm. */
export const SIGNATURE_BYTES = 4096;

/** Never throws, whatever the bytes. `bytes` is the start of the file (or all of it). */
export function recogniseFile(bytes: Uint8Array): FileFormat {
  if (bytes.length === 0) return 'empty';
  return recogniseBinary(bytes) ?? recogniseText(bytes);
}

function recogniseBinary(bytes: Uint8Array): FileFormat | null {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (hasAscii(bytes, 0, 'GIF87a') || hasAscii(bytes, 0, 'GIF89a')) return 'gif';
  if (hasAscii(bytes, 0, 'RIFF') && hasAscii(bytes, 8, 'WEBP')) return 'webp';
  if (hasAscii(bytes, 0, 'BM') && isBmpHeader(bytes)) return 'bmp';
  if (startsWith(bytes, [0x49, 0x49, 0x2a, 0x00])) return 'tiff';
  if (startsWith(bytes, [0x4d, 0x4d, 0x00, 0x2a])) return 'tiff';
  // BigTIFF
  if (startsWith(bytes, [0x49, 0x49, 0x2b, 0x00])) return 'tiff';
  if (startsWith(bytes, [0x4d, 0x4d, 0x00, 0x2b])) return 'tiff';
  if (startsWith(bytes, [0xff, 0x0a])) return 'jxl';
  if (hasAscii(bytes, 4, 'JXL ')) return 'jxl';
  if (hasAscii(bytes, 4, 'jP  ')) return 'jp2';
  if (hasAscii(bytes, 0, '8BPS')) return 'psd';
  if (hasAscii(bytes, 0, '%PDF-')) return 'pdf';
  if (startsWith(bytes, [0x00, 0x00, 0x01, 0x00]) && (bytes[4] ?? 0) > 0) return 'ico';
  if (hasAscii(bytes, 4, 'ftyp')) return recogniseBrands(bytes);
  return null;
}

/** "BM" alone would catch English text; the size of the header that follows settles it. */
function isBmpHeader(bytes: Uint8Array): boolean {
  const headerSizes = [12, 16, 40, 52, 56, 64, 108, 124];
  return bytes.length >= 18 && headerSizes.includes(uint32Le(bytes, 14));
}

const AVIF_BRANDS: readonly string[] = ['avif', 'avis'];
/** HEVC-coded stills and bursts, and the general brands that phones put first. */
const HEIC_BRANDS: readonly string[] = [
  ...['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'],
  ...['mif1', 'msf1', 'mif2'],
];

/**
 * ISO base media file: the first box lists a major brand and compatible ones. A generic major brand
 * ("mif1") comes before either kind of coding, so AVIF anywhere in the list wins over it.
 */
function recogniseBrands(bytes: Uint8Array): FileFormat {
  const boxEnd = Math.min(uint32Be(bytes, 0), bytes.length);
  const brands: string[] = [ascii(bytes, 8, 4)];
  for (let at = 16; at + 4 <= boxEnd; at += 4) brands.push(ascii(bytes, at, 4));
  if (brands.some((brand) => AVIF_BRANDS.includes(brand))) return 'avif';
  if (brands.some((brand) => HEIC_BRANDS.includes(brand))) return 'heic';
  return 'unknown';
}

function recogniseText(bytes: Uint8Array): FileFormat {
  const start = readableStart(bytes);
  if (start === null) return 'unknown';
  const trimmed = start.replace(/^[\s\uFEFF]+/, '').toLowerCase();
  // A prologue may come before the root: XML declaration, comments, document type.
  const root = trimmed.replace(/^(?:(?:<\?[^>]*>|<!--[\s\S]*?-->|<!doctype\s+svg[^>]*>)\s*)+/, '');
  if (/^<(?:\w+:)?svg[\s>/]/.test(root)) return 'svg';
  if (/^<(?:!doctype\s+html|html|head|body|script|iframe|title|meta|div|p|h1|a|img)\b/.test(root)) {
    return 'html';
  }
  return 'text';
}

/**
 * The first bytes as text, or null if they are not text: control characters that no text has, or
 * bytes that are neither UTF-16 with its mark nor UTF-8.
 */
function readableStart(bytes: Uint8Array): string | null {
  const start = bytes.subarray(0, SIGNATURE_BYTES);
  if (startsWith(start, [0xff, 0xfe]) || startsWith(start, [0xfe, 0xff])) {
    const low = start[0] === 0xff ? 0 : 1;
    return Array.from({ length: Math.floor(start.length / 2) - 1 }, (_, i) =>
      String.fromCharCode((start[2 * i + 2 + low] ?? 0) | ((start[2 * i + 3 - low] ?? 0) << 8)),
    ).join('');
  }
  if (start.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte)))
    return null;
  if (!isUtf8(start)) return null;
  // Only ASCII marks are looked for, so other characters need no decoding.
  return Array.from(start, (byte) => String.fromCharCode(byte))
    .join('')
    .replace(/^\u00EF\u00BB\u00BF/, '');
}

/** Well-formed as far as lead and continuation bytes go; a sequence cut off at the end is fine. */
function isUtf8(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] as number;
    const following =
      lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : -1;
    if (following < 0) return false;
    for (let k = 1; k <= following && at + k < bytes.length; k++) {
      if (((bytes[at + k] as number) & 0xc0) !== 0x80) return false;
    }
    at += 1 + following;
  }
  return true;
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

function hasAscii(bytes: Uint8Array, offset: number, mark: string): boolean {
  return ascii(bytes, offset, mark.length) === mark;
}

function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}

/** 0 where the bytes end too early. */
function uint32Be(bytes: Uint8Array, offset: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(offset, offset + 4);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

function uint32Le(bytes: Uint8Array, offset: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(offset, offset + 4);
  return ((d << 24) | (c << 16) | (b << 8) | a) >>> 0;
}
