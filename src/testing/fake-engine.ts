/**
 * An Engine without workers, for tests of the state layer: deterministic, quick, and obedient. Any
 * call can be counted, delayed, held back or made to fail. See `fake-intake.ts` for what stands for a
 * photo and `fake-training.ts` for what stands for training.
 */
import type { BackboneCard } from '../domain/backbone-card.ts';
import type { BackendChoice, BackendName, BackendReport } from '../domain/backend.ts';
import { NOT_FOLDED } from '../domain/folding.ts';
import {
  chooseEpochs,
  numbersPerHead,
  packHeads,
  type HeadHistory,
} from '../domain/head-history.ts';
import { classEvidence } from '../domain/class-evidence.ts';
import type { HeadWeights } from '../domain/head.ts';
import { makePhotoMap, runToEnd } from '../domain/photo-map.ts';
import type { EpochMetrics } from '../domain/metrics.ts';
import type { ResumePoint } from '../domain/unfinished-run.ts';
import { abortable } from '../engine/abort.ts';
import type { Engine, EngineNotice, TrainRequest } from '../engine/engine.ts';
import type { ExplainedPhotos, TrainingData, TrainOutcome } from '../protocol/engine-messages.ts';
import { EngineError, type EngineErrorCode } from '../protocol/errors.ts';
import { FakeGates, type FakeOperation } from './fake-gates.ts';
import { fakeAugmented, fakePixels, fakePrepare, fakeSample } from './fake-intake.ts';
import { fakeSweep, fakeTraining } from './fake-training.ts';
import { fakeEvaluate } from './fake-evaluate.ts';

export interface FakeEngineControl {
  /** Calls so far, failed ones included. */
  count(operation: FakeOperation): number;
  /** The next calls of this operation reject with this code. */
  failNext(operation: FakeOperation, code: EngineErrorCode, times?: number): void;
  /** Each later call of this operation takes this long. For `train`: each epoch. */
  delay(operation: FakeOperation, delayMs: number): void;
  /** Calls of this operation wait until the returned function is called. For `train`: epochs. */
  hold(operation: FakeOperation): () => void;
  /** What a survey finds; a backend without an entry is right and slow. */
  setReport(report: BackendReport): void;
  setCanvasTampered(tampered: boolean): void;
  notify(notice: EngineNotice): void;
  readonly inUse: BackendChoice | null;
  readonly loadedBackbone: BackboneCard | null;
  readonly loadedData: TrainingData | null;
}

export interface FakeEngine extends Engine {
  readonly control: FakeEngineControl;
}

interface ActiveRun {
  paused: boolean;
  stopped: boolean;
  wake: () => void;
}

