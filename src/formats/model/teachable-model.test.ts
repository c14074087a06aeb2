/** Teachable Machine's real exports, and exports that are broken in the ways files break. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BackboneCard } from '../../domain/backbone-card.ts';
import { headProbabilities } from '../../domain/head-forward.ts';
import { fitAndResample } from '../../domain/resample.ts';
import { readJson, SHARED_FOLDER, WASM_FOLDER } from '../../testing/engine-fixtures.ts';
import { openBackend } from '../../worker/backend/open-backend.ts';
import { loadBackbone } from '../../worker/backbone/load-backbone.ts';
import { createBatchTuner } from '../../worker/embed/batch-tuner.ts';
import { embedPixels } from '../../worker/embed/embed-pixels.ts';
import { MAX_MODEL_JSON_BYTES, readTeachableModel } from './teachable-model.ts';
import type { TeachableFiles } from './teachable-model.ts';

const TM = join(SHARED_FOLDER, 'tm');
const HAS_TM = existsSync(join(TM, 'shapes-3', 'expected.json'));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function filesOf(folder: string): TeachableFiles {
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
  return {
    modelJson: read('model.json'),
    metadata: read('metadata.json'),
    weights: (path) => (existsSync(join(folder, path)) ? read(path) : null),
  };
}

interface Expected {
  readonly samples: readonly { readonly png: string; readonly tm: readonly number[] }[];
}

describe.skipIf(!HAS_TM)('real exports (need ../shared/tm; skipped without it)', () => {
  beforeAll(async () => {
    await openBackend('wasm', { wasmPath: WASM_FOLDER, onLost: () => undefined });
  });

  it.each(['shapes-3', 'can-i-recycle', 'hiragana-46'])(
    '%s answers as it does there',
    async (name) => {
      const model = readTeachableModel(filesOf(join(TM, name)));
      const expected = readJson(join(TM, name, 'expected.json')) as Expected;
      const card: BackboneCard = {
        ...model.card,
        id: 'from-a-file',
        files: [],
        totalBytes: 1,
        summaryKey: 'backbone.summary.file',
      };
      const { network } = await loadBackbone(
        card,
        { ...model.artifacts, weightsSha256: '' },
        new AbortController().signal,
      );
      const samples = expected.samples.slice(0, 4);
      const size = 224 * 224 * 3;
      const pixels = new Uint8Array(samples.length * size);
      samples.forEach(({ png }, i) => {
        const { data, width, height } = PNG.sync.read(readFileSync(join(SHARED_FOLDER, png)));
        pixels.set(fitAndResample(data, width, height, 224, 'crop'), i * size);
      });
      const embeddings = await embedPixels(network, pixels, samples.length, {
        tuner: createBatchTuner([1, 2], true),
        signal: new AbortController().signal,
        assertUsable: () => undefined,
      });
      network.dispose();
      const got = headProbabilities(model.head, embeddings, samples.length);
      samples.forEach(({ tm }, i) => {
        tm.forEach((wanted, c) => {
          expect(Math.abs((got[i * tm.length + c] ?? NaN) - wanted)).toBeLessThan(1e-3);
        });
      });
    },
  );

  const whole = HAS_TM ? filesOf(join(TM, 'shapes-3')) : null;
  const broken = (change: Partial<TeachableFiles>): TeachableFiles => ({
    ...(whole as TeachableFiles),
    ...change,
  });
  const metadata = (content: unknown): Partial<TeachableFiles> => ({
    metadata: bytes(JSON.stringify(content)),
  });
  const model = (change: (json: Record<string, unknown>) => unknown): Partial<TeachableFiles> => {
    const text = new TextDecoder().decode(whole?.modelJson ?? bytes('{}'));
    return {
      modelJson: bytes(JSON.stringify(change(JSON.parse(text) as Record<string, unknown>))),
    };
  };
  const weightBytes = (): Uint8Array => whole?.weights('weights.bin')?.slice() ?? new Uint8Array();

  it.each<[string, () => Partial<TeachableFiles>, string]>([
    ['a missing shard', () => ({ weights: () => null }), 'missing-file'],
    [
      'weights cut short',
      () => ({ weights: () => weightBytes().slice(0, -400) }),
      'weights-length',
    ],
    [
      'weights that are not numbers',
      () => ({ weights: () => new Uint8Array(weightBytes().length).fill(0xff) }),
      'not-finite',
    ],
    ['no metadata', () => ({ metadata: null }), 'missing-file'],
    ['metadata without labels', () => metadata({ imageSize: 224 }), 'no-labels'],
    ['metadata that is not JSON', () => ({ metadata: bytes('<html>') }), 'not-json'],
    ['too few labels', () => metadata({ labels: ['a'] }), 'label-count'],
    [
      'a thousand classes',
      () => metadata({ labels: Array.from({ length: 1000 }, (_, i) => `c${i}`) }),
      'too-many-classes',
    ],
    [
      'poses',
      () => metadata({ labels: ['a', 'b', 'c'], packageName: '@teachablemachine/pose' }),
      'not-images',
    ],
    ['grey pictures', () => metadata({ labels: ['a', 'b', 'c'], grayscale: true }), 'not-images'],
    ['model.json of another kind', () => model(() => ({ hello: 1 })), 'not-a-model'],
    ['a graph model', () => model((json) => ({ ...json, format: 'graph-model' })), 'graph-model'],
    [
      'a huge model.json',
      () => ({ modelJson: new Uint8Array(MAX_MODEL_JSON_BYTES + 1) }),
      'too-large',
    ],
    [
      'a damaged manifest',
      () => model((json) => ({ ...json, weightsManifest: 7 })),
      'missing-weights',
    ],
    [
      'a model without layers',
      () => model((json) => ({ ...json, modelTopology: { class_name: 'Sequential', config: [] } })),
      'unsupported-layer',
    ],
    [
      'swapped shapes',
      () =>
        model((json) => ({
          ...json,
          weightsManifest: JSON.parse(
            JSON.stringify(json['weightsManifest']).replace('[1280,100]', '[100,1280]'),
          ) as unknown,
        })),
      'wrong-shape',
    ],
  ])('refuses %s', (_name, change, code) => {
    let thrown: unknown = null;
    try {
      readTeachableModel(broken(change()));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code });
  });

  it('takes labels with slashes, emoji, right-to-left text and doubles', () => {
    const labels = ['a/b\\c', '🍎', 'תפוח'];
    const read = readTeachableModel(broken(metadata({ labels })));
    expect(read.labels).toEqual(labels);
    const twice = readTeachableModel(broken(metadata({ labels: ['x', 'x', '\u202e'] })));
    expect(twice.labels).toEqual(['x', 'x (2)', 'Class 3']);
  });
});
