/** The engine's own requests through the dispatcher, on wasm, as the main thread would send them. */
import { beforeAll, describe, expect, it } from 'vitest';
import type {
  EngineEvent,
  EngineRequestMap,
  EngineRequestName,
  FromWorker,
} from '../../protocol/engine-messages.ts';
import type { EngineErrorData } from '../../protocol/errors.ts';
import {
  BUILT_IN_FOLDER,
  readArtifacts,
  readBuiltInCard,
  WASM_FOLDER,
} from '../../testing/engine-fixtures.ts';
import { createBackendService } from '../backend/backend-service.ts';
import { EngineSession } from '../backend/engine-session.ts';
import { createDispatcher } from '../dispatch.ts';
import { createEmbedService } from './embed-service.ts';

type Requests = Omit<
  EngineRequestMap,
  | `head/${string}`
  | `model/${string}`
  | 'explain'
  | `map/${string}`
  | `evaluate/${string}`
  | 'backbone/classes'
  | 'backbone/classify'
>;

function setUp() {
  const session = new EngineSession();
  const waiting = new Map<number, (message: FromWorker<EngineEvent>) => void>();
  const dispatcher = createDispatcher<Requests, EngineEvent>({
    handlers: { ...createBackendService(session), ...createEmbedService(session) },
    post: (message) => {
      if (message.kind === 'reply') waiting.get(message.id)?.(message);
    },
  });
  let nextId = 1;
  function send<Name extends EngineRequestName & keyof Requests>(
    name: Name,
    payload: Requests[Name]['in'],
  ): { id: number; result: Promise<Requests[Name]['out']> } {
    const id = nextId++;
    const result = new Promise<Requests[Name]['out']>((resolve, reject) => {
      waiting.set(id, (message) => {
        if (message.kind !== 'reply') return;
        if (message.ok) resolve(message.value as Requests[Name]['out']);
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- data on purpose
        else reject(message.error satisfies EngineErrorData);
      });
    });
    dispatcher.receive({ kind: 'request', id, name, payload });
    return { id, result };
  }
  return { send, cancel: (id: number) => dispatcher.receive({ kind: 'cancel', id }), session };
}

const card = readBuiltInCard();
const { width } = card.embedding;
const artifacts = readArtifacts(BUILT_IN_FOLDER);
const picture = card.inputSize ** 2 * 3;

/** Pictures that differ: picture k is a slanted wave of its own frequency. */
function pictures(count: number): Uint8Array {
  return Uint8Array.from(
    { length: count * picture },
    (_unused, i) => 128 + 120 * Math.sin((i % picture) / (9 + 7 * Math.floor(i / picture))),
  );
}

describe('before anything is open', () => {
  it('refuses what needs a backend or a backbone', async () => {
    const { send } = setUp();
    await expect(send('backend/check', {}).result).rejects.toMatchObject({ code: 'bad-request' });
    await expect(send('memory', {}).result).rejects.toMatchObject({ code: 'bad-request' });
    await send('backend/open', { backend: 'wasm', wasmPath: WASM_FOLDER }).result;
    const embedding = send('embed', { pixels: new Uint8Array(picture), count: 1 }).result;
    await expect(embedding).rejects.toMatchObject({ code: 'backbone-not-loaded' });
  });
});

