/**
 * Object URLs of thumbnails, shared by everything that shows a photo: read once, counted, and given
 * back when nobody shows them, so that memory follows what is on screen and not the data set.
 */
import type { Storage } from '../../storage/storage.ts';

export interface Thumbnails {
  /** The URL at once when it is already there. */
  peek(imageHash: string): string | null;
  /** Every `acquire` needs its `release`. Resolves to null when the picture is gone. */
  acquire(imageHash: string): Promise<string | null>;
  release(imageHash: string): void;
}

/** Kept after the last release: scrolling back should not flicker. */
const KEPT_UNUSED = 400;

interface Entry {
  users: number;
  url: string | null;
  readonly ready: Promise<string | null>;
}

export function createThumbnails(
  storage: Storage,
  urls: { readonly create: (blob: Blob) => string; readonly revoke: (url: string) => void },
): Thumbnails {
  const entries = new Map<string, Entry>();
  /** Oldest first; a Map keeps insertion order. */
  const unused = new Map<string, true>();

  function load(imageHash: string): Entry {
    const ready = storage
      .getThumbnail(imageHash)
      .then((blob) => (blob === null ? null : urls.create(blob)))
      .catch(() => null);
    const entry: Entry = { users: 0, url: null, ready };
    void ready.then((url) => {
      entry.url = url;
    });
    entries.set(imageHash, entry);
    return entry;
  }

  function trim(): void {
    for (const imageHash of unused.keys()) {
      if (unused.size <= KEPT_UNUSED) return;
      unused.delete(imageHash);
      const entry = entries.get(imageHash);
      entries.delete(imageHash);
      void entry?.ready.then((url) => {
        if (url !== null) urls.revoke(url);
      });
    }
  }

  return {
    peek: (imageHash) => entries.get(imageHash)?.url ?? null,
    acquire(imageHash) {
      const entry = entries.get(imageHash) ?? load(imageHash);
      entry.users += 1;
      unused.delete(imageHash);
      return entry.ready;
    },
    release(imageHash) {
      const entry = entries.get(imageHash);
      if (entry === undefined) return;
      entry.users -= 1;
      if (entry.users > 0) return;
      unused.set(imageHash, true);
      trim();
    },
  };
}
