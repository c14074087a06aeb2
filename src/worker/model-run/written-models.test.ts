/** Written models against the product's own numbers, through other people's loaders. */
import { join } from 'node:path';
import { ready, setBackend, tensor4d, type Tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BackboneArtifacts, BackboneCard } from '../../domain/backbone-card.ts';
import { BACKBONE_CATALOGUE } from '../../domain/backbone-catalogue.ts';
import { GOLDEN_COUNT, goldenPixels } from '../../domain/golden-images.ts';
import { headProbabilities } from '../../domain/head-forward.ts';
import type { HeadWeights } from '../../domain/head.ts';
import {
  BUILT_IN_FOLDER,
  HAS_SHARED,
  readArtifacts,
  readBuiltInCard,
  SHARED_FOLDER,
  WASM_FOLDER,
} from '../../testing/engine-fixtures.ts';
import { randomHead } from '../../testing/trained-head.ts';
import { openBackend } from '../backend/open-backend.ts';
import { loadBackbone } from '../backbone/load-backbone.ts';
import { createBatchTuner } from '../embed/batch-tuner.ts';
import { embedPixels } from '../embed/embed-pixels.ts';
import { backboneNetwork } from '../../formats/model/backbone-network.ts';
import { foldHead, teachableHead } from '../../formats/model/fold-head.ts';
import {
  backboneLayers,
  fromPixels,
  fromTeachableInput,
  writeLayersModel,
  type WrittenModel,
} from '../../formats/model/layers-model.ts';
import type { FunctionalModel } from '../../formats/model/layers-topology.ts';
import { networkFromLayers } from '../../formats/model/network-from-layers.ts';
import { packNetwork } from '../../formats/model/pack-network.ts';
import type { ExportFacts } from '../../formats/model/export-facts.ts';
import { readWebPage, writeWebPage } from '../../formats/model/web-page.ts';
import { describePipeline } from '../../domain/prediction-pipeline.ts';
import { readOnnxNetwork } from '../../formats/model/onnx-reader.ts';
import { createPackedRunner } from './packed-runner.ts';
import {
  ONNX_INPUT,
  ONNX_OUTPUT,
  readOnnxSummary,
  writeOnnx,
} from '../../formats/model/onnx-model.ts';

const never = new AbortController().signal;
const TOLERANCE = 1e-4;

interface Case {
  readonly name: string;
  readonly card: BackboneCard;
  readonly artifacts: () => BackboneArtifacts;
}

const builtIn: Case = {
  name: 'built in',
  card: readBuiltInCard(),
  artifacts: () => readArtifacts(BUILT_IN_FOLDER),
};
const shared: readonly Case[] = (
  [
    ['mobilenet_v2_0.35_224', 'mobilenet-v2-035-224'],
    ['mobilenet_v2_1.0_224', 'mobilenet-v2-100-224'],
  ] as const
).map(([folder, id]) => ({
  name: id,
  card: BACKBONE_CATALOGUE.find((one) => one.id === id) as BackboneCard,
  artifacts: () => readArtifacts(join(SHARED_FOLDER, 'models', folder)),
}));

/** The built-in graph, ended early: the maps inside three of its blocks, joined, are the embedding. */
function joined(): Case {
  const card = readBuiltInCard();
  const { modelJson, weights, weightsSha256 } = readArtifacts(BUILT_IN_FOLDER);
  const model = structuredClone(modelJson) as {
    modelTopology: { node: unknown[] };
    weightsManifest: { weights: unknown[] }[];
  };
  const inputs = ['block_17', 'block_16', 'block_14'].map((name) => `${name}/depthwise`);
  model.modelTopology.node.push(
    { name: 'joined/axis', op: 'Const', attr: { dtype: { type: 'DT_INT32' } } },
    {
      name: 'joined',
      op: 'ConcatV2',
      input: [...inputs, 'joined/axis'],
      attr: { N: { i: '3' } },
    },
  );
  model.weightsManifest[0]?.weights.push({ name: 'joined/axis', shape: [], dtype: 'int32' });
  const longer = new Uint8Array(weights.byteLength + 4);
  longer.set(new Uint8Array(weights));
  new DataView(longer.buffer).setInt32(weights.byteLength, 3, true);
  const artifacts = { modelJson: model, weights: longer.buffer, weightsSha256 };
  const embedding = { node: 'joined', width: 480 + 336 + 192, pool: true };
  return {
    name: 'joined maps',
    card: { ...card, id: 'joined', embedding, golden: null },
    artifacts: () => artifacts,
  };
}

