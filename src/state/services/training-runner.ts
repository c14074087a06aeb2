/**
 * One training run from the press of the button to the stored record: waits for embeddings, hands
 * the data to the training worker once per data set, logs epochs, keeps the best head.
 */
import { augmentationOf } from '../../domain/augmentation.ts';
import { DEFAULT_HYPERPARAMETERS } from '../../domain/hyperparameter-specs.ts';
import type { RateSweep } from '../../domain/learning-rate-range.ts';
import { withClasses } from '../../domain/extend-head.ts';
import type { HeadWeights } from '../../domain/head.ts';
import type { EpochMetrics } from '../../domain/metrics.ts';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import type { HeadHistory } from '../../domain/head-history.ts';
import type { Run } from '../../domain/run.ts';
import { recordEpochs } from '../../domain/stopping-rule.ts';
import type { ResumePoint, UnfinishedRun } from '../../domain/unfinished-run.ts';
import { EngineError } from '../../protocol/errors.ts';
import { continuationObstacle, trainingObstacle } from '../selectors/training-obstacle.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { TrainingSlice } from '../store-types.ts';
import { refuseReader } from './read-only.ts';
import { runRecord } from './run-record.ts';
import { watchStorage } from './storage-usage.ts';
import { createTrainingData } from './training-data.ts';
import { collectTrainingRows, continuedRows } from './training-rows.ts';
import { createUnfinishedRuns } from './unfinished-runs.ts';

/** A head to go on from, and the run it belongs to. */
export interface Continuation {
  readonly run: Run;
  readonly head: HeadWeights;
}

export interface TrainingRunner {
  /** With `from`: starts from that head instead of a random one. */
  train(from?: Continuation): Promise<void>;
  /** Cancels the run under way and trains with the settings of now. Of several calls the last counts. */
  retrain(): Promise<void>;
  /** Ends the run under way without keeping anything of it. */
  cancel(): void;
  pause(): void;
  resume(): void;
  stop(): void;
  /** Looks for a run of the open project that was interrupted, and offers to go on with it. */
  findUnfinished(): Promise<void>;
  /** Goes on with it from its last stored epoch. */
  goOn(): Promise<void>;
  /** Lets go of it. */
  forgetUnfinished(): void;
  /** Range test with the settings of now; null when nothing can be trained, or a run is under way. */
  findLearningRate(signal: AbortSignal): Promise<RateSweep | null>;
}

/**
 * Heads of its epochs stored with the newest run. With embeddings of 1,280 numbers a linear head of 3
 * classes takes 15 KB an epoch, one of 64 hidden units 328 KB.
 */
const HISTORY_BYTES = 28 * 1024 * 1024;
/** Store updates for the progress line; the curves have their own log. */
const PROGRESS_INTERVAL_MS = 200;

