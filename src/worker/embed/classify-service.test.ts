/** The classes a backbone was pretrained on, asked from embeddings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { mean, memory, tensor2d, tensor4d, type Tensor } from '@tensorflow/tfjs-core';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKBONE_CATALOGUE } from '../../domain/backbone-catalogue.ts';
import type { BackboneCard } from '../../domain/backbone-card.ts';
import { softmaxRows } from '../../domain/head-forward.ts';
import { classNameMatcher } from '../../domain/zero-shot.ts';
import type { EngineRequestMap } from '../../protocol/engine-messages.ts';
import { recordingContext } from '../../testing/head-fixtures.ts';
import {
  BUILT_IN_FOLDER,
  HAS_SHARED,
  readArtifacts,
  readBuiltInCard,
  readJson,
  SHARED_FOLDER,
  WASM_FOLDER,
} from '../../testing/engine-fixtures.ts';
import { EngineSession } from '../backend/engine-session.ts';
import { openBackend, type OpenedBackend } from '../backend/open-backend.ts';
import { goldenEmbedding, loadBackbone } from '../backbone/load-backbone.ts';
import { toModelArtifacts } from '../backbone/model-artifacts.ts';
import { sineInput } from '../backbone/pixel-range.ts';
import { createBatchTuner } from './batch-tuner.ts';
import { createClassifyService } from './classify-service.ts';
import { embedPixels } from './embed-pixels.ts';

type Asked = EngineRequestMap['backbone/classify'];

const signal = new AbortController().signal;
let backend: OpenedBackend;

beforeAll(async () => {
  backend = await openBackend('wasm', { wasmPath: WASM_FOLDER, onLost: () => undefined });
});

async function open(card: BackboneCard, folder: string) {
  const { network } = await loadBackbone(card, readArtifacts(folder), signal);
  const session = new EngineSession();
  session.useBackend(backend);
  session.useNetwork(network);
  const service = createClassifyService(session);
  const { context } = recordingContext();
  return {
    network,
    classes: async () =>
      (await service['backbone/classes'](
        {},
        context,
      )) as EngineRequestMap['backbone/classes']['out'],
    async classify(request: Asked['in']): Promise<Float32Array> {
      const reply = await service['backbone/classify'](request, context);
      const { sums } = 'value' in reply ? reply.value : reply;
      return sums;
    },
  };
}

describe('the built-in backbone', () => {
  it('says of an embedding what its whole network says of the photo', async () => {
    const card = readBuiltInCard();
    const engine = await open(card, BUILT_IN_FOLDER);
    expect(await engine.classes()).toEqual({ outputs: 200, names: null });

    const artifacts = toModelArtifacts(card, readArtifacts(BUILT_IN_FOLDER));
    const whole = await loadGraphModel({ load: () => Promise.resolve(artifacts) });
    const side = card.inputSize;
    const input = tensor4d(sineInput(side, engine.network.inputRange), [1, side, side, 3]);
    const logits = (await (whole.execute(input, 'logits') as Tensor).data()) as Float32Array;
    const wanted = softmaxRows(logits, 200);

    const one = await goldenEmbedding(engine.network);
    const count = 300;
    const embeddings = new Float32Array(count * one.length);
    for (let row = 0; row < count; row++) embeddings.set(one, row * one.length);
    const groups = [...Array.from({ length: 200 }, (_, index) => [index]), [3, 5], []];
    const before = memory().numTensors;
    const sums = await engine.classify({ embeddings, count, classes: 200, groups });
    expect(memory().numTensors).toBe(before);
    for (const row of [0, 255, 256, 299]) {
      const own = sums.subarray(row * 202, (row + 1) * 202);
      wanted.forEach((value, index) => {
        expect(own[index]).toBeCloseTo(value, 5);
      });
      expect(own[200]).toBeCloseTo((wanted[3] ?? 0) + (wanted[5] ?? 0), 5);
      expect(own[201]).toBe(0);
    }
    engine.network.dispose();
  });

  it('has as many names beside it as classes', () => {
    const names = readJson(join(BUILT_IN_FOLDER, 'classes.json')) as readonly { name: string }[];
    expect(names).toHaveLength(200);
    const labels = names.map(({ name }) => name);
    expect(classNameMatcher(labels)('Bees').map((index) => labels[index])).toEqual(['bee']);
  });

  it('refuses embeddings of another width and more classes than there are', async () => {
    const card = readBuiltInCard();
    const engine = await open(card, BUILT_IN_FOLDER);
    const ask = (width: number, classes: number) =>
      engine.classify({ embeddings: new Float32Array(width), count: 1, classes, groups: [[0]] });
    await expect(ask(1024, 200)).rejects.toMatchObject({ code: 'bad-request' });
    await expect(ask(card.embedding.width, 201)).rejects.toMatchObject({ code: 'bad-request' });
    engine.network.dispose();
  });
});

describe.skipIf(!HAS_SHARED)('an ImageNet backbone (needs ../shared; skipped without it)', () => {
  const folder = join(SHARED_FOLDER, 'models', 'mobilenet_v2_1.0_224');
  const hub = BACKBONE_CATALOGUE.find((one) => one.id === 'mobilenet-v2-100-224');
  if (hub === undefined) throw new Error('the catalogue has no such card');
  const asGraph: BackboneCard = { ...hub, format: 'graph' };

  it.each([
    ['through its library', hub],
    ['as a plain graph', asGraph],
  ])('names what is on photos, %s', async (_how, card) => {
    const engine = await open(card, folder);
    const { outputs, names } = await engine.classes();
    expect(outputs).toBe(1_001);
    if (names === null) throw new Error('no names');
    const { samples } = readJson(join(SHARED_FOLDER, 'models', 'reference.json')) as {
      samples: readonly {
        readonly png: string;
        readonly 'mobilenet_v2_1.0_224': {
          readonly top3: readonly { readonly label: string; readonly p: number }[];
        };
      }[];
    };
    for (const sample of samples.slice(0, 3)) {
      const { data } = PNG.sync.read(readFileSync(join(SHARED_FOLDER, sample.png)));
      const pixels = Uint8Array.from({ length: 224 * 224 * 3 }, (_, i) => {
        return data[Math.floor(i / 3) * 4 + (i % 3)] ?? 0;
      });
      const embeddings = await embedPixels(engine.network, pixels, 1, {
        tuner: createBatchTuner([1], true),
        signal,
        assertUsable: () => undefined,
      });
      const { top3 } = sample['mobilenet_v2_1.0_224'];
      const groups = top3.map(({ label }) => [names.indexOf(label)]);
      const sums = await engine.classify({ embeddings, count: 1, classes: 1_000, groups });
      top3.forEach(({ p }, index) => {
        expect(sums[index]).toBeCloseTo(p, 2);
      });
    }
    engine.network.dispose();
  });

  it('has none in a file that ends with the embedding', async () => {
    const card = BACKBONE_CATALOGUE.find((one) => one.id === 'mobilenet-v2-035-224');
    if (card === undefined) throw new Error('the catalogue has no such card');
    const engine = await open(card, join(SHARED_FOLDER, 'models', 'mobilenet_v2_0.35_224'));
    expect(await engine.classes()).toEqual({ outputs: 0, names: null });
    engine.network.dispose();
  });
});

describe('a layers model with its classifier', () => {
  it('is asked behind the layer of the embedding', async () => {
    const { sequential, layers } = await import('@tensorflow/tfjs-layers');
    const { layersClassifier } = await import('../backbone/layers-network.ts');
    const made = sequential({
      layers: [
        layers.conv2d({ name: 'features', filters: 4, kernelSize: 3, inputShape: [8, 8, 3] }),
        layers.globalAveragePooling2d({}),
        layers.reshape({ targetShape: [1, 1, 4] }),
        layers.conv2d({ filters: 5, kernelSize: 1, biasInitializer: 'randomNormal' }),
        layers.flatten(),
      ],
    });
    const card = { ...readBuiltInCard(), embedding: { node: 'features', width: 4, pool: true } };
    const classifier = layersClassifier(card, made);
    if (classifier === null) throw new Error('no classifier found');
    expect(classifier.outputs).toBe(5);
    const input = tensor4d(sineInput(8, [-1, 1]), [1, 8, 8, 3]);
    const wanted = await (made.predict(input) as Tensor).data();
    const map = made.layers[0]?.apply(input) as Tensor;
    const embedding = await mean(map, [1, 2]).data<'float32'>();
    const got = await classifier.logits(tensor2d(embedding, [1, 4])).data();
    wanted.forEach((value, index) => {
      expect(got[index]).toBeCloseTo(value, 5);
    });
    expect(
      layersClassifier({ ...card, embedding: { ...card.embedding, width: 7 } }, made),
    ).toBeNull();
  });
});
