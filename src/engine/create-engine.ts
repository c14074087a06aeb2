/** The Engine made of real workers: one that embeds, one that trains, a pool that reads photos. */
import type { BackendChoice, BackendName } from '../domain/backend.ts';
import { abortable } from './abort.ts';
import { surveyBackends } from './backend-survey.ts';
import { EmbedQueue } from './embed-queue.ts';
import type { SessionDeadlines } from './engine-session.ts';
import type { Engine, EngineNotice } from './engine.ts';
import { EvaluationClient } from './evaluation-client.ts';
import { IntakePool, intakePoolSize } from './intake-pool.ts';
import { EngineError } from '../protocol/errors.ts';
import { MapClient } from './map-client.ts';
import type { RestartLimits } from './restart-budget.ts';
import { runModel } from './run-model.ts';
import { TrainingClient, type TrainingDeadlines } from './training-client.ts';
import type { WorkerPort } from './worker-port.ts';
import { WorkerSupervisor } from './worker-supervisor.ts';

export interface CreateEngineOptions {
  readonly createEngineWorker: () => WorkerPort;
  readonly createIntakeWorker: () => WorkerPort;
  /** Folder of the wasm files, ending in '/'. */
  readonly wasmPath: string;
  readonly hardwareConcurrency: number;
  /** For tests. */
  readonly deadlines?: Partial<SessionDeadlines & TrainingDeadlines & { readonly embedMs: number }>;
  readonly limits?: RestartLimits;
}

/** One batch on the slowest backend worth waiting for. */
const DEFAULT_EMBED_SILENCE_MS = 120_000;

interface Parts {
  readonly embedding: WorkerSupervisor;
  readonly head: WorkerSupervisor;
  readonly training: TrainingClient;
  readonly evaluations: EvaluationClient;
  readonly embeds: EmbedQueue;
  readonly embedSilenceLimitMs: number;
  readonly maps: MapClient;
  readonly intake: IntakePool;
  readonly notify: (notice: EngineNotice) => void;
  readonly listeners: Set<(notice: EngineNotice) => void>;
}

/** Starts no worker by itself: each starts with the first call that needs it. */
export function createEngine(options: CreateEngineOptions): Engine {
  const { createEngineWorker, wasmPath, hardwareConcurrency } = options;
  const parts = createParts(options);
  const { embedding, head, training, evaluations, intake, listeners } = parts;
  return {
    surveyBackends: (request, signal) =>
      surveyBackends(createEngineWorker, wasmPath, request, signal),
    useBackends: (choice, fallbacks, signal) => useBackends(parts, choice, fallbacks, signal),

    loadBackbone: (card, artifacts, signal) => {
      const message = 'another backbone was loaded while this waited';
      parts.embeds.rejectWaiting(new EngineError({ code: 'backbone-not-loaded', message }));
      return embedding.loadBackbone(card, artifacts, signal);
    },
    embed: (pixels, count, signal) => parts.embeds.add(pixels, count, signal),
    explain: (pixels, count, head, signal) =>
      embedding.explain(
        { pixels, count, head },
        { signal, silenceLimitMs: parts.embedSilenceLimitMs },
      ),
    backboneClasses: (signal) => embedding.classify('backbone/classes', {}, { signal }),
    classify: async (request, signal) =>
      (await embedding.classify('backbone/classify', request, { signal })).sums,
    projectMap: (request, onProgress, signal) => parts.maps.project(request, onProgress, signal),

    runModel: (model, pixels, count, signal) =>
      runModel(createEngineWorker, wasmPath, { model, pixels, count }, signal),

    loadTrainingData: (data, signal) => head.loadData(data, signal),
    train: (request, signal) => training.train(request, signal),
    pauseTraining: (runId) => training.pause(runId),
    resumeTraining: (runId) => training.resume(runId),
    stopTraining: (runId) => training.stop(runId),
    checkpoint: (runId, epoch, signal) => training.checkpoint(runId, epoch, signal),
    headHistory: (request, signal) => training.headHistory(request, signal),
    scoreSplit: (data, hyperparameters, signal) =>
      abortable(
        head.request('head/score-split', { data, hyperparameters }, { signal, retry: true }),
        signal,
        'scoring a split',
      ),
    findLearningRate: async (request, signal) => {
      const call = head.findRate(request, { signal });
      return (await abortable(call, signal, 'finding a learning rate')).sweep;
    },
    evaluate: (name, request, options) => evaluations.evaluate(name, request, options),
    memory: (role) =>
      (role === 'embedding' ? embedding : head).request('memory', {}, { retry: true }),

    ...intakeCalls(intake),
    intakeParallelism: intakePoolSize(hardwareConcurrency),

    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => {
      embedding.dispose();
      head.dispose();
      intake.dispose();
      listeners.clear();
    },
  };
}