export function createFakeEngine(
  options: { readonly intakeParallelism?: number } = {},
): FakeEngine {
  const gates = new FakeGates();
  const listeners = new Set<(notice: EngineNotice) => void>();
  const found = new Map<BackendName, BackendReport>();
  let inUse: BackendChoice | null = null;
  let card: BackboneCard | null = null;
  let data: TrainingData | null = null;
  let tampered = false;
  const trainer = new FakeTrainer(gates, () => data);

  const engine: Engine = {
    async surveyBackends({ candidates, onReport }, signal) {
      const reports: BackendReport[] = [];
      for (const backend of candidates) {
        await gates.pass('surveyBackends', signal);
        const report = found.get(backend) ?? defaultReport(backend);
        reports.push(report);
        onReport(report);
      }
      return reports;
    },
    async useBackends(choice, fallbacks, signal) {
      await gates.pass('useBackends', signal);
      const usable = (wanted: BackendName): BackendName =>
        [wanted, ...fallbacks].find((name) => (found.get(name)?.verdict ?? 'right') === 'right') ??
        fail('backend-unavailable', 'no backend is left');
      inUse = { embedding: usable(choice.embedding), head: usable(choice.head) };
      return inUse;
    },
    async loadBackbone(wanted, _artifacts, signal) {
      card = null;
      await gates.pass('loadBackbone', signal);
      card = wanted;
      const backend = inUse?.embedding ?? 'cpu';
      const embeddingWidth = wanted.embedding.width;
      return {
        backboneId: wanted.id,
        embeddingWidth,
        goldenError: 0,
        folding: NOT_FOLDED,
        loadMs: 1,
        backend,
      };
    },
    async embed(pixels, count, signal) {
      await gates.pass('embed', signal);
      if (card === null) fail('backbone-not-loaded', 'no backbone is loaded');
      return fakeEmbeddings(pixels, count, card.embedding.width);
    },
    async explain(pixels, count, head, signal) {
      await gates.pass('explain', signal);
      if (card === null) fail('backbone-not-loaded', 'no backbone is loaded');
      return fakeExplanation(card, pixels, count, head);
    },
    async backboneClasses(signal) {
      await gates.pass('backboneClasses', signal);
      return card === null ? { outputs: 0, names: null } : FAKE_CLASSES;
    },
    async classify({ embeddings, count, groups }, signal) {
      await gates.pass('classify', signal);
      return fakeClassify(embeddings, count, groups);
    },
    async projectMap(request, onProgress, signal) {
      await gates.pass('projectMap', signal);
      onProgress(0.5);
      return runToEnd(makePhotoMap(request));
    },

    async runModel(_model, _pixels, _count, signal) {
      await gates.pass('runModel', signal);
      return fail('bad-request', 'the fake engine runs no models');
    },

    async loadTrainingData(given, signal) {
      await gates.pass('loadTrainingData', signal);
      data = given;
    },
    train: (request, signal) => trainer.train(request, signal),
    pauseTraining: (runId) => trainer.change(runId, { paused: true }),
    resumeTraining: (runId) => trainer.change(runId, { paused: false }),
    stopTraining: (runId) => trainer.change(runId, { stopped: true }),
    async checkpoint(runId, epoch, signal) {
      await gates.pass('checkpoint', signal);
      return trainer.checkpoint(runId, epoch);
    },
    async headHistory({ runId, budgetBytes, important }, signal) {
      await gates.pass('headHistory', signal);
      return trainer.history(runId, budgetBytes, important);
    },
    async scoreSplit(split, hyperparameters, signal) {
      await gates.pass('scoreSplit', signal);
      const outcome: EpochMetrics[] = [];
      const { bestEpoch } = await fakeTraining(split, hyperparameters, {
        afterEpoch: (metrics) => {
          outcome.push(metrics);
          return Promise.resolve('go-on');
        },
      });
      const of = split.validationRows.length;
      const accuracy = outcome[bestEpoch - 1]?.validationAccuracy ?? 0;
      return { right: Math.round(accuracy * of), of };
    },
    async findLearningRate({ dataKey, hyperparameters }, signal) {
      await gates.pass('findLearningRate', signal);
      if (data?.dataKey !== dataKey) fail('data-not-loaded', `no data ${dataKey}`);
      return fakeSweep(hyperparameters);
    },
    async evaluate(name, request, options = {}) {
      await gates.pass('evaluate', options.signal);
      return fakeEvaluate(name, request, options);
    },
    async memory(role) {
      await gates.pass('memory');
      return { backend: inUse?.[role] ?? 'cpu', tensors: 0, bytes: 0 };
    },

    async preparePhoto(file, maxSide, signal) {
      await gates.pass('preparePhoto', signal);
      return fakePrepare(file, maxSide);
    },
    async photoPixels(image, size, _fit, signal) {
      await gates.pass('photoPixels', signal);
      return fakePixels(image, size);
    },
    async augmentedPixels({ image, size, imageHash, kinds, copies }, signal) {
      await gates.pass('augmentedPixels', signal);
      return fakeAugmented(await fakePixels(image, size), size, imageHash, kinds, copies);
    },
    async framePixels(frame, size, _fit, signal) {
      await gates.pass('framePixels', signal);
      frame.close();
      return fakePixels(new Blob(['camera:0']), size);
    },
    async encodeFrame(frame, _maxSide, signal) {
      await gates.pass('encodeFrame', signal);
      frame.close();
      return new Blob([`camera:${gates.count('encodeFrame')}`], { type: 'image/jpeg' });
    },
    async drawSample(request, signal) {
      await gates.pass('drawSample', signal);
      return fakeSample(request);
    },
    async checkCanvas() {
      await gates.pass('checkCanvas');
      const changed = tampered ? 0.5 : 0;
      return { tampered, changedShare: changed, largestChange: changed * 4 };
    },
    intakeParallelism: options.intakeParallelism ?? 2,

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      gates.dispose();
      listeners.clear();
    },
  };

  const control: FakeEngineControl = {
    count: (operation) => gates.count(operation),
    failNext: (operation, code, times = 1) => gates.failNext(operation, code, times),
    delay: (operation, delayMs) => gates.delay(operation, delayMs),
    hold: (operation) => gates.hold(operation),
    setReport: (report) => found.set(report.backend, report),
    setCanvasTampered: (value) => {
      tampered = value;
    },
    notify: (notice) => listeners.forEach((listener) => listener(notice)),
    get inUse() {
      return inUse;
    },
    get loadedBackbone() {
      return card;
    },
    get loadedData() {
      return data;
    },
  };
  return Object.assign(engine, { control });
}

