/** Class activation maps of the built-in backbone, as the main thread would ask for them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { headLogits } from '../../domain/head-forward.ts';
import type { HeadWeights } from '../../domain/head.ts';
import { createRandom } from '../../domain/random.ts';
import type { EngineRequestMap } from '../../protocol/engine-messages.ts';
import {
  BUILT_IN_FOLDER,
  readArtifacts,
  readBuiltInCard,
  WASM_FOLDER,
} from '../../testing/engine-fixtures.ts';
import { recordingContext } from '../../testing/head-fixtures.ts';
import { createBackendService } from '../backend/backend-service.ts';
import { EngineSession } from '../backend/engine-session.ts';
import { createEmbedService } from '../embed/embed-service.ts';
import { createExplainService } from './explain-service.ts';
import { createMapService } from './map-service.ts';

type Explained = EngineRequestMap['explain']['out'];

const card = readBuiltInCard();
const artifacts = readArtifacts(BUILT_IN_FOLDER);
const { width: WIDTH } = card.embedding;
const PICTURE = card.inputSize ** 2 * 3;
const SIDE = card.featureMap?.side ?? 0;
const PLACES = SIDE ** 2;

/** A transferred reply keeps its value under `value`. */
function valueOf<Value>(reply: Value | { readonly value: Value }): Value {
  return typeof reply === 'object' && reply !== null && 'value' in reply ? reply.value : reply;
}

function picture(seed: number): Uint8Array {
  return Uint8Array.from({ length: PICTURE }, (_, i) => 128 + 120 * Math.sin(i / (9 + 7 * seed)));
}

function someHead(hiddenUnits: number, standardise: boolean): HeadWeights {
  const random = createRandom(11);
  const small = (count: number, size: number): Float32Array =>
    Float32Array.from({ length: count }, () => size * random.normal());
  const classCount = 3;
  return {
    inputDim: WIDTH,
    hiddenUnits,
    classCount,
    standardisation: standardise
      ? {
          mean: small(WIDTH, 0.3).map(Math.abs),
          scale: small(WIDTH, 0.3).map((v) => 0.1 + Math.abs(v)),
        }
      : null,
    hiddenKernel: hiddenUnits === 0 ? null : small(WIDTH * hiddenUnits, 0.05),
    hiddenBias: hiddenUnits === 0 ? null : small(hiddenUnits, 0.1),
    outputKernel: small((hiddenUnits === 0 ? WIDTH : hiddenUnits) * classCount, 0.05),
    outputBias: small(classCount, 0.1),
  };
}

async function open(backend: 'cpu' | 'wasm', change: Partial<typeof card> = {}) {
  const session = new EngineSession();
  const { context } = recordingContext();
  const backends = createBackendService(session);
  const embeds = createEmbedService(session);
  const explains = createExplainService(session);
  await backends['backend/open']({ backend, wasmPath: WASM_FOLDER }, context);
  await embeds['backbone/load']({ card: { ...card, ...change }, artifacts }, context);
  return {
    memory: async () => valueOf(await backends.memory({}, context)),
    embed: async (pixels: Uint8Array, count: number) =>
      valueOf(await embeds.embed({ pixels, count }, context)),
    explain: async (pixels: Uint8Array, count: number, head: HeadWeights) =>
      valueOf<Explained>(await explains.explain({ pixels, count, head }, context)),
  };
}

describe.each(['cpu', 'wasm'] as const)('explaining on %s', (backend) => {
  let engine: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    engine = await open(backend);
  });

  it.each([
    ['a linear head', 0, false],
    ['a linear head on standardised features', 0, true],
    ['a hidden head on standardised features', 16, true],
  ])('adds up to the logit minus the bias: %s', async (_name, hiddenUnits, standardise) => {
    const head = someHead(hiddenUnits, standardise);
    const { embeddings, evidence } = await engine.explain(picture(1), 1, head);
    expect(evidence).toMatchObject({ rows: SIDE, columns: SIDE });
    headLogits(head, embeddings, 1).forEach((logit, k) => {
      const map = evidence?.maps.subarray(k * PLACES, (k + 1) * PLACES) ?? [];
      let sum = 0;
      for (const value of map) sum += value;
      const bias = evidence?.biases[k] ?? NaN;
      if (hiddenUnits === 0) expect(bias).toBe(head.outputBias[k]);
      expect(Math.abs(sum + bias - logit)).toBeLessThan(1e-3 * (1 + Math.abs(logit)));
    });
  });

  it('gives the very embedding that predicting gives, and leaves no tensor behind', async () => {
    const before = await engine.memory();
    const { embeddings } = await engine.explain(picture(2), 1, someHead(0, true));
    expect(embeddings).toEqual((await engine.embed(picture(2), 1)).embeddings);
    expect(await engine.memory()).toEqual(before);
  });
});

describe('explaining several photos', () => {
  it('keeps them apart', async () => {
    const engine = await open('wasm');
    const head = someHead(0, true);
    const both = new Uint8Array(2 * PICTURE);
    both.set(picture(1), 0);
    both.set(picture(3), PICTURE);
    const together = await engine.explain(both, 2, head);
    const second = await engine.explain(picture(3), 1, head);
    expect(together.evidence?.maps.slice(3 * PLACES)).toEqual(second.evidence?.maps);
    expect(together.embeddings.slice(WIDTH)).toEqual(second.embeddings);
  });

  it('says that a backbone without spatial features has none', async () => {
    const engine = await open('wasm', { featureMap: null });
    const { evidence, embeddings } = await engine.explain(picture(1), 1, someHead(0, true));
    expect(evidence).toBeNull();
    expect(embeddings).toEqual((await engine.embed(picture(1), 1)).embeddings);
  });

  it('does not believe a map that is not what was pooled', async () => {
    // One pixel high and wide: the embedding itself, in which there is no place.
    const engine = await open('wasm', { featureMap: { node: 'embedding', side: 1 } });
    const explaining = engine.explain(picture(1), 1, someHead(0, true));
    await expect(explaining).resolves.toMatchObject({ evidence: null });
  });

  it('refuses a head for another backbone', async () => {
    const engine = await open('wasm');
    const head = { ...someHead(0, true), inputDim: 7 };
    await expect(engine.explain(picture(1), 1, head)).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});

describe('a photo map', () => {
  it('is refused for sizes that do not fit, and stops when cancelled', async () => {
    const service = createMapService();
    const { context, abort } = recordingContext();
    const request = { mapId: 'm', dim: 64, method: 'umap', seed: 1 } as const;
    const wrong = { ...request, embeddings: new Float32Array(65), count: 1 };
    await expect(service['map/project'](wrong, context)).rejects.toMatchObject({
      code: 'bad-request',
    });
    const random = createRandom(1);
    const embeddings = Float32Array.from({ length: 600 * 64 }, () => random.normal());
    const work = service['map/project']({ ...request, embeddings, count: 600 }, context);
    abort.abort();
    await expect(work).rejects.toMatchObject({ code: 'aborted' });
  });

  it('tells its progress under its name', async () => {
    const service = createMapService();
    const { context, events } = recordingContext();
    const random = createRandom(1);
    const embeddings = Float32Array.from({ length: 300 * 64 }, () => random.normal());
    const map = valueOf(
      await service['map/project'](
        { mapId: 'mine', dim: 64, method: 'umap', seed: 1, embeddings, count: 300 },
        context,
      ),
    );
    expect(map.positions.length).toBe(600);
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) {
      expect(event).toMatchObject({ type: 'map/progress', mapId: 'mine' });
    }
  });
});