function createParts(options: CreateEngineOptions): Parts {
  const { createEngineWorker, createIntakeWorker, wasmPath, deadlines = {} } = options;
  const listeners = new Set<(notice: EngineNotice) => void>();
  const notify = (notice: EngineNotice): void => {
    // In a microtask: what a listener throws must not look like a failure of the worker.
    for (const listener of listeners) {
      queueMicrotask(() => {
        if (listeners.has(listener)) listener(notice);
      });
    }
  };
  const common = {
    createWorker: createEngineWorker,
    wasmPath,
    onNotice: notify,
    deadlines,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  };
  const embedding: WorkerSupervisor = new WorkerSupervisor({
    ...common,
    role: 'embedding',
    onEvent: (event) => maps.receive(event),
  });
  const maps = new MapClient(embedding);
  const head: WorkerSupervisor = new WorkerSupervisor({
    ...common,
    role: 'head',
    onEvent: (event) => {
      training.receive(event);
      evaluations.receive(event);
    },
  });
  const evaluations = new EvaluationClient(head);
  const training = new TrainingClient(head, deadlines);
  const silenceLimitMs = deadlines.embedMs ?? DEFAULT_EMBED_SILENCE_MS;
  const embeds = new EmbedQueue(async (pixels, count, call) => {
    // Copied, not transferred: a worker that dies takes its pixels with it, and 5 MB copy in 1 ms.
    const reply = await embedding.embed({ pixels, count }, { ...call, silenceLimitMs });
    return reply.embeddings;
  });
  const intake = new IntakePool({
    createWorker: createIntakeWorker,
    size: intakePoolSize(options.hardwareConcurrency),
    onReplaced: (reason) => notify({ type: 'worker-restarted', role: 'intake', reason }),
  });
  return {
    embedding,
    head,
    training,
    evaluations,
    embeds,
    embedSilenceLimitMs: silenceLimitMs,
    maps,
    intake,
    notify,
    listeners,
  };
}

async function useBackends(
  { embedding, head }: Parts,
  choice: BackendChoice,
  fallbacks: readonly BackendName[],
  signal: AbortSignal | undefined,
): Promise<BackendChoice> {
  const both = Promise.all([
    embedding.use([choice.embedding, ...fallbacks], signal),
    head.use([choice.head, ...fallbacks], signal),
  ]);
  const [embeddingBackend, headBackend] = await abortable(both, signal, 'opening the backends');
  return { embedding: embeddingBackend, head: headBackend };
}

type IntakeCalls = Pick<
  Engine,
  | 'preparePhoto'
  | 'photoPixels'
  | 'augmentedPixels'
  | 'framePixels'
  | 'encodeFrame'
  | 'drawSample'
  | 'checkCanvas'
>;

function intakeCalls(intake: IntakePool): IntakeCalls {
  return {
    preparePhoto: (file, maxSide, signal) =>
      intake.call('photo/prepare', { file, maxSide }, { signal }),
    photoPixels: async (image, size, fit, signal) =>
      (await intake.call('photo/pixels', { image, size, fit }, { signal })).pixels,
    augmentedPixels: async (request, signal) =>
      (await intake.call('photo/augmented', request, { signal })).pixels,
    framePixels: (frame, size, fit, signal) =>
      withFrame(frame, async (transfer) => {
        const payload = { frame, size, fit };
        return (await intake.call('frame/pixels', payload, { signal, transfer })).pixels;
      }),
    encodeFrame: (frame, maxSide, signal) =>
      withFrame(frame, async (transfer) => {
        const payload = { frame, maxSide };
        return (await intake.call('frame/encode', payload, { signal, transfer })).image;
      }),
    drawSample: async (request, signal) =>
      (await intake.call('sample/draw', request, { signal })).image,
    checkCanvas: () => intake.call('canvas/check', {}),
  };
}

/**
 * A frame belongs to the engine from here on. One that was dropped before it was sent holds GPU memory
 * until it is closed; on one that was sent, `close` does nothing.
 */
async function withFrame<Value>(
  frame: ImageBitmap,
  work: (transfer: readonly Transferable[]) => Promise<Value>,
): Promise<Value> {
  try {
    return await work([frame]);
  } finally {
    frame.close();
  }
}
