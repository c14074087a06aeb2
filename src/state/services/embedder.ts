/**
 * Keeps every photo of the project embedded on the loaded backbone: looks up what is cached,
 * computes what is missing in batches, writes each batch to storage before counting it as done.
 * Nothing is computed twice; cancelling keeps what is finished.
 */
import { embeddingKey } from '../../domain/embedding-key.ts';
import type { FitMode, Photo } from '../../domain/photo.ts';
import { EngineError } from '../../protocol/errors.ts';
import { StorageError } from '../../storage/storage.ts';
import type { StoreAccess } from '../slice-tools.ts';
import type { AppServices } from './app-services.ts';
import { createProgressMeter, type ProgressMeter } from './progress-meter.ts';

/** Which network the keys are for. */
export interface EmbeddingSource {
  readonly backboneId: string;
  readonly weightsSha256: string;
  readonly inputSize: number;
  readonly width: number;
}

export interface Embedder {
  /** Set when a backbone is loaded, null while none is. */
  setSource(source: EmbeddingSource | null): void;
  readonly source: EmbeddingSource | null;
  /** Starts (or goes on) embedding whatever is missing. Resolves when nothing is, or it was cancelled. */
  ensure(): Promise<void>;
  cancel(): void;
  /** Again allowed after `cancel`. */
  resume(): Promise<void>;
  keyOf(photo: Photo): string | null;
  isEmbedded(photo: Photo): boolean;
  /** [photos.length, width] row-major; throws if one is missing. */
  read(photos: readonly Photo[]): Promise<Float32Array>;
}

const BATCH_PHOTOS = 16;
/** Batches whose pixels are prepared while the backbone works on the one before. */
const PREFETCH_BATCHES = 2;

