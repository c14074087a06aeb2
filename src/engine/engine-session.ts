/**
 * One life of an engine worker: its channel and what it has been given so far. Each thing is given
 * once; asking again returns the first answer. When the worker dies the session is thrown away.
 */
import type { BackboneArtifacts, BackboneCard } from '../domain/backbone-card.ts';
import type { BackendName } from '../domain/backend.ts';
import type { EngineEvent, EngineRequestMap, TrainingData } from '../protocol/engine-messages.ts';
import { EngineError } from '../protocol/errors.ts';
import type { LoadedBackbone } from './engine.ts';
import { WorkerChannel, type WorkerDown } from './worker-channel.ts';
import type { WorkerPort } from './worker-port.ts';

export interface Backbone {
  readonly card: BackboneCard;
  readonly artifacts: BackboneArtifacts;
}

export interface SessionDeadlines {
  readonly readyMs: number;
  readonly cancelMs: number;
  /** WORKAROUND(tfjs#8596): setBackend can hang for good. */
  readonly openMs: number;
  /** Shader compilation on a software adapter takes seconds. */
  readonly checkMs: number;
  readonly loadMs: number;
}

export const DEFAULT_SESSION_DEADLINES: SessionDeadlines = {
  readyMs: 120_000,
  cancelMs: 30_000,
  openMs: 20_000,
  checkMs: 30_000,
  loadMs: 120_000,
};

export interface SessionOptions {
  readonly worker: WorkerPort;
  readonly backend: BackendName;
  readonly wasmPath: string;
  readonly deadlines: SessionDeadlines;
  readonly onEvent: (event: EngineEvent) => void;
  readonly onDown: (down: WorkerDown) => void;
}

export class EngineSession {
  readonly backend: BackendName;
  readonly channel: WorkerChannel<EngineRequestMap, EngineEvent>;
  /** Backend failures in a row. */
  failures = 0;
  readonly #wasmPath: string;
  readonly #deadlines: SessionDeadlines;
  #loadedBackbone: { of: Backbone; loaded: Promise<LoadedBackbone> } | null = null;
  #loadedData: { of: TrainingData; loaded: Promise<void> } | null = null;

  constructor(options: SessionOptions) {
    this.backend = options.backend;
    this.#wasmPath = options.wasmPath;
    this.#deadlines = options.deadlines;
    this.channel = new WorkerChannel({
      worker: options.worker,
      onEvent: options.onEvent,
      onDown: options.onDown,
      cancelDeadlineMs: options.deadlines.cancelMs,
      readyTimeoutMs: options.deadlines.readyMs,
    });
  }

  /** Opens the backend and, if asked, refuses it with 'backend-failed' when its numbers are wrong. */
  async open(check: boolean): Promise<void> {
    const { openMs, checkMs } = this.#deadlines;
    // The limit runs from the moment the request is sent, so a slow download of the script is not counted.
    await this.channel.call(
      'backend/open',
      { backend: this.backend, wasmPath: this.#wasmPath },
      { silenceLimitMs: openMs },
    );
    if (!check) return;
    const found = await this.channel.call('backend/check', {}, { silenceLimitMs: checkMs });
    if (!found.right) {
      const { forwardError, gradientError } = found;
      throw new EngineError({
        code: 'backend-failed',
        message: `${this.backend} computes wrong numbers`,
        detail: { backend: this.backend, forwardError, gradientError },
      });
    }
  }

  /** Rejects as the worker does; the same backbone may then be tried again. */
  ensureBackbone(backbone: Backbone): Promise<LoadedBackbone> {
    if (this.#loadedBackbone?.of !== backbone) {
      const entry = { of: backbone, loaded: this.#loadBackbone(backbone) };
      this.#loadedBackbone = entry;
      entry.loaded.catch(() => {
        if (this.#loadedBackbone === entry) this.#loadedBackbone = null;
      });
    }
    return this.#loadedBackbone.loaded;
  }

  ensureData(data: TrainingData): Promise<void> {
    if (this.#loadedData?.of !== data) {
      const entry = { of: data, loaded: this.#loadData(data) };
      this.#loadedData = entry;
      entry.loaded.catch(() => {
        if (this.#loadedData === entry) this.#loadedData = null;
      });
    }
    return this.#loadedData.loaded;
  }

  async #loadBackbone(backbone: Backbone): Promise<LoadedBackbone> {
    // Copied, not transferred: the weights are needed again when the worker has to be replaced.
    const { backboneId, embeddingWidth, goldenError, folding, loadMs } = await this.channel.call(
      'backbone/load',
      backbone,
      { silenceLimitMs: this.#deadlines.loadMs },
    );
    return { backboneId, embeddingWidth, goldenError, folding, loadMs, backend: this.backend };
  }

  async #loadData(data: TrainingData): Promise<void> {
    await this.channel.call('head/load-data', data, { silenceLimitMs: this.#deadlines.loadMs });
  }
}
