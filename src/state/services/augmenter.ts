/**
 * Embeds augmented copies of training photos, each once: what is stored under its key is never made
 * again. Validation photos never come here. Loaded with the first run that wants copies.
 */
import { joinBytes } from '../../domain/join-blocks.ts';
import { augmentationCode, type Augmentation } from '../../domain/augmentation.ts';
import { embeddingKey } from '../../domain/embedding-key.ts';
import type { Photo } from '../../domain/photo.ts';
import { EngineError } from '../../protocol/errors.ts';
import type { AugmentationPreview } from '../augmentation-state.ts';
import type { StoreAccess } from '../slice-tools.ts';
import type { AppServices } from './app-services.ts';
import type { Embedder, EmbeddingSource } from './embedder.ts';
import { createProgressMeter } from './progress-meter.ts';

export interface Augmenter {
  /** How many copies of these photos are not embedded yet. */
  countMissing(photos: readonly Photo[], augmentation: Augmentation): Promise<number>;
  /** Embeds what is missing. Rejects with 'aborted'; what is finished by then stays. */
  ensure(photos: readonly Photo[], augmentation: Augmentation, signal: AbortSignal): Promise<void>;
  /** [photos.length · copies, width]: all copies of the first photo, then of the second, … */
  read(photos: readonly Photo[], augmentation: Augmentation): Promise<Float32Array>;
  /** Makes and embeds up to this many copies of one photo. */
  preview(photo: Photo, augmentation: Augmentation): Promise<AugmentationPreview | null>;
}

interface Missing {
  readonly photo: Photo;
  readonly copies: readonly number[];
}

/** Copies given to the backbone at once. */
const BATCH_COPIES = 16;
/** Batches whose pixels are made while the backbone works on the one before. */
const PREFETCH_BATCHES = 2;
const PREVIEW_COPIES = 8;