const cases = HAS_SHARED ? [builtIn, joined(), ...shared] : [builtIn, joined()];

beforeAll(async () => {
  await openBackend('wasm', { wasmPath: WASM_FOLDER, onLost: () => undefined });
  await setBackend('wasm');
  await ready();
});

/** What the screen says about the golden pictures. */
async function onScreen(
  card: BackboneCard,
  artifacts: BackboneArtifacts,
  head: HeadWeights,
): Promise<Float32Array> {
  const embeddings = await (screens.get(card.id) ?? embedGolden(card, artifacts));
  return headProbabilities(head, embeddings, GOLDEN_COUNT);
}

const screens = new Map<string, Promise<Float32Array>>();

function embedGolden(card: BackboneCard, artifacts: BackboneArtifacts): Promise<Float32Array> {
  const embedding = runGolden(card, artifacts);
  screens.set(card.id, embedding);
  return embedding;
}

async function runGolden(card: BackboneCard, artifacts: BackboneArtifacts): Promise<Float32Array> {
  const { network } = await loadBackbone(card, artifacts, never);
  const embeddings = await embedPixels(network, allGolden(card.inputSize), GOLDEN_COUNT, {
    tuner: createBatchTuner([1, 2], true),
    signal: never,
    assertUsable: () => undefined,
  });
  network.dispose();
  return embeddings;
}

function allGolden(size: number): Uint8Array {
  const bytes = size * size * 3;
  const all = new Uint8Array(GOLDEN_COUNT * bytes);
  for (let i = 0; i < GOLDEN_COUNT; i++) all.set(goldenPixels(size, i), i * bytes);
  return all;
}

async function runLayers(
  written: WrittenModel,
  size: number,
  toInput: (pixel: number) => number,
): Promise<Float32Array> {
  const { modelTopology, weightsManifest } = written.modelJson as {
    modelTopology: object;
    weightsManifest: readonly { weights: never[] }[];
  };
  const model = await loadLayersModel({
    load: () =>
      Promise.resolve({
        modelTopology,
        weightSpecs: weightsManifest.flatMap((group) => group.weights),
        weightData: written.weights.buffer,
      }),
  });
  const input = tensor4d(Float32Array.from(allGolden(size), toInput), [
    GOLDEN_COUNT,
    size,
    size,
    3,
  ]);
  const output = model.predict(input) as Tensor;
  const values = (await output.data()) as Float32Array;
  output.dispose();
  input.dispose();
  model.dispose();
  return values;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] ?? NaN))), 0);
}

