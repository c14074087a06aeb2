/** Pictures of the exported page: opened, turned upright and kept the way Headstart keeps photos. */
import { bound } from './preprocess.ts';

interface Keeping {
  readonly longestSidePx: number;
  readonly type: string;
  readonly quality: number;
}

export interface OpenPicture {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  draw(canvas: HTMLCanvasElement): void;
}

function read(bitmap: ImageBitmap): ImageData {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, bitmap.width, bitmap.height);
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

/** Headstart bounds and re-encodes every photo; so does this, or small differences would creep in. */
export async function readPhoto(file: Blob, keeping: Keeping | null): Promise<OpenPicture> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const full = read(bitmap);
  bitmap.close();
  const image = keeping === null ? full : await keep(full, keeping);
  return {
    rgba: image.data,
    width: image.width,
    height: image.height,
    draw(target) {
      target.width = image.width;
      target.height = image.height;
      target.hidden = false;
      target.getContext('2d')?.putImageData(image, 0, 0);
    },
  };
}

async function keep(
  full: ImageData,
  { longestSidePx, type, quality }: Keeping,
): Promise<ImageData> {
  const small = bound(full.data, full.width, full.height, longestSidePx);
  const canvas = new OffscreenCanvas(small.width, small.height);
  const pixels = new ImageData(Uint8ClampedArray.from(small.rgba), small.width, small.height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  const kept = await createImageBitmap(await canvas.convertToBlob({ type, quality }));
  const image = read(kept);
  kept.close();
  return image;
}

let frameCanvas: OffscreenCanvas | null = null;

export function readFrame(video: HTMLVideoElement): ImageData | null {
  const { videoWidth: width, videoHeight: height } = video;
  if (frameCanvas?.width !== width || frameCanvas.height !== height) {
    frameCanvas = new OffscreenCanvas(width, height);
  }
  const context = frameCanvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(video, 0, 0);
  return context?.getImageData(0, 0, width, height) ?? null;
}
