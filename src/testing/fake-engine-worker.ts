/**
 * An engine worker for tests of the main thread's side: keeps what it was given as the real one does
 * and refuses calls out of order, so that a test sees whether a replacement was set up in full.
 */
import { NOT_FOLDED } from '../domain/folding.ts';
import type { BackboneArtifacts, BackboneCard } from '../domain/backbone-card.ts';
import type { BackendName } from '../domain/backend.ts';
import type { HeadWeights } from '../domain/head.ts';
import type {
  EngineEvent,
  EngineRequestMap,
  TrainingData,
  TrainOutcome,
} from '../protocol/engine-messages.ts';
import { EngineError, type EngineErrorCode } from '../protocol/errors.ts';
import {
  createFakeWorker,
  untilCancelled,
  wait,
  type FakeHandlers,
  type FakeWorker,
  type FakeWorkerOptions,
} from './fake-worker.ts';

export type EngineHandlers = FakeHandlers<EngineRequestMap, EngineEvent>;

export interface FakeEngineWorkers {
  /** Give this to the code under test. */
  readonly create: () => FakeWorker<EngineEvent>;
  /** Every worker made so far. */
  readonly made: readonly FakeWorker<EngineEvent>[];
  /** The newest one. */
  readonly last: FakeWorker<EngineEvent>;
}

/** `override` sees the number of the worker (0 for the first) and replaces handlers of it. */
export function fakeEngineWorkers(
  override: (index: number) => EngineHandlers = () => ({}),
  options: (index: number) => FakeWorkerOptions = () => ({}),
): FakeEngineWorkers {
  const made: FakeWorker<EngineEvent>[] = [];
  return {
    create: () => {
      const index = made.length;
      const worker = createFakeWorker<EngineRequestMap, EngineEvent>(
        { ...engineHandlers(), ...override(index) },
        options(index),
      );
      made.push(worker);
      return worker;
    },
    made,
    get last() {
      const worker = made.at(-1);
      if (worker === undefined) throw new Error('no worker was made');
      return worker;
    },
  };
}

export function fail(code: EngineErrorCode, message: string = code): never {
  throw new EngineError({ code, message });
}

/** Well-behaved. An embedding is the backbone's width filled with the photo's first byte. */
export function engineHandlers(): EngineHandlers {
  let backend: BackendName | null = null;
  let card: BackboneCard | null = null;
  let dataKey: string | null = null;
  const stops = new Map<string, boolean>();
  return {
    'backend/open': (request) => {
      backend = request.backend;
      return { backend, openMs: 1, device: null };
    },
    'backend/check': () => ({ right: true, forwardError: 1e-6, gradientError: 1e-6 }),
    'backend/time': () => ({ imagesPerSecond: 50, headStepsPerSecond: 500 }),
    'backbone/load': (request) => {
      if (backend === null) fail('bad-request', 'no backend');
      card = request.card;
      return {
        backboneId: card.id,
        embeddingWidth: card.embedding.width,
        goldenError: 0,
        folding: NOT_FOLDED,
        loadMs: 1,
      };
    },
    embed: ({ pixels, count }) => {
      if (card === null) fail('backbone-not-loaded');
      const { width } = card.embedding;
      const embeddings = new Float32Array(count * width);
      const bytes = pixels.length / count;
      for (let photo = 0; photo < count; photo++) {
        embeddings.fill(pixels[photo * bytes] ?? 0, photo * width, (photo + 1) * width);
      }
      return { embeddings, width, computeMs: 1 };
    },
    'head/load-data': (data) => {
      dataKey = data.dataKey;
      return { dataKey };
    },
    'head/train': async ({ runId, dataKey: wanted, hyperparameters }, { signal, emit }) => {
      if (dataKey !== wanted) fail('data-not-loaded');
      stops.set(runId, false);
      let epoch = 0;
      const cancelled = untilCancelled(signal);
      while (epoch < hyperparameters.epochs && stops.get(runId) !== true) {
        epoch++;
        emit({ type: 'train/epoch', runId, metrics: fakeMetrics(epoch) });
        await Promise.race([wait(2), cancelled]);
      }
      return fakeOutcome(
        stops.get(runId) === true ? 'stopped' : 'completed',
        epoch,
        backend ?? 'cpu',
      );
    },
    'head/stop': ({ runId }) => {
      stops.set(runId, true);
      return { stopped: true };
    },
    'head/pause': () => ({ paused: true }),
    'head/resume': () => ({ paused: false }),
    'head/checkpoint': () => ({ head: null }),
    'head/history': () => ({ history: null }),
    'head/score-split': ({ data }) => ({ right: 0, of: data.validationRows.length }),
    'head/find-rate': ({ dataKey: wanted }) => {
      if (dataKey !== wanted) fail('data-not-loaded');
      return { sweep: { points: [], diverged: false, suggestion: null, elapsedMs: 1 } };
    },
    memory: () => ({ backend: backend ?? 'cpu', tensors: 3, bytes: 12 }),
  };
}

export function fakeMetrics(epoch: number): {
  epoch: number;
  trainLoss: number;
  trainAccuracy: number;
  validationLoss: number;
  validationAccuracy: number;
  learningRate: number;
  elapsedMs: number;
} {
  return {
    epoch,
    trainLoss: 1 / epoch,
    trainAccuracy: 1 - 1 / (epoch + 1),
    validationLoss: 1 / epoch,
    validationAccuracy: 1 - 1 / (epoch + 1),
    learningRate: 0.01,
    elapsedMs: epoch,
  };
}

const EMPTY_HEAD: HeadWeights = {
  inputDim: 1,
  hiddenUnits: 0,
  classCount: 2,
  standardisation: null,
  hiddenKernel: null,
  hiddenBias: null,
  outputKernel: new Float32Array(2),
  outputBias: new Float32Array(2),
};

function fakeOutcome(
  end: TrainOutcome['end'],
  epochsDone: number,
  backend: BackendName,
): TrainOutcome {
  return {
    end,
    epochsDone,
    bestEpoch: epochsDone,
    stoppedEpoch: null,
    bestHead: EMPTY_HEAD,
    backend,
    elapsedMs: epochsDone,
    steps: epochsDone,
  };
}

export function fakeCard(id = 'test-backbone', width = 4, inputSize = 2): BackboneCard {
  return {
    id,
    name: id,
    format: 'graph',
    source: { kind: 'built-in', modelUrl: `models/${id}/model.json`, publisher: 'test' },
    licence: 'Apache-2.0',
    totalBytes: 16,
    files: [],
    inputSize,
    inputRange: [-1, 1],
    embedding: { node: 'pool', width, pool: false },
    featureMap: null,
    multiplyAddsM: 1,
    golden: null,
    summaryKey: 'backbone.test',
  };
}

export function fakeArtifacts(): BackboneArtifacts {
  return { modelJson: {}, weights: new ArrayBuffer(16), weightsSha256: '00' };
}

/** Two classes, two rows each, one of each on either side. */
export function fakeTrainingData(dataKey = 'data-1'): TrainingData {
  return {
    dataKey,
    embeddings: Float32Array.of(0, 0.1, 1, 0.9),
    count: 4,
    dim: 1,
    labels: Int32Array.of(0, 0, 1, 1),
    classCount: 2,
    trainRows: Int32Array.of(0, 2),
    validationRows: Int32Array.of(1, 3),
  };
}