/** What the fake backbone was "pretrained" on: one class for each channel that its embeddings rest on. */
const FAKE_CLASSES = { outputs: 3, names: ['ant, emmet', 'bee', 'wasp'] } as const;

/** The stronger a channel, the more of its class. */
function fakeClassify(
  embeddings: Float32Array,
  count: number,
  groups: readonly (readonly number[])[],
): Float32Array {
  const width = embeddings.length / Math.max(1, count);
  return Float32Array.from({ length: count * groups.length }, (_, at) => {
    const photo = Math.floor(at / groups.length);
    const members = groups[at % groups.length] ?? [];
    return members.reduce((sum, member) => sum + (embeddings[photo * width + member] ?? 0), 0);
  });
}

/** As the real one, on a feature map whose every place is the embedding. */
function fakeExplanation(
  card: BackboneCard,
  pixels: Uint8Array,
  count: number,
  head: HeadWeights,
): ExplainedPhotos {
  const { width } = card.embedding;
  const embeddings = fakeEmbeddings(pixels, count, width);
  const side = card.featureMap?.side ?? 0;
  if (side === 0) return { embeddings, width, evidence: null, computeMs: 1 };
  const maps: number[] = [];
  const biases: number[] = [];
  for (let photo = 0; photo < count; photo++) {
    const embedding = embeddings.slice(photo * width, (photo + 1) * width);
    const features = Float32Array.from(
      { length: side * side * width },
      (_, at) => embedding[at % width] ?? 0,
    );
    const found = classEvidence(head, embedding, features);
    maps.push(...found.maps);
    biases.push(...found.biases);
  }
  const evidence = {
    maps: Float32Array.from(maps),
    biases: Float32Array.from(biases),
    rows: side,
    columns: side,
  };
  return { embeddings, width, evidence, computeMs: 1 };
}

/** Embedding j of a photo is the mean of channel j mod 3 in [0, 1], stretched a little with j. */
function fakeEmbeddings(pixels: Uint8Array, count: number, width: number): Float32Array {
  const bytes = pixels.length / count;
  const embeddings = new Float32Array(count * width);
  for (let photo = 0; photo < count; photo++) {
    const sums = [0, 0, 0];
    for (let at = 0; at < bytes; at++) {
      sums[at % 3] = (sums[at % 3] ?? 0) + (pixels[photo * bytes + at] ?? 0);
    }
    for (let j = 0; j < width; j++) {
      const mean = (sums[j % 3] ?? 0) / (bytes / 3) / 255;
      embeddings[photo * width + j] = mean * (1 + j / (10 * width));
    }
  }
  return embeddings;
}

