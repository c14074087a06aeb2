/**
 * Reads an image's size in pixels from its header, so that a picture too big for memory is refused
 * (or decoded smaller) before any of it is decoded.
 * Sources: ITU-T T.81 (JPEG), W3C PNG 3, GIF89a, RFC 9649 (WebP), BITMAPINFOHEADER, ISO/IEC 23008-12
 * (`ispe` property of AVIF and HEIC), EXIF 2.32 (orientation tag 0x0112).
 */
import type { FileFormat } from './image-signature.ts';

export interface HeaderSize {
  /** Stored size, before any EXIF turn. */
  readonly width: number;
  readonly height: number;
  /** True if the EXIF orientation (5 to 8) swaps the sides when shown. */
  readonly sidesSwapped: boolean;
}

/**
 * @param bytes the whole file, or as much of its start as holds the header
 * @returns null if the format has no such header here, or it is cut off or nonsense; never throws
 */
export function readHeaderSize(bytes: Uint8Array, format: FileFormat): HeaderSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = readSize(view, format);
    return size !== null && size.width > 0 && size.height > 0 ? size : null;
  } catch (error) {
    // DataView's answer to a header that ends too early.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readSize(view: DataView, format: FileFormat): HeaderSize | null {
  switch (format) {
    case 'jpeg':
      return readJpeg(view);
    case 'png':
      return upright(view.getUint32(16), view.getUint32(20));
    case 'gif':
      return upright(view.getUint16(6, true), view.getUint16(8, true));
    case 'webp':
      return readWebp(view);
    case 'bmp':
      return readBmp(view);
    case 'avif':
    case 'heic':
      return readLargestIspe(view);
    default:
      return null;
  }
}

function upright(width: number, height: number): HeaderSize {
  return { width, height, sidesSwapped: false };
}

/** Walks the marker segments up to the start-of-frame, noting an EXIF orientation on the way. */
function readJpeg(view: DataView): HeaderSize | null {
  let at = 2;
  let sidesSwapped = false;
  while (at + 4 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    // Start of scan or end of image without a frame before it.
    if (marker === 0xda || marker === 0xd9) return null;
    if (isStartOfFrame(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), sidesSwapped };
    }
    if (marker === 0xe1) sidesSwapped = (readExifOrientation(view, at + 4) ?? 1) >= 5;
    at += hasNoLength(marker) ? 2 : 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}

/** SOF0 to SOF15, without DHT (C4), JPG (C8) and DAC (CC), which share the range. */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** TEM, RST0 to RST7 and SOI stand alone. */
function hasNoLength(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/** The orientation (1 to 8) in the first directory of an EXIF block at `at`; null if there is none. */
function readExifOrientation(view: DataView, at: number): number | null {
  if (at + 14 > view.byteLength || view.getUint32(at) !== 0x45786966) return null; // "Exif"
  const tiff = at + 6;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > view.byteLength) return null;
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > view.byteLength) return null;
    if (view.getUint16(entry, little) === 0x0112) {
      const value = view.getUint16(entry + 8, little);
      return value >= 1 && value <= 8 ? value : null;
    }
  }
  return null;
}

function readWebp(view: DataView): HeaderSize | null {
  switch (view.getUint32(12)) {
    case 0x56503820: // "VP8 ": lossy; 14 bits each, the top two are a scale for display
      return upright(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    case 0x5650384c: {
      // "VP8L": lossless; 14 bits each, less one, packed after the signature byte
      const packed = view.getUint32(21, true);
      return upright((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1);
    }
    case 0x56503858: // "VP8X": extended; 24 bits each, less one
      return upright(uint24(view, 24) + 1, uint24(view, 27) + 1);
    default:
      return null;
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16);
}

function readBmp(view: DataView): HeaderSize | null {
  if (view.getUint32(14, true) <= 16) {
    return upright(view.getUint16(18, true), view.getUint16(20, true));
  }
  // A negative height means rows from the top.
  return upright(view.getInt32(18, true), Math.abs(view.getInt32(22, true)));
}

/**
 * A picture made of tiles has one size property per tile and one for the whole: the largest is the
 * one that takes memory. Boxes are walked, not searched for, so pixel data cannot fake one.
 */
function readLargestIspe(view: DataView): HeaderSize | null {
  let largest: HeaderSize | null = null;
  const visit = (start: number, end: number): void => {
    for (const box of boxes(view, start, end)) {
      if (box.type === 'ispe') {
        const size = upright(view.getUint32(box.start + 4), view.getUint32(box.start + 8));
        if (largest === null || size.width * size.height > largest.width * largest.height) {
          largest = size;
        }
      } else if (box.type === 'meta') {
        visit(box.start + 4, box.end); // a version and flags come first
      } else if (box.type === 'iprp' || box.type === 'ipco') {
        visit(box.start, box.end);
      }
    }
  };
  visit(0, view.byteLength);
  return largest;
}

interface Box {
  readonly type: string;
  /** First byte of the content, and the byte after the last. */
  readonly start: number;
  readonly end: number;
}

/** Boxes side by side in [start, end); stops at the first that does not fit. */
function* boxes(view: DataView, start: number, end: number): Generator<Box> {
  let at = start;
  while (at + 8 <= end) {
    const declared = view.getUint32(at);
    const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)));
    const headerBytes = declared === 1 ? 16 : 8;
    if (at + headerBytes > end) return;
    // Size 0 means "to the end", 1 means that 64 bits follow.
    const bytes =
      declared === 0 ? end - at : declared === 1 ? Number(view.getBigUint64(at + 8)) : declared;
    if (bytes < headerBytes || at + bytes > end) return;
    yield { type, start: at + headerBytes, end: at + bytes };
    at += bytes;
  }
}
