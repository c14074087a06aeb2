/** Pictures of the exported page: opened, turned upright and kept the way Headstart keeps photos. */
import { squareFit } from '../domain/fit-square.ts';
import type { FitMode } from '../domain/photo.ts';
import { bound } from './preprocess.ts';

interface Keeping {
  readonly longestSidePx: number;
  readonly type: string;
  readonly quality: number;
}

type Drawable =
  | ImageBitmap
  | ImageData
  | HTMLVideoElement
  | HTMLCanvasElement
  | HTMLImageElement
  | OffscreenCanvas;

let readingCanvas: OffscreenCanvas | null = null;

/**
 * On white, as transparent parts are elsewhere. `square`: only what the square is made of is read; for
 * a crop of a wide frame that is a good part less. Throws when there is nothing to be seen yet.
 */
export function readPixels(
  source: Drawable,
  square?: { readonly size: number; readonly fit: FitMode },
): ImageData {
  if (source instanceof ImageData) return source;
  const whole = sizeOf(source);
  if (whole.width === 0 || whole.height === 0) throw new Error('the picture has no size yet');
  const { left, top, width, height } =
    square === undefined
      ? { left: 0, top: 0, ...whole }
      : squareFit(whole.width, whole.height, square.size, square.fit).source;
  if (readingCanvas?.width !== width || readingCanvas.height !== height) {
    readingCanvas = new OffscreenCanvas(width, height);
  }
  const context = readingCanvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(source, -left, -top);
  return context.getImageData(0, 0, width, height);
}

function sizeOf(source: Exclude<Drawable, ImageData>): { width: number; height: number } {
  if ('videoWidth' in source) return { width: source.videoWidth, height: source.videoHeight };
  if ('naturalWidth' in source) return { width: source.naturalWidth, height: source.naturalHeight };
  return { width: source.width, height: source.height };
}

/** Headstart bounds and re-encodes every photo; so does this, or small differences would creep in. */
export async function keptPhoto(file: Blob, keeping: Keeping | null): Promise<ImageData> {
  const full = await decode(file);
  if (keeping === null) return full;
  const { longestSidePx, type, quality } = keeping;
  const small = bound(full.data, full.width, full.height, longestSidePx);
  const canvas = new OffscreenCanvas(small.width, small.height);
  const pixels = new ImageData(Uint8ClampedArray.from(small.rgba), small.width, small.height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return decode(await canvas.convertToBlob({ type, quality }));
}

async function decode(file: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    return readPixels(bitmap);
  } finally {
    bitmap.close();
  }
}
