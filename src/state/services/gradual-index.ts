/**
 * The index of similar photos of a project that was just opened. It is filled in small steps once the
 * project is on screen, because nobody needs it to look at photos; who asks for it gets all of it.
 */
import { createSimilarityIndex, type SimilarityIndex } from '../../domain/near-duplicates.ts';
import type { Photo } from '../../domain/photo.ts';

export interface GradualIndex {
  /** Complete: what was not in it yet is added at once. */
  all(): SimilarityIndex;
}

/** About 3 ms of work. */
const STEP_PHOTOS = 200;
/** Between two steps, and before the first one, which the first screen goes before. */
const PAUSE_MS = 10;

export function createGradualIndex(photos: readonly Photo[] = []): GradualIndex {
  const index = createSimilarityIndex();
  let at = 0;

  function fill(until: number): void {
    for (const photo of photos.slice(at, until)) index.add(photo);
    at = Math.min(until, photos.length);
  }

  function step(): void {
    fill(at + STEP_PHOTOS);
    if (at < photos.length) setTimeout(step, PAUSE_MS);
  }

  if (photos.length > 0) setTimeout(step, PAUSE_MS);
  return {
    all() {
      if (at < photos.length) fill(photos.length);
      return index;
    },
  };
}
