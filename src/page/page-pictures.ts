/** Pictures of the exported page: opened, turned upright and kept the way Headstart keeps photos. */
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

/** On white, as transparent parts are elsewhere. Throws when there is nothing to be seen yet. */
export function readPixels(source: Drawable): ImageData {
  if (source instanceof ImageData) return source;
  const { width, height } = sizeOf(source);
  if (width === 0 || height === 0) throw new Error('the picture has no size yet');
  if (readingCanvas?.width !== width || readingCanvas.height !== height) {
    readingCanvas = new OffscreenCanvas(width, height);
  }
  const context = readingCanvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0);
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
