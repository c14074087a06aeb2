/** The two pictures of the preview: the stored photo, and the pixels the backbone is given. */
import { useEffect, useState } from 'react';
import type { FitMode, Photo } from '../../domain/photo.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';

export interface StoredPicture {
  readonly imageHash: string;
  /** Null: gone from storage. */
  readonly url: string | null;
  readonly bytes: number;
}

/** Null while it is read. */
export function useStoredPicture(photo: Photo): StoredPicture | null {
  const { services } = useAppHandle();
  const [picture, setPicture] = useState<StoredPicture | null>(null);
  const { imageHash } = photo;
  useEffect(() => {
    let current = true;
    let url: string | null = null;
    void services.storage
      .getImage(imageHash)
      .catch(() => null)
      .then((blob) => {
        if (!current) return;
        url = blob === null ? null : services.createObjectUrl(blob);
        setPicture({ imageHash, url, bytes: blob?.size ?? 0 });
      });
    return () => {
      current = false;
      if (url === null) return;
      services.revokeObjectUrl(url);
      // Else it would be shown again by whoever comes straight back to this photo.
      setPicture(null);
    };
  }, [services, imageHash]);
  return picture?.imageHash === imageHash ? picture : null;
}

export interface SeenPicture {
  readonly key: string;
  /** RGB bytes [size, size, 3]; null when the stored photo cannot be read. */
  readonly pixels: Uint8Array | null;
}

/**
 * The very bytes that are embedded: the same stored image, through the same call as the embedder's.
 * Null while they are made.
 */
export function useSeenPicture(photo: Photo, fit: FitMode, size: number): SeenPicture | null {
  const { services } = useAppHandle();
  const [seen, setSeen] = useState<SeenPicture | null>(null);
  const { imageHash } = photo;
  const key = `${imageHash} ${fit} ${String(size)}`;
  useEffect(() => {
    const abort = new AbortController();
    const make = async (): Promise<Uint8Array | null> => {
      const image = await services.storage.getImage(imageHash);
      return image === null ? null : services.engine.photoPixels(image, size, fit, abort.signal);
    };
    void make()
      .catch(() => null)
      .then((pixels) => {
        if (!abort.signal.aborted) setSeen({ key, pixels });
      });
    return () => {
      abort.abort();
    };
  }, [services, imageHash, fit, size, key]);
  return seen?.key === key ? seen : null;
}

/** Side of the square that the backbone in use takes, in pixels; that of the built-in one while none is ready. */
export function useInputSize(): number {
  return useApp((state) => {
    const id = state.backboneStatus.kind === 'none' ? null : state.backboneStatus.backboneId;
    const card = state.backbones.find((each) => each.id === id) ?? state.backbones[0];
    return card?.inputSize ?? DEFAULT_INPUT_PX;
  });
}

const DEFAULT_INPUT_PX = 128;
