/** Our side of the comparison: the real engine, as the studio wires it, without the studio around it. */
import type { BackboneArtifacts, BackboneCard } from '../../src/domain/backbone-card.ts';
import type { BackendName } from '../../src/domain/backend.ts';
import { DEFAULT_HYPERPARAMETERS } from '../../src/domain/hyperparameter-specs.ts';
import type { Hyperparameters } from '../../src/domain/hyperparameters.ts';
import type { EpochMetrics } from '../../src/domain/metrics.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { spawnEngineWorker, spawnIntakeWorker } from '../../src/engine/spawn-workers.ts';

export interface OurTask {
  readonly backboneFolder: string;
  readonly wasmPath: string;
  readonly backend: BackendName;
  readonly photos: readonly { readonly url: string; readonly label: number }[];
  readonly classCount: number;
  readonly trainRows: readonly number[];
  readonly validationRows: readonly number[];
  /** Settings of the comparison head. */
  readonly sameHead: Partial<Hyperparameters>;
}

export interface OurResult {
  readonly backend: string;
  readonly embedMs: number;
  /** Of it, the storing part that the peer does not do: bounding, re-encoding, hashing, thumbnail. */
  readonly prepareMs: number;
  readonly sameHeadMs: number;
  readonly sameHeadAccuracies: readonly number[];
  readonly defaults: readonly {
    readonly elapsedMs: number;
    readonly validationAccuracy: number | null;
  }[];
  readonly defaultsMs: number;
  readonly longestTaskMs: number;
}

const MAX_STORED_SIDE_PX = 480;
const BATCH_PHOTOS = 16;

async function readArtifacts(folder: string, card: BackboneCard): Promise<BackboneArtifacts> {
  const modelJson = (await (await fetch(`${folder}model.json`)).json()) as {
    weightsManifest: { paths: string[] }[];
  };
  const paths = modelJson.weightsManifest.flatMap((group) => group.paths);
  const parts = await Promise.all(
    paths.map(async (path) => (await fetch(folder + path)).arrayBuffer()),
  );
  return { modelJson, weights: await new Blob(parts).arrayBuffer(), weightsSha256: card.id };
}

/** Everything the studio does from files to embeddings, two batches in flight as there. */
async function embedPhotos(engine: Engine, card: BackboneCard, task: OurTask) {
  const width = card.embedding.width;
  const embeddings = new Float32Array(task.photos.length * width);
  const prepareFrom = performance.now();
  const stored = await Promise.all(
    task.photos.map(async ({ url }) => {
      const result = await engine.preparePhoto(await (await fetch(url)).blob(), MAX_STORED_SIDE_PX);
      if (result.kind === 'refused') throw new Error(`refused: ${url}`);
      return result.image;
    }),
  );
  const prepareMs = performance.now() - prepareFrom;
  const pixelsOf = (at: number) =>
    Promise.all(
      stored
        .slice(at, at + BATCH_PHOTOS)
        .map((image) => engine.photoPixels(image, card.inputSize, 'crop')),
    );
  const from = performance.now();
  let next = pixelsOf(0);
  for (let at = 0; at < stored.length; at += BATCH_PHOTOS) {
    const pixels = await next;
    next = pixelsOf(at + BATCH_PHOTOS);
    const size = pixels[0]?.length ?? 0;
    const batch = new Uint8Array(pixels.length * size);
    pixels.forEach((bytes, i) => {
      batch.set(bytes, i * size);
    });
    embeddings.set(await engine.embed(batch, pixels.length), at * width);
  }
  return { embeddings, prepareMs, embedMs: performance.now() - from };
}

async function train(engine: Engine, runId: string, settings: Partial<Hyperparameters>) {
  const epochs: EpochMetrics[] = [];
  const from = performance.now();
  await engine.train({
    runId,
    dataKey: 'bench',
    hyperparameters: { ...DEFAULT_HYPERPARAMETERS, ...settings },
    onEpoch: (metrics) => epochs.push(metrics),
  });
  return { epochs, elapsedMs: performance.now() - from };
}

async function runOurs(task: OurTask): Promise<OurResult> {
  let longestTaskMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, entry.duration);
  });
  observer.observe({ entryTypes: ['longtask'] });
  const engine = createEngine({
    createEngineWorker: spawnEngineWorker,
    createIntakeWorker: spawnIntakeWorker,
    wasmPath: task.wasmPath,
    hardwareConcurrency: navigator.hardwareConcurrency,
  });
  const choice = await engine.useBackends({ embedding: task.backend, head: task.backend }, []);
  const card = (await (await fetch(`${task.backboneFolder}manifest.json`)).json()) as BackboneCard;
  await engine.loadBackbone(card, await readArtifacts(task.backboneFolder, card));
  await embedPhotos(engine, card, { ...task, photos: task.photos.slice(0, BATCH_PHOTOS) });
  const { embeddings, embedMs, prepareMs } = await embedPhotos(engine, card, task);
  await engine.loadTrainingData({
    dataKey: 'bench',
    embeddings,
    count: task.photos.length,
    dim: card.embedding.width,
    labels: Int32Array.from(task.photos, (photo) => photo.label),
    classCount: task.classCount,
    trainRows: Int32Array.from(task.trainRows),
    validationRows: Int32Array.from(task.validationRows),
  });
  await train(engine, 'warm', { ...task.sameHead, epochs: 2 });
  const same = await train(engine, 'same', task.sameHead);
  await train(engine, 'warm-defaults', { epochs: 2 });
  const defaults = await train(engine, 'defaults', {});
  observer.disconnect();
  engine.dispose();
  return {
    backend: choice.embedding,
    embedMs,
    prepareMs,
    sameHeadMs: same.elapsedMs,
    sameHeadAccuracies: same.epochs.map((epoch) => epoch.validationAccuracy ?? NaN),
    defaults: defaults.epochs.map(({ elapsedMs, validationAccuracy }) => ({
      elapsedMs,
      validationAccuracy,
    })),
    defaultsMs: defaults.elapsedMs,
    longestTaskMs,
  };
}

declare global {
  interface Window {
    runOurs: typeof runOurs;
  }
}
window.runOurs = runOurs;
