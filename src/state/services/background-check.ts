/** Over many photos: how much of the evidence for the answer lies outside the object's area. */
import { headProbabilities } from '../../domain/head-forward.ts';
import type { HeadWeights } from '../../domain/head.ts';
import { backgroundShare, objectArea, type ObjectArea } from '../../domain/object-area.ts';
import { answerOf } from '../../domain/occlusion.ts';
import type { Photo } from '../../domain/photo.ts';
import type { Run } from '../../domain/run.ts';
import type { AppServices } from './app-services.ts';

export interface PhotoBackground {
  readonly photo: Photo;
  /** Index of the answered class. */
  readonly classIndex: number;
  /** Share of the evidence for the answer that lies outside. */
  readonly evidence: number;
  /** Share of the photo that lies outside. */
  readonly area: number;
  readonly how: ObjectArea['how'];
}

export type BackgroundOutcome =
  | { readonly kind: 'unsupported' }
  /** Those with most evidence outside first. */
  | { readonly kind: 'checked'; readonly photos: readonly PhotoBackground[] };

/** Small, so that a live prediction gets its turn and a cancel is felt. */
const BATCH_PHOTOS = 4;

export interface BackgroundRequest {
  readonly photos: readonly Photo[];
  readonly run: Run;
  readonly head: HeadWeights;
  readonly inputSize: number;
}

/** Photos whose picture is gone, or without any evidence, are left out. @throws EngineError */
export async function checkBackground(
  { engine, storage }: Pick<AppServices, 'engine' | 'storage'>,
  { photos, run, head, inputSize }: BackgroundRequest,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<BackgroundOutcome> {
  const found: PhotoBackground[] = [];
  const bytes = inputSize * inputSize * 3;
  for (let from = 0; from < photos.length; from += BATCH_PHOTOS) {
    onProgress(from, photos.length);
    const batch = photos.slice(from, from + BATCH_PHOTOS);
    const read = await Promise.all(
      batch.map(async (photo) => {
        const image = await storage.getImage(photo.imageHash);
        if (image === null) return null;
        return { photo, pixels: await engine.photoPixels(image, inputSize, run.fit, signal) };
      }),
    );
    const here = read.filter((each) => each !== null);
    if (here.length === 0) continue;
    const pixels = new Uint8Array(here.length * bytes);
    here.forEach((each, i) => pixels.set(each.pixels, i * bytes));
    const seen = await engine.explain(pixels, here.length, head, signal);
    if (seen.evidence === null) return { kind: 'unsupported' };
    const { maps, rows, columns } = seen.evidence;
    const probabilities = headProbabilities(head, seen.embeddings, here.length);
    here.forEach(({ photo, pixels: own }, i) => {
      const classes = head.classCount;
      const answer = answerOf(probabilities.subarray(i * classes, (i + 1) * classes));
      const start = (i * classes + answer.classIndex) * rows * columns;
      const map = { values: maps.subarray(start, start + rows * columns), rows, columns };
      const area = objectArea(own, inputSize);
      const share = backgroundShare(map, area);
      if (share === null) return;
      found.push({ photo, classIndex: answer.classIndex, how: area.how, ...share });
    });
  }
  found.sort((a, b) => b.evidence - a.evidence);
  return { kind: 'checked', photos: found };
}