export function createTrainingRunner(tools: SliceTools): TrainingRunner {
  const { get, set, services, embedder, timeline } = tools;
  const { engine, storage, metricLog } = services;
  let abort: AbortController | null = null;
  let underWay: Promise<void> = Promise.resolve();
  let retrainTicket = 0;
  const data = createTrainingData(tools);
  let stopRequested = false;
  // The run under way: its settings as they were when it began, and every epoch in order.
  let runHyperparameters = DEFAULT_HYPERPARAMETERS;
  let metricsSoFar: EpochMetrics[] = [];
  const unfinished = createUnfinishedRuns({ get, set, services });

  /** Asked anew after a wait, which the type checker does not expect to change it. */
  const wasStopped = (): boolean => stopRequested;

  function patch(training: Partial<TrainingSlice['training']>): void {
    set({ training: { ...get().training, ...training } });
  }

  function progressReporter(epochs: number): (metrics: EpochMetrics) => void {
    let lastAt = -Infinity;
    return (metrics) => {
      metricLog.append(metrics);
      const now = performance.now();
      if (now - lastAt < PROGRESS_INTERVAL_MS && metrics.epoch < epochs) return;
      lastAt = now;
      const etaMs = (metrics.elapsedMs / metrics.epoch) * (epochs - metrics.epoch);
      patch({ epoch: metrics.epoch, etaMs });
    };
  }

  /** The array that the curves are drawn from already, so that they are not drawn again for the record. */
  function recordedEpochs(): readonly EpochMetrics[] {
    const shown = metricLog.getSnapshot();
    const isWhole = shown.length === metricsSoFar.length && shown.at(-1) === metricsSoFar.at(-1);
    return isWhole ? shown : metricsSoFar.slice();
  }

  async function perform(
    runId: string,
    before: UnfinishedRun | null,
    from: Continuation | null,
    signal: AbortSignal,
  ): Promise<void> {
    const epochsBefore = before?.metrics.length ?? 0;
    patch({ status: 'preparing', runId, epoch: epochsBefore, etaMs: null, errorCode: null });
    await embedder.resume();
    if (signal.aborted)
      throw new EngineError({ code: 'aborted', message: 'stopped while preparing' });
    const state = get();
    const { projectId } = state;
    const own = collectTrainingRows(state.classes, state.photos);
    const rows = from === null ? own : continuedRows(own, from.run.classes);
    runHyperparameters = before?.hyperparameters ?? settingsFor(state.hyperparameters, from);
    if (from !== null) set({ hyperparameters: runHyperparameters });
    const dataKey = await data.ensure(rows, augmentationOf(runHyperparameters), signal);
    metricsSoFar = [...(before?.metrics ?? [])];
    metricLog.reset(metricsSoFar.slice());
    const report = progressReporter(runHyperparameters.epochs);
    patch({ status: 'running', epochs: runHyperparameters.epochs });
    if (stopRequested)
      throw new EngineError({ code: 'aborted', message: 'stopped while preparing' });
    // A run that goes on from another head is not taken up again: its start is in no store.
    const savePoint = (point: ResumePoint): void => {
      unfinished.save({
        projectId,
        runId,
        savedAt: services.now(),
        hyperparameters: runHyperparameters,
        dataKey,
        backend: get().backends.inUse?.head ?? 'cpu',
        metrics: metricsSoFar.slice(0, point.epoch),
        point,
      });
    };
    const outcome = await engine.train(
      {
        runId,
        dataKey,
        hyperparameters: runHyperparameters,
        ...(from === null ? {} : { startFrom: withClasses(from.head, rows.classes.length) }),
        onEpoch: (metrics) => {
          metricsSoFar.push(metrics);
          report(metrics);
        },
        ...(from === null ? { onPoint: savePoint } : {}),
        ...(before === null ? {} : { resume: { point: before.point, metrics: before.metrics } }),
      },
      signal,
    );
    // What is said of the finished run is said of all its epochs.
    metricLog.flush();
    const run = runRecord(tools, {
      runId,
      rows,
      outcome,
      hyperparameters: runHyperparameters,
      metrics: recordedEpochs(),
      continues: from?.run.id ?? null,
    });
    // Without them the best head is still there; only the other epochs cannot be looked at.
    const request = { runId, budgetBytes: HISTORY_BYTES, important: recordEpochs(run.metrics) };
    const history = await engine.headHistory(request).catch(() => null);
    // The head can be used at once; storing it may take longer and may fail without taking it away.
    timeline.open(run, history);
    const previousRun = get().currentRun;
    set({ currentRun: run, previousRun, runIsStale: false });
    patch({ status: 'finished', epoch: outcome.epochsDone, etaMs: null });
    // Writing megabytes takes a moment: in a task of its own, after the screen has been told.
    await new Promise((resolve) => setTimeout(resolve));
    await keep(run, history);
    await unfinished.forget();
  }

  async function keep(run: Run, history: HeadHistory | null): Promise<void> {
    try {
      await storage.putRun(history === null ? run : { ...run, headHistory: history });
    } catch {
      get().notify({ tone: 'warning', messageKey: 'storage.run-not-saved', params: {} });
      return;
    }
    void watchStorage({ get, set, services });
    // Should it fail (a chunk that cannot be fetched), the run is stored and listed at the next start.
    await tools
      .runShelf()
      .then((shelf) => shelf.add(run, history !== null))
      .catch(() => undefined);
  }

  function fail(error: unknown): void {
    const code = error instanceof EngineError ? error.code : 'internal';
    if (code === 'aborted') {
      // Cancelled by a person, unless another tab takes the project over and may want to go on.
      if (get().tab.role === 'writer') void unfinished.forget();
      patch({ status: get().currentRun === null ? 'idle' : 'finished', etaMs: null });
      restoreShownRun();
      return;
    }
    metricLog.flush();
    // The worker that held the data may be gone.
    data.forget();
    patch({ status: 'failed', errorCode: code, etaMs: null });
  }

  /** Only over the very same data; of other data it is the past, and goes. */
  async function findUnfinished(): Promise<void> {
    const { classes, photos, tab } = get();
    if (tab.role === 'reader' || abort !== null || embedder.source === null) return;
    await unfinished.find(({ hyperparameters }) =>
      data.keyOf(collectTrainingRows(classes, photos), augmentationOf(hyperparameters)),
    );
  }

  function restoreShownRun(): void {
    metricLog.reset(get().currentRun?.metrics ?? []);
  }

  async function once(
    before: UnfinishedRun | null,
    from: Continuation | null,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      // A new id also for a run that goes on: the worker may still know the old one.
      await perform(services.newId(), before, from, signal);
    } catch (error) {
      fail(error);
    } finally {
      abort = null;
    }
    if (get().training.status === 'failed') await findUnfinished();
  }

  async function start(
    before: UnfinishedRun | null,
    from: Continuation | null = null,
  ): Promise<void> {
    abort = new AbortController();
    stopRequested = false;
    underWay = once(before, from, abort.signal);
    await underWay;
  }

  async function train(from: Continuation | null = null): Promise<void> {
    const obstacle = from === null ? trainingObstacle(get()) : continuationObstacle(get());
    if (obstacle !== null || refuseReader(get)) return;
    if (abort !== null && !(await storedFirst())) return;
    // What was offered has been answered by beginning anew.
    void unfinished.forget();
    await start(null, from);
  }

  /**
   * A run that is over may still be on its way to disk: whoever presses Train then is not turned away
   * but waits for it. False when a run is really under way, or waiting was ended by Stop.
   */
  async function storedFirst(): Promise<boolean> {
    const { status } = get().training;
    if (isUnderWay(status)) return false;
    stopRequested = false;
    patch({ status: 'preparing', epoch: 0, etaMs: null, errorCode: null });
    await underWay;
    if (abort !== null) return false;
    if (!wasStopped()) return true;
    patch({ status: 'finished' });
    return false;
  }

  async function findLearningRate(signal: AbortSignal): Promise<RateSweep | null> {
    if (abort !== null || trainingObstacle(get()) !== null) return null;
    await embedder.resume();
    const state = get();
    const rows = collectTrainingRows(state.classes, state.photos);
    const { hyperparameters } = state;
    // Copies that are not embedded yet are not worth waiting for here: the photos alone will do.
    const dataKey = await data.ensure(rows, { copies: 0, kinds: [] }, signal);
    return engine.findLearningRate({ dataKey, hyperparameters }, signal);
  }

  return {
    train,
    findUnfinished,
    forgetUnfinished: () => void unfinished.forget(),
    async goOn() {
      if (abort !== null || trainingObstacle(get()) !== null || refuseReader(get)) return;
      const before = unfinished.take();
      if (before !== null) await start(before);
    },
    findLearningRate,
    async retrain() {
      const ticket = ++retrainTicket;
      abort?.abort();
      await underWay;
      if (ticket === retrainTicket) await train();
    },
    cancel() {
      retrainTicket += 1;
      abort?.abort();
    },
    pause() {
      const { runId, status } = get().training;
      if (runId === null || status !== 'running') return;
      patch({ status: 'paused' });
      engine.pauseTraining(runId).catch(() => undefined);
    },
    resume() {
      const { runId, status } = get().training;
      if (runId === null || status !== 'paused') return;
      patch({ status: 'running' });
      engine.resumeTraining(runId).catch(() => undefined);
    },
    stop() {
      const { runId, status } = get().training;
      stopRequested = true;
      if (status === 'preparing') abort?.abort();
      else if (runId !== null) engine.stopTraining(runId).catch(() => abort?.abort());
    },
  };
}

function isUnderWay(status: TrainingSlice['training']['status']): boolean {
  return status === 'preparing' || status === 'running' || status === 'paused';
}

/** The head decides its own shape; everything else is as the person set it. */
function settingsFor(settings: Hyperparameters, from: Continuation | null): Hyperparameters {
  if (from === null) return settings;
  const { hiddenUnits, standardisation } = from.head;
  return { ...settings, hiddenUnits, standardise: standardisation !== null };
}
