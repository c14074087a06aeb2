/**
 * The ImageNet MobileNets against values that were computed elsewhere, with the plain library: finds a
 * wrong input range, a wrong node or wrong pooling, on every backend.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import type { BackboneCard } from '../../src/domain/backbone-card.ts';
import { BACKBONE_CATALOGUE } from '../../src/domain/backbone-catalogue.ts';
import type { BackendName } from '../../src/domain/backend.ts';
import { readArtifacts } from '../../src/testing/engine-fixtures.ts';
import { expect, test } from '../fixtures/app.ts';
import { openHarness, startBackend } from '../fixtures/engine-harness.ts';
import { HAS_SHARED_MODELS, NO_SHARED_MODELS, SHARED_FOLDER } from '../fixtures/shared-models.ts';

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

const MODELS = [
  { folder: 'mobilenet_v2_0.35_224', cardId: 'mobilenet-v2-035-224', format: 'layers' },
  { folder: 'mobilenet_v2_1.0_224', cardId: 'mobilenet-v2-100-224', format: 'mobilenet' },
] as const;

/** Values reach about 4; the reference has five decimals and says backends agree to about 1e-3. */
const VALUE_TOLERANCE = 2e-3;
const NORM_TOLERANCE = 2e-3;

/** Software WebGPU needs seconds for one picture of this size. */
const PICTURES: Readonly<Record<'wasm' | 'webgl' | 'webgpu', number>> = {
  wasm: 3,
  webgl: 2,
  webgpu: 1,
};

function cardOf(id: string): BackboneCard {
  const card = BACKBONE_CATALOGUE.find((each) => each.id === id);
  if (card === undefined) throw new Error(`no card ${id}`);
  return card;
}

function readSamples(): readonly ReferenceSample[] {
  const file = path.join(SHARED_FOLDER, 'models', 'reference.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { samples: ReferenceSample[] }).samples;
}

/** RGB bytes of a PNG, [height, width, 3]. */
function readPixels(png: string): Uint8Array {
  const { data, width, height } = PNG.sync.read(readFileSync(path.join(SHARED_FOLDER, png)));
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    return data[Math.floor(i / 3) * 4 + (i % 3)] ?? 0;
  });
}

test.skip(!HAS_SHARED_MODELS, NO_SHARED_MODELS);

for (const { folder, cardId, format } of MODELS) {
  for (const backend of ['wasm', 'webgl', 'webgpu'] as const satisfies readonly BackendName[]) {
    test(`${folder} on ${backend} gives the reference embeddings`, async ({
      page,
      sharedServer,
    }) => {
      test.setTimeout(backend === 'webgpu' ? 300_000 : 120_000);
      const card = cardOf(cardId);
      expect(card.format).toBe(format);
      await openHarness(page, sharedServer.url);
      const engine = await startBackend(page, backend);
      const artifacts = readArtifacts(path.join(SHARED_FOLDER, 'models', folder));
      await engine.call('backbone/load', { card, artifacts });
      expect(await engine.call('memory', {})).toMatchObject({ backend });
      const samples = readSamples().slice(0, PICTURES[backend]);
      expect(samples.length).toBe(PICTURES[backend]);
      for (const sample of samples) {
        const reference = sample[folder] as ReferenceEmbedding;
        const { embeddings, width } = await engine.call('embed', {
          pixels: readPixels(sample.png),
          count: 1,
        });
        expect(width).toBe(1280);
        const values = [...embeddings];
        reference.embedding.first8.forEach((wanted, i) => {
          const error = Math.abs((values[i] ?? NaN) - wanted);
          expect(error, `value ${String(i)} of ${sample.png}`).toBeLessThan(VALUE_TOLERANCE);
        });
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
        expect(Math.abs(mean - reference.embedding.mean)).toBeLessThan(VALUE_TOLERANCE);
        expect(Math.abs(norm / reference.embedding.l2 - 1)).toBeLessThan(NORM_TOLERANCE);
      }
    });
  }
}
