/** Thumbnails as decoded pictures for the canvas, asked for when they come into sight. */
import type { Thumbnails } from '../../state/services/thumbnails.ts';

export interface MapPictures {
  /** The picture if it is here; otherwise null, and `onLoaded` is called once it is. */
  get(imageHash: string): HTMLImageElement | null;
  dispose(): void;
}

export function createMapPictures(thumbnails: Thumbnails, onLoaded: () => void): MapPictures {
  const pictures = new Map<string, HTMLImageElement | null>();
  let isOver = false;

  async function load(imageHash: string): Promise<void> {
    pictures.set(imageHash, null);
    const url = await thumbnails.acquire(imageHash);
    if (url === null || isOver) return;
    const image = new Image();
    image.src = url;
    await image.decode();
    pictures.set(imageHash, image);
    onLoaded();
  }

  return {
    get(imageHash) {
      const found = pictures.get(imageHash);
      // One that cannot be shown stays a point.
      if (found === undefined) load(imageHash).catch(() => undefined);
      return found ?? null;
    },
    dispose() {
      isOver = true;
      for (const imageHash of pictures.keys()) thumbnails.release(imageHash);
      pictures.clear();
    },
  };
}
