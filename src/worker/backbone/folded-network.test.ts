/** Folded networks against the layers they were made of, run by TensorFlow.js' own loader. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  memory,
  mean,
  mul,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import {
  loadLayersModel,
  model as createModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BackboneArtifacts, BackboneCard } from '../../domain/backbone-card.ts';
import { BACKBONE_CATALOGUE } from '../../domain/backbone-catalogue.ts';
import { goldenPixels } from '../../domain/golden-images.ts';
import { readTeachableModel } from '../../formats/model/teachable-model.ts';
import {
  BUILT_IN_FOLDER,
  HAS_SHARED,
  readArtifacts,
  readBuiltInCard,
  SHARED_FOLDER,
  WASM_FOLDER,
} from '../../testing/engine-fixtures.ts';
import { openBackend } from '../backend/open-backend.ts';
import { foldNetwork, FOLDING_TOLERANCE } from './folded-network.ts';
import { loadBackbone } from './load-backbone.ts';
import { toModelArtifacts } from './model-artifacts.ts';
import { pixelTable, scalePixels } from './pixel-range.ts';

const never = new AbortController().signal;
const TM_INPUTS = [
  'flowers__tulips__13561986193_cf645b2b9a.224.png',
  'recycling__glass__glass129.224.png',
];

beforeAll(async () => {
  await openBackend('wasm', { wasmPath: WASM_FOLDER, onLost: () => undefined });
});

function photo(name: string): Uint8Array {
  const { data } = PNG.sync.read(readFileSync(join(SHARED_FOLDER, 'tm', 'inputs', name)));
  return Uint8Array.from({ length: (data.length / 4) * 3 }, (_, i) => {
    return data[Math.floor(i / 3) * 4 + (i % 3)] ?? 0;
  });
}

/** Pictures in the network's range, [n, size, size, 3]. */
function inputOf(
  { inputSize: size }: BackboneCard,
  pictures: readonly Uint8Array[],
  range: readonly [number, number],
): Tensor4D {
  const bytes = size * size * 3;
  const values = new Float32Array(pictures.length * bytes);
  pictures.forEach((pixels, i) => {
    scalePixels(pixels, 0, bytes, pixelTable(range), values.subarray(i * bytes, (i + 1) * bytes));
  });
  return tensor4d(values, [pictures.length, size, size, 3]);
}

async function layerByLayer(
  card: BackboneCard,
  artifacts: BackboneArtifacts,
  input: Tensor4D,
): Promise<Float32Array> {
  const loaded = toModelArtifacts(card, artifacts);
  const whole = await loadLayersModel({ load: () => Promise.resolve(loaded) });
  const output = whole.getLayer(card.embedding.node).output as SymbolicTensor;
  const cut = createModel({ inputs: whole.inputs, outputs: output });
  const result = tidy(() => {
    const value = cut.predictOnBatch(input) as Tensor;
    return value.rank === 4 ? mean(value, [1, 2]) : value;
  });
  const numbers = (await result.data()) as Float32Array;
  result.dispose();
  whole.dispose();
  return numbers;
}

/** Largest difference as a share of the largest value. */
function difference(wanted: Float32Array, got: Float32Array): number {
  expect(got.length).toBe(wanted.length);
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largest).toBeGreaterThan(0.1);
  return (
    wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - (got[i] ?? NaN))), 0) /
    largest
  );
}

interface Case {
  readonly card: BackboneCard;
  readonly artifacts: BackboneArtifacts;
}

function teachable(folder: string): Case {
  const read = (name: string): Uint8Array =>
    new Uint8Array(readFileSync(join(SHARED_FOLDER, 'tm', folder, name)));
  const { card, artifacts } = readTeachableModel({
    modelJson: read('model.json'),
    metadata: read('metadata.json'),
    weights: (path) => read(path),
  });
  const named = { ...card, id: folder, files: [], totalBytes: 0, summaryKey: '' };
  return { card: named, artifacts: { ...artifacts, weightsSha256: '' } };
}

function catalogued(id: string, folder: string): Case {
  const card = BACKBONE_CATALOGUE.find((one) => one.id === id);
  if (card === undefined) throw new Error(`the catalogue has no ${id}`);
  return { card, artifacts: readArtifacts(join(SHARED_FOLDER, 'models', folder)) };
}

