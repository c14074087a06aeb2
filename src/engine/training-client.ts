/**
 * The main thread's side of training: hands epochs to the run they belong to, keeps an eye on the
 * worker while it trains, and ends a worker that does not stop when told to.
 */
import type { EpochMetrics } from '../domain/metrics.ts';
import type { HeadHistory } from '../domain/head-history.ts';
import type { HeadWeights } from '../domain/head.ts';
import type { EngineEvent, TrainOutcome } from '../protocol/engine-messages.ts';
import { EngineError } from '../protocol/errors.ts';
import { abortable } from './abort.ts';
import { startCountdown, type Countdown } from './countdown.ts';
import type { Engine, TrainRequest } from './engine.ts';
import type { WorkerSupervisor } from './worker-supervisor.ts';

export interface TrainingDeadlines {
  /** Longest silence of a training worker; it is asked for a sign of life more often than that. */
  readonly silenceMs: number;
  readonly heartbeatMs: number;
  /** From a stop to the end of the run. */
  readonly stopMs: number;
}

export const DEFAULT_TRAINING_DEADLINES: TrainingDeadlines = {
  silenceMs: 180_000,
  heartbeatMs: 30_000,
  stopMs: 20_000,
};

/** A run that is over by then is quicker made again than looked up. */
const POINTS = { afterMs: 2_000, everyMs: 1_000, bytesPerMs: 2_000 } as const;

interface ActiveRun {
  readonly onEpoch: (metrics: EpochMetrics) => void;
  readonly onPoint: TrainRequest['onPoint'];
  /** Ends the run from this side; the worker has `cancelMs` to follow. */
  readonly abort: AbortController;
  /** Resolves when the worker has been given the run, or when it will never be. */
  readonly sent: Promise<void>;
  stopCountdown: Countdown | null;
  stoppedInVain: boolean;
}

export class TrainingClient {
  readonly #supervisor: WorkerSupervisor;
  readonly #deadlines: TrainingDeadlines;
  readonly #runs = new Map<string, ActiveRun>();

  constructor(supervisor: WorkerSupervisor, deadlines: Partial<TrainingDeadlines> = {}) {
    this.#supervisor = supervisor;
    this.#deadlines = { ...DEFAULT_TRAINING_DEADLINES, ...deadlines };
  }

  receive(event: EngineEvent): void {
    if (event.type !== 'train/epoch' && event.type !== 'train/point') return;
    const run = this.#runs.get(event.runId);
    if (run === undefined || run.abort.signal.aborted) return;
    if (event.type === 'train/epoch') run.onEpoch(event.metrics);
    else run.onPoint?.(event.point);
  }

  /** Rejects with 'worker-died' when the worker dies: a run is never repeated behind the caller's back. */
  async train(request: TrainRequest, signal?: AbortSignal): Promise<TrainOutcome> {
    const { runId, dataKey, hyperparameters, onEpoch, onPoint, resume, startFrom } = request;
    if (this.#runs.has(runId)) {
      throw new EngineError({ code: 'bad-request', message: `run ${runId} is under way` });
    }
    const abort = new AbortController();
    let onSent = (): void => undefined;
    const sent = new Promise<void>((resolve) => {
      onSent = resolve;
    });
    const run: ActiveRun = {
      onEpoch,
      onPoint,
      abort,
      sent,
      stopCountdown: null,
      stoppedInVain: false,
    };
    const payload = {
      ...{ runId, dataKey, hyperparameters },
      ...(resume === undefined ? {} : { resume }),
      ...(startFrom === undefined ? {} : { startFrom }),
      ...(onPoint === undefined ? {} : { points: POINTS }),
    };
    const forward = (): void => abort.abort();
    if (signal?.aborted === true) forward();
    signal?.addEventListener('abort', forward, { once: true });
    this.#runs.set(runId, run);
    const heartbeat = setInterval(() => this.#askForSignOfLife(), this.#deadlines.heartbeatMs);
    try {
      return await this.#supervisor.train(payload, {
        signal: abort.signal,
        silenceLimitMs: this.#deadlines.silenceMs,
        onSent,
      });
    } catch (error) {
      if (!run.stoppedInVain) throw error;
      const message = `the worker went on training ${this.#deadlines.stopMs} ms after the stop`;
      throw new EngineError({ code: 'worker-timeout', message });
    } finally {
      onSent();
      clearInterval(heartbeat);
      run.stopCountdown?.stop();
      signal?.removeEventListener('abort', forward);
      this.#runs.delete(runId);
    }
  }

  async pause(runId: string): Promise<void> {
    await this.#control('head/pause', runId);
  }

  async resume(runId: string): Promise<void> {
    await this.#control('head/resume', runId);
  }

  async stop(runId: string): Promise<void> {
    const run = this.#runs.get(runId);
    if (run === undefined) return;
    run.stopCountdown ??= startCountdown(this.#deadlines.stopMs, () => {
      run.stoppedInVain = true;
      run.abort.abort();
    });
    await this.#control('head/stop', runId);
  }

  /** Null as well when the worker that had it is gone. */
  async checkpoint(
    runId: string,
    epoch: number,
    signal?: AbortSignal,
  ): Promise<HeadWeights | null> {
    if (!this.#supervisor.isRunning) return null;
    const call = this.#supervisor.request(
      'head/checkpoint',
      { runId, epoch },
      { signal, retry: false },
    );
    return (await abortable(call, signal, 'reading a checkpoint')).head;
  }

  /** Null as well when the worker that had them is gone. */
  async headHistory(
    request: Parameters<Engine['headHistory']>[0],
    signal?: AbortSignal,
  ): Promise<HeadHistory | null> {
    if (!this.#supervisor.isRunning) return null;
    const call = this.#supervisor.request('head/history', request, { signal, retry: false });
    return (await abortable(call, signal, 'reading the heads of a run')).history;
  }

  /** Does nothing for a run that is not under way. */
  async #control(name: 'head/pause' | 'head/resume' | 'head/stop', runId: string): Promise<void> {
    // A stop that overtook the start would find no run to stop.
    await this.#runs.get(runId)?.sent;
    if (!this.#runs.has(runId)) return;
    try {
      await this.#supervisor.request(name, { runId }, { retry: false });
    } catch (error) {
      // A run whose worker is gone is neither running nor paused: `train` has rejected and said so.
      if (!(error instanceof EngineError && error.code === 'worker-died')) throw error;
    }
  }

  /** The reply counts as a sign of life in the channel; a missing one shows there too. */
  #askForSignOfLife(): void {
    this.#supervisor.request('memory', {}, { retry: false }).catch(() => undefined);
  }
}
