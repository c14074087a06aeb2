/**
 * The way between browser bitmaps, plain pixels and encoded files: one canvas for reading, kept
 * between photos so that a thousand photos do not leave a thousand canvases to the collector.
 */
import type { PixelBox } from '../../domain/fit-square.ts';
import { EngineError } from '../../protocol/errors.ts';

/** Opaque pixels: rgba [height, width, 4]. */
export interface Pixels {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Larger canvases are given back at once instead of kept. */
const KEPT_PIXELS = 4_000_000;

export interface PixelSurface {
  /**
   * Pixels of the bitmap (or of a box of it), one to one, on white where it is transparent.
   * Synchronous, so that requests running side by side cannot draw over each other.
   */
  read(bitmap: ImageBitmap, box?: PixelBox): Pixels;
}

export function createPixelSurface(): PixelSurface {
  const canvas = new OffscreenCanvas(1, 1);
  const context = openContext(canvas);
  return {
    read: (bitmap, box = { left: 0, top: 0, width: bitmap.width, height: bitmap.height }) => {
      const { width, height } = box;
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      context.fillStyle = '#ffffff';
      context.fillRect(0, 0, width, height);
      context.drawImage(bitmap, -box.left, -box.top);
      const { data } = context.getImageData(0, 0, width, height, { colorSpace: 'srgb' });
      if (width * height > KEPT_PIXELS) {
        canvas.width = 1;
        canvas.height = 1;
      }
      return { rgba: data, width, height };
    },
  };
}

/** Encodes pixels as a file that carries nothing but pixels. */
export async function encodePixels(
  pixels: Pixels,
  encoding: { readonly type: 'image/jpeg' | 'image/png'; readonly quality?: number },
): Promise<Blob> {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  const context = openContext(canvas);
  context.putImageData(new ImageData(pixels.rgba, pixels.width, pixels.height), 0, 0);
  try {
    return await canvas.convertToBlob(encoding);
  } finally {
    // Safari counts canvas memory until collection; an empty canvas counts nothing.
    canvas.width = 0;
    canvas.height = 0;
  }
}

function openContext(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  // In main memory: every drawing is read back, which a GPU canvas does slowly and less exactly.
  const context = canvas.getContext('2d', {
    willReadFrequently: true,
    colorSpace: 'srgb',
    alpha: true,
  });
  if (context === null) {
    throw new EngineError({
      code: 'internal',
      message: 'this browser gives no 2d context in a worker',
    });
  }
  return context;
}
