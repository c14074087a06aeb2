import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKBONE_CATALOGUE } from '../../domain/backbone-catalogue.ts';
import type { BackboneArtifacts, BackboneCard } from '../../domain/backbone-card.ts';
import { parseBackboneManifest } from '../../formats/backbone-manifest.ts';
import {
  BUILT_IN_FOLDER,
  HAS_SHARED,
  readArtifacts,
  readBuiltInCard,
  readJson,
  SHARED_FOLDER,
  WASM_FOLDER,
} from '../../testing/engine-fixtures.ts';
import { openBackend } from '../backend/open-backend.ts';
import { createBatchTuner } from '../embed/batch-tuner.ts';
import { embedPixels } from '../embed/embed-pixels.ts';
import { goldenEmbedding, loadBackbone } from './load-backbone.ts';

const never = new AbortController().signal;
const card = readBuiltInCard();
const artifacts = readArtifacts(BUILT_IN_FOLDER);
const { width } = card.embedding;
const side = card.inputSize;
const mapSide = card.featureMap?.side ?? 0;
const bytes = artifacts.weights.byteLength;
/** Of the ImageNet MobileNetV2s. */
const REFERENCE_WIDTH = 1280;

beforeAll(async () => {
  await openBackend('wasm', { wasmPath: WASM_FOLDER, onLost: () => undefined });
});

describe('the built-in backbone', () => {
  it('has a manifest that is valid and true', () => {
    expect(parseBackboneManifest(card, 'headstart-v2-050')).toEqual({ ok: true, card });
    const weightsFile = card.files.find((file) => file.path === 'weights.bin');
    expect(weightsFile?.sha256).toBe(artifacts.weightsSha256);
    expect(weightsFile?.bytes).toBe(artifacts.weights.byteLength);
    expect(card.totalBytes).toBeLessThan(2_000_000);
  });

  it('reproduces its golden embedding', async () => {
    const { network, goldenError } = await loadBackbone(card, artifacts, never);
    expect(goldenError).toBeLessThan(1e-5);
    network.dispose();
  });

  it('gives a feature map whose mean is the embedding', async () => {
    const { network } = await loadBackbone(card, artifacts, never);
    const { tensor4d, mean } = await import('@tensorflow/tfjs-core');
    const { sineInput } = await import('./pixel-range.ts');
    const input = tensor4d(sineInput(side, [-1, 1]), [1, side, side, 3]);
    const map = network.featureMap?.(input);
    expect(map?.shape).toEqual([1, mapSide, mapSide, width]);
    const pooled = await mean(map as NonNullable<typeof map>, [1, 2]).data();
    const embedding = await network.embed(input).data();
    for (let i = 0; i < width; i++) expect(pooled[i]).toBeCloseTo(embedding[i] as number, 4);
    network.dispose();
  });

  it('leaves no tensor behind when it is disposed of', async () => {
    const before = memory().numTensors;
    const { network } = await loadBackbone(card, artifacts, never);
    network.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('stops loading when cancelled', async () => {
    const before = memory().numTensors;
    const loading = loadBackbone(card, artifacts, AbortSignal.abort());
    await expect(loading).rejects.toMatchObject({ code: 'aborted' });
    expect(memory().numTensors).toBe(before);
  });
});

describe('files that are not what the card says', () => {
  const changed = (change: Partial<BackboneArtifacts>): BackboneArtifacts => ({
    ...artifacts,
    ...change,
  });
  const model = artifacts.modelJson as Record<string, unknown>;

  it.each<[string, BackboneCard, BackboneArtifacts, string, RegExp]>([
    [
      'weights cut short',
      card,
      changed({ weights: artifacts.weights.slice(0, -1000) }),
      'backbone-invalid',
      new RegExp(`end too early: ${String(bytes - 1000)} of ${String(bytes)} bytes`),
    ],
    [
      'weights too long',
      card,
      changed({ weights: new ArrayBuffer(artifacts.weights.byteLength + 2) }),
      'backbone-invalid',
      /too long/,
    ],
    ['no JSON object', card, changed({ modelJson: 'hello' }), 'backbone-invalid', /not an object/],
    [
      'no topology',
      card,
      changed({ modelJson: { ...model, modelTopology: undefined } }),
      'backbone-invalid',
      /no modelTopology/,
    ],
    [
      'a damaged manifest',
      card,
      changed({ modelJson: { ...model, weightsManifest: [{ weights: [{ name: 1 }] }] } }),
      'backbone-invalid',
      /weightsManifest/,
    ],
    [
      'another format',
      { ...card, format: 'layers' },
      artifacts,
      'backbone-invalid',
      /is a "graph-model"/,
    ],
    [
      'another input size',
      { ...card, inputSize: 96 },
      artifacts,
      'backbone-invalid',
      new RegExp(`${String(side)}×${String(side)}×3`),
    ],
    [
      'another embedding width',
      { ...card, embedding: { ...card.embedding, width: 1024 } },
      artifacts,
      'backbone-invalid',
      new RegExp(`gives \\[1, ${String(width)}\\]`),
    ],
    [
      'a node that is not there',
      { ...card, embedding: { ...card.embedding, node: 'nowhere' } },
      artifacts,
      'backbone-invalid',
      /nowhere/,
    ],
    [
      'a map without pooling',
      { ...card, embedding: { ...card.embedding, node: 'feature_map' } },
      artifacts,
      'backbone-invalid',
      new RegExp(`gives \\[1, ${[mapSide, mapSide, width].join(', ')}\\]`),
    ],
    [
      'the wrong input range',
      { ...card, inputRange: [0, 1] },
      artifacts,
      'backbone-wrong-numbers',
      /golden embedding sums to/,
    ],
    [
      'a first layer of zeros',
      card,
      changed({ weights: withoutStart(artifacts.weights, 3 * 3 * 3 * 16 * 2) }),
      'backbone-wrong-numbers',
      /sums to/,
    ],
  ])('refuses %s', async (_name, wrongCard, wrongArtifacts, code, message) => {
    const before = memory().numTensors;
    const loading = loadBackbone(wrongCard, wrongArtifacts, never);
    const error = await loading.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toMatch(message);
    expect(memory().numTensors).toBe(before);
  });

  it('puts both sums into the error', async () => {
    const loading = loadBackbone({ ...card, inputRange: [0, 1] }, artifacts, never);
    const error = await loading.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ detail: { wantedSum: card.golden?.sum } });
    const { detail } = error as { detail: { sum: number } };
    expect(detail.sum).not.toBeCloseTo(card.golden?.sum as number, 1);
  });
});