describe('an engine on wasm', () => {
  const engine = setUp();

  beforeAll(async () => {
    const opened = await engine.send('backend/open', { backend: 'wasm', wasmPath: WASM_FOLDER })
      .result;
    expect(opened).toMatchObject({ backend: 'wasm', device: 'SIMD, 1 thread' });
    const loaded = await engine.send('backbone/load', { card, artifacts }).result;
    expect(loaded).toMatchObject({ backboneId: card.id, embeddingWidth: width });
    expect(loaded.goldenError).toBeLessThan(1e-5);
  });

  it('is right, and says how fast it is', async () => {
    await expect(engine.send('backend/check', {}).result).resolves.toMatchObject({ right: true });
    const before = await engine.send('memory', {}).result;
    const rates = await engine.send('backend/time', { imageBatch: 2, budgetMs: 100 }).result;
    expect(rates.imagesPerSecond).toBeGreaterThan(1);
    expect(rates.headStepsPerSecond).toBeGreaterThan(1);
    await expect(engine.send('memory', {}).result).resolves.toEqual(before);
  });

  it('gives a picture the same embedding whatever batch it is in', async () => {
    const pixels = pictures(9);
    const together = await engine.send('embed', { pixels, count: 9 }).result;
    expect(together.embeddings.length).toBe(9 * width);
    for (const k of [0, 5, 8]) {
      const alone = await engine.send('embed', {
        pixels: pixels.slice(k * picture, (k + 1) * picture),
        count: 1,
      }).result;
      const row = together.embeddings.subarray(k * width, (k + 1) * width);
      let largest = 0;
      row.forEach((value, i) => {
        largest = Math.max(largest, Math.abs(value - (alone.embeddings[i] as number)));
      });
      expect(largest).toBeLessThan(1e-5);
    }
    const first = together.embeddings.subarray(0, width);
    expect(first).not.toEqual(together.embeddings.subarray(width, 2 * width));
  });

  it('keeps the tensor count flat', async () => {
    const { tensors, bytes } = await engine.send('memory', {}).result;
    for (let i = 0; i < 3; i++) {
      await engine.send('embed', { pixels: pictures(3), count: 3 }).result;
    }
    await expect(engine.send('memory', {}).result).resolves.toMatchObject({ tensors, bytes });
    await engine.send('backbone/load', { card, artifacts }).result;
    await expect(engine.send('memory', {}).result).resolves.toMatchObject({ tensors, bytes });
  });

  it('stops between batches when cancelled, and lets a live picture in between', async () => {
    const long = engine.send('embed', { pixels: pictures(60), count: 60 });
    const live = engine.send('embed', { pixels: pictures(1), count: 1 });
    let longIsDone = false;
    const watched = long.result.catch((error: unknown) => {
      longIsDone = true;
      return error;
    });
    await live.result;
    expect(longIsDone).toBe(false);
    engine.cancel(long.id);
    await expect(watched).resolves.toMatchObject({ code: 'aborted' });
  });

  it('refuses a number of bytes that does not fit', async () => {
    const short = engine.send('embed', { pixels: new Uint8Array(picture - 1), count: 1 }).result;
    await expect(short).rejects.toMatchObject({ code: 'bad-request' });
    await expect(
      engine.send('embed', { pixels: new Uint8Array(0), count: 0 }).result,
    ).resolves.toMatchObject({ embeddings: new Float32Array(0) });
  });

  it('keeps the old backbone when a new one is refused', async () => {
    const broken = { ...artifacts, weights: artifacts.weights.slice(4) };
    const loading = engine.send('backbone/load', { card, artifacts: broken }).result;
    await expect(loading).rejects.toMatchObject({ code: 'backbone-invalid' });
    await expect(
      engine.send('embed', { pixels: pictures(1), count: 1 }).result,
    ).resolves.toMatchObject({ width });
  });

  it('drops the backbone with its backend', async () => {
    const own = setUp();
    await own.send('backend/open', { backend: 'wasm', wasmPath: WASM_FOLDER }).result;
    await own.send('backbone/load', { card, artifacts }).result;
    await own.send('backend/open', { backend: 'cpu', wasmPath: WASM_FOLDER }).result;
    const embedding = own.send('embed', { pixels: pictures(1), count: 1 }).result;
    await expect(embedding).rejects.toMatchObject({ code: 'backbone-not-loaded' });
  });

  it('says so when the GPU is lost', async () => {
    const own = setUp();
    let lost = false;
    own.session.useBackend({ name: 'webgl', openMs: 1, device: null, isLost: () => lost });
    lost = true;
    const embedding = own.send('embed', { pixels: pictures(1), count: 1 }).result;
    await expect(embedding).rejects.toMatchObject({
      code: 'device-lost',
      detail: { backend: 'webgl' },
    });
  });
});