describe.skipIf(!HAS_SHARED)('layers backbones (needs ../shared; skipped without it)', () => {
  it.each([
    ['shapes-3', () => teachable('shapes-3')],
    ['hiragana-46', () => teachable('hiragana-46')],
    ['can-i-recycle', () => teachable('can-i-recycle')],
    ['MobileNetV2 0.35', () => catalogued('mobilenet-v2-035-224', 'mobilenet_v2_0.35_224')],
  ])('%s: folded, the numbers of its layers', async (_name, read) => {
    const { card, artifacts } = read();
    const before = memory().numTensors;
    const { network } = await loadBackbone(card, artifacts, never);
    expect(network.folding).toMatchObject({ isFolded: true });
    const input = inputOf(card, TM_INPUTS.map(photo), network.inputRange);
    const wanted = await layerByLayer(card, artifacts, input);
    const output = tidy(() => network.embed(input));
    const got = (await output.data()) as Float32Array;
    expect(difference(wanted, got)).toBeLessThan(FOLDING_TOLERANCE);
    output.dispose();
    // Where in a photo the evidence lies can be asked of Teachable Machine's models, too.
    const map = tidy(() => network.embedWithMap?.(input).map.shape);
    expect(map).toEqual([TM_INPUTS.length, 7, 7, card.embedding.width]);
    input.dispose();
    network.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('folding', () => {
  const card = readBuiltInCard();
  const artifacts = readArtifacts(BUILT_IN_FOLDER);

  it('serves the map that the card names, in one pass with the embedding', async () => {
    const { network } = await loadBackbone(card, artifacts, never);
    expect(network.folding).toMatchObject({ isFolded: true });
    const input = inputOf(card, [goldenPixels(card.inputSize, 0)], network.inputRange);
    const result = tidy(() => {
      const both = network.embedWithMap?.(input);
      if (both === undefined) throw new Error('the card names a map');
      return { ...both, pooled: mean<Tensor>(both.map, [1, 2]), alone: network.embed(input) };
    });
    const side = card.featureMap?.side;
    expect(result.map.shape).toEqual([1, side, side, card.embedding.width]);
    const [together, pooled, alone] = (await Promise.all([
      result.embedding.data(),
      result.pooled.data(),
      result.alone.data(),
    ])) as [Float32Array, Float32Array, Float32Array];
    expect(difference(together, pooled)).toBeLessThan(1e-5);
    expect(together).toEqual(alone);
    network.dispose();
  });

  it('is not believed when the numbers differ, and the network goes on as it was loaded', async () => {
    const { network } = await loadBackbone(card, artifacts, never);
    const { embedWithMap } = network;
    if (embedWithMap === null) throw new Error('the card names a map');
    const before = memory().numTensors;
    const off = await foldNetwork(
      {
        ...network,
        embedWithMap: (input) => {
          const { embedding, map } = embedWithMap(input);
          return { embedding: mul(embedding, 1 + 3 * FOLDING_TOLERANCE), map };
        },
      },
      artifacts,
    );
    expect(off.folding).toMatchObject({ isFolded: false });
    expect(off.folding).toHaveProperty('reason', expect.stringMatching(/differ by 0\.00030/));
    expect(off.embed).toBe(network.embed);
    expect(memory().numTensors).toBe(before);
    network.dispose();
  });

  it('names what it does not know', async () => {
    const { network } = await loadBackbone(card, artifacts, never);
    const model = structuredClone(artifacts.modelJson) as {
      modelTopology: { node: { op: string }[] };
    };
    const add = model.modelTopology.node.find(({ op }) => op === 'AddV2');
    if (add === undefined) throw new Error('the network has no AddV2');
    add.op = 'Maximum';
    const off = await foldNetwork(network, { ...artifacts, modelJson: model });
    expect(off.folding).toMatchObject({ isFolded: false });
    expect(off.folding).toHaveProperty(
      'reason',
      expect.stringMatching(/unsupported-layer.*Maximum/),
    );
    network.dispose();
  });
});