export function createEmbedder({
  get,
  set,
  services,
}: StoreAccess & { services: AppServices }): Embedder {
  const { engine, storage } = services;
  let source: EmbeddingSource | null = null;
  /** Image hashes with an embedding of `source`, by fit: a look at a set, not a key made up each time. */
  let known = new Map<FitMode, Set<string>>();
  let running: Promise<void> | null = null;
  let paused = false;
  let abort = new AbortController();

  function keyOf(photo: Photo): string | null {
    if (source === null) return null;
    return embeddingKey({
      imageHash: photo.imageHash,
      backboneId: source.backboneId,
      weightsSha256: source.weightsSha256,
      inputSize: source.inputSize,
      fit: get().fit,
    });
  }

  function knownNow(): Set<string> {
    const { fit } = get();
    let hashes = known.get(fit);
    if (hashes === undefined) {
      hashes = new Set();
      known.set(fit, hashes);
    }
    return hashes;
  }

  /** Walks over every photo, so no more than a look at a set for each. */
  function missingPhotos(): readonly Photo[] {
    if (source === null) return [];
    const missing: Photo[] = [];
    const hashes = knownNow();
    const seen = new Set<string>();
    for (const photo of get().photos.values()) {
      const { imageHash } = photo;
      if (hashes.has(imageHash) || seen.has(imageHash)) continue;
      seen.add(imageHash);
      missing.push(photo);
    }
    return missing;
  }

  function publish(meter: ProgressMeter | null): void {
    if (meter === null) {
      set({ embedding: null, unembedded: missingPhotos().length });
      return;
    }
    // Counting what is missing walks over every photo, so while working the meter is believed.
    const progress = meter.read();
    set({ embedding: progress, unembedded: progress.total - progress.done });
  }

  async function lookUpCached(photos: readonly Photo[]): Promise<void> {
    const hashes = knownNow();
    const hashOf = new Map(photos.map((photo) => [keyOf(photo) ?? '', photo.imageHash]));
    for (const key of await storage.haveEmbeddings([...hashOf.keys()])) {
      hashes.add(hashOf.get(key) ?? '');
    }
  }

  async function loadPixels(photos: readonly Photo[], size: number, signal: AbortSignal) {
    // Of this moment: the fit may be changed while pixels and numbers are on their way.
    const fit = get().fit;
    const keys = new Map(photos.map((photo) => [photo.id, keyOf(photo) ?? '']));
    const hashes = knownNow();
    const perPhoto = await Promise.all(
      photos.map(async (photo) => {
        const image = await storage.getImage(photo.imageHash);
        return image === null ? null : engine.photoPixels(image, size, fit, signal);
      }),
    );
    const found = photos.filter((_, i) => perPhoto[i] !== null);
    const pixels = new Uint8Array(found.length * size * size * 3);
    let offset = 0;
    for (const bytes of perPhoto) {
      if (bytes === null) continue;
      pixels.set(bytes, offset);
      offset += bytes.length;
    }
    return { photos: found, keys, hashes, pixels };
  }

  async function embedBatch(
    batch: Awaited<ReturnType<typeof loadPixels>>,
    at: EmbeddingSource,
    signal: AbortSignal,
  ): Promise<void> {
    if (batch.photos.length === 0) return;
    const { hashes, keys } = batch;
    const embeddings = await engine.embed(batch.pixels, batch.photos.length, signal);
    const entries = new Map<string, Float32Array>();
    batch.photos.forEach((photo, i) => {
      const key = keys.get(photo.id) ?? '';
      if (key !== '') entries.set(key, embeddings.slice(i * at.width, (i + 1) * at.width));
    });
    await storage.putEmbeddings(entries);
    for (const photo of batch.photos) hashes.add(photo.imageHash);
  }

  /** Photos whose stored image is gone can never be embedded; they are skipped for the session. */
  const unreadable = new Set<string>();

  function readableMissing(): readonly Photo[] {
    return missingPhotos().filter((photo) => !unreadable.has(photo.imageHash));
  }

  async function work(): Promise<void> {
    const meter = createProgressMeter(() => performance.now());
    do {
      const at = source;
      if (at === null || paused) break;
      await lookUpCached(missingPhotos());
      const signal = abort.signal;
      const todo = readableMissing();
      if (todo.length === 0) break;
      meter.addTotal(todo.length);
      publish(meter);
      const batches: Photo[][] = [];
      for (let i = 0; i < todo.length; i += BATCH_PHOTOS)
        batches.push(todo.slice(i, i + BATCH_PHOTOS));
      const loading: ReturnType<typeof loadPixels>[] = [];
      for (let b = 0; b < batches.length && source === at && !signal.aborted; b++) {
        for (
          let next = loading.length;
          next < Math.min(batches.length, b + 1 + PREFETCH_BATCHES);
          next++
        ) {
          const promise = loadPixels(batches[next] ?? [], at.inputSize, signal);
          promise.catch(() => undefined); // awaited below; without this an abort would be unhandled
          loading.push(promise);
        }
        const batch = await (loading[b] ?? loadPixels([], at.inputSize, signal));
        for (const photo of batches[b] ?? []) {
          if (!batch.photos.includes(photo)) unreadable.add(photo.imageHash);
        }
        await embedBatch(batch, at, signal);
        meter.addDone((batches[b] ?? []).length);
        publish(meter);
      }
    } while (readableMissing().length > 0);
  }

  function onFailure(error: unknown): void {
    if (error instanceof EngineError && error.code === 'aborted') return;
    paused = true;
    const full = error instanceof StorageError && error.code === 'quota-exceeded';
    get().notify({
      tone: 'error',
      messageKey: full ? 'storage.full' : 'dataset.embedding-failed',
      params: {},
    });
  }

  async function ensure(): Promise<void> {
    if (running !== null) {
      // The loop under way looks for missing photos again before it ends.
      return running;
    }
    if (source === null || paused) {
      publish(null);
      return;
    }
    abort = new AbortController();
    // While photos come in there is no moment at which nothing is shown as going on.
    if (get().intake !== null) {
      set({ embedding: { total: readableMissing().length, done: 0, etaMs: null } });
    }
    running = work()
      .catch(onFailure)
      .finally(() => {
        running = null;
        publish(null);
        // Photos that came in after the loop's last look.
        if (!paused && readableMissing().length > 0) void ensure();
      });
    return running;
  }

  return {
    get source() {
      return source;
    },
    setSource(next) {
      abort.abort();
      source = next;
      known = new Map();
      paused = false;
    },
    ensure,
    cancel() {
      paused = true;
      abort.abort();
    },
    async resume() {
      paused = false;
      if (running !== null) await running;
      await ensure();
    },
    keyOf,
    isEmbedded(photo) {
      return source !== null && knownNow().has(photo.imageHash);
    },
    async read(photos) {
      const at = source;
      if (at === null) throw new Error('no backbone loaded');
      const keys = photos.map((photo) => keyOf(photo) ?? '');
      const found = await storage.getEmbeddings(keys);
      const all = new Float32Array(photos.length * at.width);
      keys.forEach((key, i) => {
        const row = found.get(key);
        if (row === undefined)
          throw new Error(`embedding missing for photo ${photos[i]?.name ?? ''}`);
        all.set(row, i * at.width);
      });
      return all;
    },
  };
}