class FakeTrainer {
  readonly #gates: FakeGates;
  readonly #data: () => TrainingData | null;
  readonly #active = new Map<string, ActiveRun>();
  readonly #checkpoints = new Map<string, Map<number, HeadWeights>>();

  constructor(gates: FakeGates, data: () => TrainingData | null) {
    this.#gates = gates;
    this.#data = data;
  }

  async train(
    { runId, dataKey, hyperparameters, onEpoch, onPoint, resume }: TrainRequest,
    signal?: AbortSignal,
  ): Promise<TrainOutcome> {
    const run: ActiveRun = { paused: false, stopped: false, wake: () => undefined };
    this.#active.set(runId, run);
    const heads = new Map<number, HeadWeights>();
    this.#checkpoints.set(runId, heads);
    try {
      await this.#gates.begin('train', signal);
      const data = this.#data();
      if (data?.dataKey !== dataKey) fail('data-not-loaded', `no data ${dataKey}`);
      return await fakeTraining(
        data,
        hyperparameters,
        {
          afterEpoch: async (metrics, head) => {
            if (!run.stopped) await this.#gates.wait('train', signal);
            while (run.paused && !run.stopped) await abortable(changed(run), signal, 'train');
            heads.set(metrics.epoch, head);
            onEpoch(metrics);
            onPoint?.(fakePoint(metrics.epoch, head));
            return run.stopped ? 'stop' : 'go-on';
          },
        },
        resume?.metrics,
      );
    } finally {
      this.#active.delete(runId);
    }
  }

  change(runId: string, change: Partial<Pick<ActiveRun, 'paused' | 'stopped'>>): Promise<void> {
    const run = this.#active.get(runId);
    if (run !== undefined) {
      Object.assign(run, change);
      run.wake();
    }
    return Promise.resolve();
  }

  checkpoint(runId: string, epoch: number): HeadWeights | null {
    return this.#checkpoints.get(runId)?.get(epoch) ?? null;
  }

  history(runId: string, budgetBytes: number, important: readonly number[]): HeadHistory | null {
    const heads = this.#checkpoints.get(runId) ?? new Map<number, HeadWeights>();
    const first = [...heads.values()][0];
    if (first === undefined) return null;
    const capacity = Math.max(8, Math.floor(budgetBytes / (4 * numbersPerHead(first))));
    return packHeads(
      chooseEpochs([...heads.keys()], important, capacity).map((epoch) => ({
        epoch,
        head: heads.get(epoch) ?? first,
      })),
    );
  }
}

/** After every epoch, however short the run: the fake trainer needs nothing but the epoch itself. */
function fakePoint(epoch: number, { outputKernel }: HeadWeights): ResumePoint {
  return {
    epoch,
    steps: epoch,
    elapsedMs: epoch,
    layers: [{ values: outputKernel, first: null, second: null }],
    order: Int32Array.of(0),
    orderState: [1, 2, 3, 4],
    maskState: [1, 2, 3, 4],
    bestEpoch: epoch,
    bestLayers: [outputKernel],
  };
}

function changed(run: ActiveRun): Promise<void> {
  return new Promise((resolve) => {
    run.wake = resolve;
  });
}

function defaultReport(backend: BackendName): BackendReport {
  return {
    backend,
    verdict: 'right',
    openMs: 1,
    forwardError: 0,
    gradientError: 0,
    imagesPerSecond: 1,
    headStepsPerSecond: 1,
    device: null,
    detail: null,
  };
}

function fail(code: EngineErrorCode, message: string): never {
  throw new EngineError({ code, message });
}
