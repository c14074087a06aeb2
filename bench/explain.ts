/**
 * What looking closer costs: a prediction with class activation maps against one without, through the
 * same request handlers, and the time of a map of many photos. Node, wasm:
 * `node bench/run.mjs explain.ts [photos…]`.
 */
import { performance } from 'node:perf_hooks';
import { createRandom } from '../src/domain/random.ts';
import { makePhotoMap } from '../src/domain/photo-map.ts';
import type { HeadWeights } from '../src/domain/head.ts';
import {
  BUILT_IN_FOLDER,
  readArtifacts,
  readBuiltInCard,
  WASM_FOLDER,
} from '../src/testing/engine-fixtures.ts';
import { createBackendService } from '../src/worker/backend/backend-service.ts';
import { EngineSession } from '../src/worker/backend/engine-session.ts';
import { createEmbedService } from '../src/worker/embed/embed-service.ts';
import { createExplainService } from '../src/worker/explain/explain-service.ts';

const DIM = readBuiltInCard().embedding.width;
const CLASSES = 5;
const REPEATS = 40;
const MAP_PHOTOS = [300, 2000, 5000];

const LARGEST_RATIO = 1.5;
const LONGEST_MAP_MS = 15_000;

// While this module is being loaded: what the worker's code imports later on cannot be found once the
// runner that loaded this file has closed.
const engine = await openEngine();

export async function main(photos: readonly string[]): Promise<void> {
  for (const hiddenUnits of [0, 128]) await compare(hiddenUnits);
  const counts = photos.length > 0 ? photos.map(Number) : MAP_PHOTOS;
  for (const count of counts) {
    for (const method of ['pca', 'umap'] as const) mapTime(count, method);
  }
}

async function openEngine() {
  const session = new EngineSession();
  const context = { signal: new AbortController().signal, emit: () => undefined };
  const card = readBuiltInCard();
  const artifacts = readArtifacts(BUILT_IN_FOLDER);
  const backends = createBackendService(session);
  await backends['backend/open']({ backend: 'wasm', wasmPath: WASM_FOLDER }, context);
  const embeds = createEmbedService(session);
  await embeds['backbone/load']({ card, artifacts }, context);
  return { card, context, embeds, explains: createExplainService(session) };
}

async function compare(hiddenUnits: number): Promise<void> {
  const { card, context, embeds, explains } = engine;
  const pixels = new Uint8Array(card.inputSize ** 2 * 3).map((_, i) => (i * 37) % 251);
  const head = someHead(hiddenUnits);
  const plain: number[] = [];
  const close: number[] = [];
  // Taking turns, so that whatever else the machine does falls on both.
  for (let i = 0; i < REPEATS + 5; i++) {
    const alone = await timed(() => embeds.embed({ pixels, count: 1 }, context));
    const both = await timed(() => explains.explain({ pixels, count: 1, head }, context));
    if (i >= 5) {
      plain.push(alone);
      close.push(both);
    }
  }
  const ratio = median(close) / median(plain);
  console.log(
    `wasm, ${hiddenUnits === 0 ? 'linear head' : `${String(hiddenUnits)} hidden units`}: prediction ` +
      `${median(plain).toFixed(1)} ms, with maps ${median(close).toFixed(1)} ms: ` +
      `${ratio.toFixed(2)} times (at most ${LARGEST_RATIO.toFixed(1)}: ${verdict(ratio <= LARGEST_RATIO)})`,
  );
}

/** Clouds of non-negative numbers, half of them zero, as embeddings behind a ReLU are. */
function mapTime(count: number, method: 'pca' | 'umap'): void {
  const random = createRandom(3);
  const centres = Float32Array.from({ length: CLASSES * DIM }, () => random.normal());
  const embeddings = Float32Array.from({ length: count * DIM }, (_, at) => {
    const centre = centres[(Math.floor(at / DIM) % CLASSES) * DIM + (at % DIM)] ?? 0;
    return Math.max(0, 0.7 * centre + random.normal());
  });
  const startedAt = performance.now();
  let longest = 0;
  let before = startedAt;
  const work = makePhotoMap({ embeddings, count, dim: DIM, method, seed: 1 });
  for (let step = work.next(); step.done !== true; step = work.next()) {
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
  }
  const elapsed = performance.now() - startedAt;
  const limit = count <= 2000 ? ` (at most 15 s: ${verdict(elapsed <= LONGEST_MAP_MS)})` : '';
  console.log(
    `${method}, ${String(count)} photos: ${(elapsed / 1000).toFixed(1)} s${limit}; longest stretch ` +
      `without looking at messages ${longest.toFixed(0)} ms`,
  );
}

function someHead(hiddenUnits: number): HeadWeights {
  const random = createRandom(7);
  const small = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => 0.05 * random.normal());
  return {
    inputDim: DIM,
    hiddenUnits,
    classCount: CLASSES,
    standardisation: { mean: small(DIM), scale: new Float32Array(DIM).fill(0.4) },
    hiddenKernel: hiddenUnits === 0 ? null : small(DIM * hiddenUnits),
    hiddenBias: hiddenUnits === 0 ? null : small(hiddenUnits),
    outputKernel: small((hiddenUnits === 0 ? DIM : hiddenUnits) * CLASSES),
    outputBias: small(CLASSES),
  };
}

async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : 'MISSED';
}