export function createAugmenter({
  get,
  set,
  services,
  embedder,
}: StoreAccess & { services: AppServices; embedder: Embedder }): Augmenter {
  const { engine, storage } = services;

  function patch(change: Partial<ReturnType<typeof get>['augmentation']>): void {
    set({ augmentation: { ...get().augmentation, ...change } });
  }

  function sourceNow(): EmbeddingSource {
    const { source } = embedder;
    if (source !== null) return source;
    throw new EngineError({ code: 'backbone-not-loaded', message: 'no backbone is loaded' });
  }

  function keyOf(photo: Photo, { kinds }: Augmentation, index: number): string {
    const { backboneId, weightsSha256, inputSize } = sourceNow();
    const { imageHash } = photo;
    const copy = { code: augmentationCode(kinds), index };
    return embeddingKey({ imageHash, backboneId, weightsSha256, inputSize, fit: get().fit, copy });
  }

  function keysOf(photo: Photo, augmentation: Augmentation): readonly string[] {
    return Array.from({ length: augmentation.copies }, (_, index) =>
      keyOf(photo, augmentation, index),
    );
  }

  async function findMissing(
    photos: readonly Photo[],
    augmentation: Augmentation,
  ): Promise<readonly Missing[]> {
    const byHash = new Map(photos.map((photo) => [photo.imageHash, photo]));
    const unique = [...byHash.values()];
    const stored = await storage.haveEmbeddings(
      unique.flatMap((photo) => keysOf(photo, augmentation)),
    );
    return unique.flatMap((photo) => {
      const copies = keysOf(photo, augmentation).flatMap((key, index) =>
        stored.has(key) ? [] : [index],
      );
      return copies.length === 0 ? [] : [{ photo, copies }];
    });
  }

  async function pixelsOf(
    { photo, copies }: Missing,
    { kinds }: Augmentation,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const image = await storage.getImage(photo.imageHash);
    if (image === null) {
      throw new EngineError({ code: 'internal', message: `the picture of ${photo.name} is gone` });
    }
    const { imageHash } = photo;
    const size = sourceNow().inputSize;
    return engine.augmentedPixels(
      { image, size, fit: get().fit, imageHash, kinds, copies },
      signal,
    );
  }

  async function embedBatch(
    batch: readonly Missing[],
    pixels: readonly Uint8Array[],
    augmentation: Augmentation,
    signal: AbortSignal,
  ): Promise<void> {
    const { width } = sourceNow();
    const count = countCopies(batch);
    const keys = batch.flatMap(({ photo, copies }) =>
      copies.map((index) => keyOf(photo, augmentation, index)),
    );
    const embeddings = await engine.embed(joinBytes(pixels), count, signal);
    await storage.putEmbeddings(
      new Map(keys.map((key, i) => [key, embeddings.slice(i * width, (i + 1) * width)])),
    );
  }

  async function embedAll(
    missing: readonly Missing[],
    augmentation: Augmentation,
    signal: AbortSignal,
  ): Promise<void> {
    const meter = createProgressMeter(() => performance.now());
    meter.addTotal(countCopies(missing));
    patch({ progress: meter.read() });
    const batches = inBatches(missing);
    const loading: Promise<Uint8Array[]>[] = [];
    const startedAt = performance.now();
    let done = 0;
    for (const [b, batch] of batches.entries()) {
      throwIfStopped(signal);
      for (let next = loading.length; next <= b + PREFETCH_BATCHES; next++) {
        const promise = Promise.all(
          (batches[next] ?? []).map((each) => pixelsOf(each, augmentation, signal)),
        );
        promise.catch(() => undefined); // awaited below; without this an abort would be unhandled
        loading.push(promise);
      }
      await embedBatch(batch, (await loading[b]) ?? [], augmentation, signal);
      done += countCopies(batch);
      patch({
        progress: meter.addDone(countCopies(batch)),
        msPerCopy: (performance.now() - startedAt) / done,
      });
    }
  }

  return {
    async countMissing(photos, augmentation) {
      return countCopies(await findMissing(photos, augmentation));
    },
    async ensure(photos, augmentation, signal) {
      const missing = await findMissing(photos, augmentation);
      if (missing.length === 0) return;
      try {
        await embedAll(missing, augmentation, signal);
      } finally {
        patch({ progress: null });
      }
    },
    async read(photos, augmentation) {
      const { width } = sourceNow();
      const keys = photos.flatMap((photo) => keysOf(photo, augmentation));
      const found = await storage.getEmbeddings(keys);
      const all = new Float32Array(keys.length * width);
      keys.forEach((key, i) => {
        const row = found.get(key);
        if (row === undefined) {
          throw new EngineError({ code: 'internal', message: `copy ${key} is not embedded` });
        }
        all.set(row, i * width);
      });
      return all;
    },
    async preview(photo, augmentation) {
      const count = Math.min(PREVIEW_COPIES, augmentation.copies);
      if (count === 0) return null;
      const signal = new AbortController().signal;
      const batch = { photo, copies: Array.from({ length: count }, (_, index) => index) };
      let pixels = await pixelsOf(batch, augmentation, signal);
      const { inputSize: size } = sourceNow();
      const bytes = size * size * 3;
      const copies = batch.copies.map((i) => pixels.slice(i * bytes, (i + 1) * bytes));
      await embedBatch([batch], [pixels], augmentation, signal);
      if (get().augmentation.msPerCopy === null) {
        // Once more, now that everything is warm: the same work as in earnest.
        const startedAt = performance.now();
        pixels = await pixelsOf(batch, augmentation, signal);
        await embedBatch([batch], [pixels], augmentation, signal);
        patch({ msPerCopy: (performance.now() - startedAt) / count });
      }
      return { size, copies };
    },
  };
}

function countCopies(missing: readonly Missing[]): number {
  return missing.reduce((sum, { copies }) => sum + copies.length, 0);
}

/** Whole photos together, so that each picture is decoded once. */
function inBatches(missing: readonly Missing[]): readonly (readonly Missing[])[] {
  const batches: Missing[][] = [];
  let open: Missing[] = [];
  for (const each of missing) {
    open.push(each);
    if (countCopies(open) >= BATCH_COPIES) {
      batches.push(open);
      open = [];
    }
  }
  if (open.length > 0) batches.push(open);
  return batches;
}

function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new EngineError({ code: 'aborted', message: 'stopped while embedding copies' });
  }
}