describe.each(cases)('on $name', ({ card, artifacts: read }) => {
  const artifacts = read();
  const head = randomHead(card.embedding.width, 5, { hiddenUnits: 24 });
  const linear = randomHead(card.embedding.width, 3, { seed: 2 });

  it.each([
    ['with a hidden layer', head],
    ['linear', linear],
  ])('a layers model says what the screen says, head %s', async (_name, weights) => {
    const wanted = await onScreen(card, artifacts, weights);
    const written = writeLayersModel({
      backbone: backboneLayers(card, artifacts),
      scaling: fromPixels(card),
      head: foldHead(weights),
      halves: true,
    });
    const got = await runLayers(written, card.inputSize, (pixel) => pixel);
    expect(largestDifference(got, wanted)).toBeLessThan(TOLERANCE);
    // The pictures must be able to tell a right model from a wrong one.
    const [first = 0, , , , , second = 0] = wanted;
    expect(
      Math.abs(first - second) + Math.abs((wanted[1] ?? 0) - (wanted[6] ?? 0)),
    ).toBeGreaterThan(1e-3);
  });

  it.each([
    ['with a hidden layer', head],
    ['linear', linear],
  ])('a Teachable Machine model says what the screen says, head %s', async (_name, weights) => {
    const wanted = await onScreen(card, artifacts, weights);
    const written = writeLayersModel({
      backbone: backboneLayers(card, artifacts),
      scaling: fromTeachableInput(card),
      head: teachableHead(foldHead(weights)),
      halves: false,
    });
    const got = await runLayers(written, card.inputSize, (pixel) => pixel / 127 - 1);
    expect(largestDifference(got, wanted)).toBeLessThan(TOLERANCE);
  });

  it('a packed network says what the screen says, also after the way through a web page', async () => {
    const wanted = await onScreen(card, artifacts, head);
    const packed = packNetwork(backboneNetwork(card, artifacts), fromPixels(card), foldHead(head));
    const facts = {
      pipeline: describePipeline({
        card,
        weightsSha256: artifacts.weightsSha256,
        fit: 'crop',
        head,
        classNames: ['a', '</script><b>', '<!--', 'ü', '🍎'],
      }),
      golden: [],
    } as unknown as ExportFacts;
    const html = await writeWebPage({
      facts,
      packed,
      script: "const s = '</script>';",
      wasm: new Uint8Array(3),
      words: { title: '<b>' },
    });
    // As booleans: a failure must not print megabytes.
    expect(html.split('</script>').length - 1).toBe(4);
    expect(html.includes('<title>&lt;b&gt;</title>')).toBe(true);
    const page = readWebPage(html);
    const runner = createPackedRunner(page.network, page.numbers);
    const got = await runner.run(allGolden(card.inputSize), GOLDEN_COUNT);
    runner.dispose();
    expect(largestDifference(got, wanted)).toBeLessThan(TOLERANCE);
  });

  it('a network read back from its layers says what the screen says', async () => {
    const wanted = await onScreen(card, artifacts, head);
    const { config, tensors } = backboneLayers(card, artifacts);
    const [[input], [output]] = [config.input_layers[0], config.output_layers[0]] as [
      readonly [string],
      readonly [string],
    ];
    const layers = config.layers as unknown as FunctionalModel['layers'];
    const known = new Map(tensors.map((one) => [one.name, one]));
    const network = networkFromLayers({ name: config.name, layers, input, output }, known, output);
    const packed = packNetwork(network, fromPixels(card), foldHead(head));
    const runner = createPackedRunner(packed.network, packed.numbers);
    const got = await runner.run(allGolden(card.inputSize), GOLDEN_COUNT);
    runner.dispose();
    expect(largestDifference(got, wanted)).toBeLessThan(TOLERANCE);
  });

  it('an ONNX model says what the screen says', async () => {
    const wanted = await onScreen(card, artifacts, head);
    const bytes = writeOnnx({
      network: backboneNetwork(card, artifacts),
      scaling: fromPixels(card),
      head: foldHead(head),
      producerVersion: 'test',
      metadata: { classes: '["a"]' },
    });
    const size = card.inputSize;
    expect(readOnnxSummary(bytes)).toMatchObject({
      opset: 13,
      input: ONNX_INPUT,
      inputShape: [-1, 3, size, size],
      classCount: 5,
    });
    const session = await InferenceSession.create(bytes);
    const pixels = allGolden(size);
    const planes = new Float32Array(pixels.length);
    const places = size * size;
    pixels.forEach((value, i) => {
      const picture = Math.floor(i / (places * 3));
      const place = Math.floor(i / 3) % places;
      planes[(picture * 3 + (i % 3)) * places + place] = value;
    });
    const input = new OnnxTensor('float32', planes, [GOLDEN_COUNT, 3, size, size]);
    const output = await session.run({ [ONNX_INPUT]: input });
    const got = output[ONNX_OUTPUT]?.data as Float32Array;
    expect(largestDifference(got, wanted)).toBeLessThan(TOLERANCE);
    await session.release();

    // The same file by our own reader, for where ONNX Runtime cannot be loaded.
    const own = readOnnxNetwork(bytes);
    const runner = createPackedRunner(own.network, own.numbers);
    const read = await runner.run(pixels, GOLDEN_COUNT);
    runner.dispose();
    expect(largestDifference(read, wanted)).toBeLessThan(TOLERANCE);
  });
});

describe('our own ONNX reader', () => {
  it('refuses what is no such file', () => {
    expect(() => readOnnxNetwork(new Uint8Array([1, 2, 3]))).toThrow(/not-a-model/);
    expect(() => readOnnxNetwork(new Uint8Array(0))).toThrow(/not-a-model/);
  });
});