/** A copy whose first bytes are zero. */
function withoutStart(weights: ArrayBuffer, bytes: number): ArrayBuffer {
  const copy = weights.slice(0);
  new Uint8Array(copy, 0, bytes).fill(0);
  return copy;
}

interface ReferenceSample {
  readonly png: string;
  readonly [model: string]: unknown;
}
interface ReferenceEmbedding {
  readonly embedding: {
    readonly first8: readonly number[];
    readonly mean: number;
    readonly l2: number;
  };
}

/** The catalogue's own cards; the golden embedding of the first is thereby checked too. */
const referenceCards = (
  [
    ['mobilenet_v2_1.0_224', 'mobilenet-v2-100-224'],
    ['mobilenet_v2_0.35_224', 'mobilenet-v2-035-224'],
  ] as const
).map(([folder, id]) => {
  const found = BACKBONE_CATALOGUE.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the catalogue has no ${id}`);
  return [folder, found] as const;
});

describe.skipIf(!HAS_SHARED)('ImageNet backbones (needs ../shared; skipped without it)', () => {
  it.each(referenceCards)('%s gives the reference embeddings', async (name, referenceCard) => {
    const before = memory().numTensors;
    const folder = join(SHARED_FOLDER, 'models', name);
    const { network } = await loadBackbone(referenceCard, readArtifacts(folder), never);
    const { samples } = readJson(join(SHARED_FOLDER, 'models', 'reference.json')) as {
      samples: readonly ReferenceSample[];
    };
    const some = samples.slice(0, 3);
    const bytesPerPicture = 224 * 224 * 3;
    const pixels = new Uint8Array(some.length * bytesPerPicture);
    some.forEach((sample, i) => {
      pixels.set(readRgb(join(SHARED_FOLDER, sample.png)), i * bytesPerPicture);
    });
    const embeddings = await embedPixels(network, pixels, some.length, {
      tuner: createBatchTuner([1, 2], true),
      signal: never,
      assertUsable: () => undefined,
    });
    some.forEach((sample, i) => {
      const got = embeddings.subarray(i * REFERENCE_WIDTH, (i + 1) * REFERENCE_WIDTH);
      const { embedding: wanted } = sample[name] as ReferenceEmbedding;
      wanted.first8.forEach((value, k) => {
        expect(got[k]).toBeCloseTo(value, 3);
      });
      const mean = got.reduce((sum, x) => sum + x, 0) / REFERENCE_WIDTH;
      expect(mean).toBeCloseTo(wanted.mean, 3);
      expect(Math.hypot(...got)).toBeCloseTo(wanted.l2, 2);
    });
    network.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it.each(referenceCards)('%s gives a map that pools to the embedding', async (name, one) => {
    const folder = join(SHARED_FOLDER, 'models', name);
    const { network } = await loadBackbone(one, readArtifacts(folder), never);
    const { tensor4d, mean } = await import('@tensorflow/tfjs-core');
    const { sineInput } = await import('./pixel-range.ts');
    const input = tensor4d(sineInput(224, network.inputRange), [1, 224, 224, 3]);
    const map = network.featureMap?.(input);
    const pooled = await mean(map as NonNullable<typeof map>, [1, 2]).data();
    const wanted = await goldenEmbedding(network);
    for (let i = 0; i < REFERENCE_WIDTH; i++) {
      expect(pooled[i]).toBeCloseTo(wanted[i] as number, 3);
    }
    network.dispose();
  });
});

function readRgb(path: string): Uint8Array {
  const { data, width, height } = PNG.sync.read(readFileSync(path));
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    rgb.set(data.subarray(i * 4, i * 4 + 3), i * 3);
  }
  return rgb;
}
