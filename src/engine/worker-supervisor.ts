/**
 * Calls to the engine worker of one role, whatever becomes of the worker meanwhile: what can be
 * repeated is repeated on its replacement, what cannot rejects, and nothing hangs.
 */
import type { BackboneArtifacts, BackboneCard } from '../domain/backbone-card.ts';
import type { BackendName } from '../domain/backend.ts';
import type { EngineRequestMap, TrainingData } from '../protocol/engine-messages.ts';
import { EngineError } from '../protocol/errors.ts';
import { abortable, toEngineError } from './abort.ts';
import type { EngineSession } from './engine-session.ts';
import type { LoadedBackbone } from './engine.ts';
import type { CallOptions, ReplyOf, RequestOf } from './worker-channel.ts';
import { WorkerKeeper, type KeeperOptions } from './worker-keeper.ts';

export interface SupervisedCall extends CallOptions {
  /** Repeat the call on the new worker if its own dies: only for calls without lasting effect. */
  readonly retry: boolean;
  /** Called when the request has been handed to the worker; what is sent after that arrives after it. */
  readonly onSent?: () => void;
}

interface Tally {
  deaths: number;
  failures: number;
}

export class WorkerSupervisor {
  readonly #keeper: WorkerKeeper;

  constructor(options: KeeperOptions) {
    this.#keeper = new WorkerKeeper(options);
  }

  /** True while a worker is in service or being started. */
  get isRunning(): boolean {
    return this.#keeper.isRunning;
  }

  /**
   * Opens and checks the first backend of the chain that works and stays with it. Rejects with the
   * last one's error when none does. A worker in service on another backend is replaced, also when
   * it had given up before. Calls that wait move to the new one; a training run there is lost.
   */
  async use(chain: readonly BackendName[], signal?: AbortSignal): Promise<BackendName> {
    this.#keeper.choose(chain);
    return (await abortable(this.#keeper.ready(), signal, 'opening the backend')).backend;
  }

  /** Kept for restarts once it has loaded. After a failure or an abort there is no backbone. */
  async loadBackbone(
    card: BackboneCard,
    artifacts: BackboneArtifacts,
    signal?: AbortSignal,
  ): Promise<LoadedBackbone> {
    const backbone = { card, artifacts, proven: false };
    this.#keeper.belongings.backbone = backbone;
    try {
      const work = this.#withSession((session) => session.ensureBackbone(backbone), true, signal);
      const loaded = await abortable(work, signal, 'loading the backbone');
      backbone.proven = true;
      return loaded;
    } catch (error) {
      if (this.#keeper.belongings.backbone === backbone) this.#keeper.belongings.backbone = null;
      throw error;
    }
  }

  /** Kept for restarts until other data takes its place; must not be changed by the caller. */
  async loadData(data: TrainingData, signal?: AbortSignal): Promise<void> {
    this.#keeper.belongings.data = data;
    try {
      const work = this.#withSession((session) => session.ensureData(data), true, signal);
      await abortable(work, signal, 'loading training data');
    } catch (error) {
      if (this.#keeper.belongings.data === data) this.#keeper.belongings.data = null;
      throw error;
    }
  }

  /** Embeds with the loaded backbone; 'backbone-not-loaded' without one. Repeated on a new worker. */
  embed(
    payload: RequestOf<EngineRequestMap, 'embed'>,
    options: CallOptions,
  ): Promise<ReplyOf<EngineRequestMap, 'embed'>> {
    return this.#withBackbone('embed', payload, options);
  }

  /** As `embed`. */
  explain(
    payload: RequestOf<EngineRequestMap, 'explain'>,
    options: CallOptions,
  ): Promise<ReplyOf<EngineRequestMap, 'explain'>> {
    return this.#withBackbone('explain', payload, options);
  }

  /** As `embed`: the classes of the backbone itself, and what it says of embeddings. */
  classify<Name extends 'backbone/classes' | 'backbone/classify'>(
    name: Name,
    payload: RequestOf<EngineRequestMap, Name>,
    options: CallOptions,
  ): Promise<ReplyOf<EngineRequestMap, Name>> {
    return this.#withBackbone(name, payload, options);
  }

  #withBackbone<Name extends 'embed' | 'explain' | 'backbone/classes' | 'backbone/classify'>(
    name: Name,
    payload: RequestOf<EngineRequestMap, Name>,
    options: CallOptions,
  ): Promise<ReplyOf<EngineRequestMap, Name>> {
    const backbone = this.#keeper.belongings.backbone;
    return this.request(name, payload, { ...options, retry: true }, (session) => {
      if (backbone === null || backbone !== this.#keeper.belongings.backbone)
        throw noBackboneError();
      return session.ensureBackbone(backbone);
    });
  }

  /** Trains on the data loaded last. Never repeated: rejects when the worker dies. */
  train(
    payload: RequestOf<EngineRequestMap, 'head/train'>,
    options: Omit<SupervisedCall, 'retry'>,
  ): Promise<ReplyOf<EngineRequestMap, 'head/train'>> {
    return this.request('head/train', payload, { ...options, retry: false }, async (session) => {
      const { data } = this.#keeper.belongings;
      if (data !== null) await session.ensureData(data);
    });
  }

  /** On the data loaded last. Repeated on a new worker. */
  findRate(
    payload: RequestOf<EngineRequestMap, 'head/find-rate'>,
    options: CallOptions,
  ): Promise<ReplyOf<EngineRequestMap, 'head/find-rate'>> {
    return this.request('head/find-rate', payload, { ...options, retry: true }, async (session) => {
      const { data } = this.#keeper.belongings;
      if (data !== null) await session.ensureData(data);
    });
  }

  /** `prepare` runs before each attempt and must leave the session able to answer the call. */
  async request<Name extends keyof EngineRequestMap>(
    name: Name,
    payload: RequestOf<EngineRequestMap, Name>,
    options: SupervisedCall,
    prepare?: (session: EngineSession) => Promise<unknown>,
  ): Promise<ReplyOf<EngineRequestMap, Name>> {
    let inWorker = false;
    let finished = false;
    const settle = (): void => {
      if (finished && !inWorker) options.onSettled?.();
    };
    const onSettled = (): void => {
      inWorker = false;
      settle();
    };
    try {
      return await this.#withSession(
        async (session) => {
          if (prepare !== undefined) await abortable(prepare(session), options.signal, name);
          inWorker = true;
          const reply = session.channel.call(name, payload, { ...options, onSettled });
          options.onSent?.();
          return reply;
        },
        options.retry,
        options.signal,
      );
    } finally {
      finished = true;
      settle();
    }
  }

  dispose(): void {
    this.#keeper.dispose();
  }

  async #withSession<Value>(
    work: (session: EngineSession) => Promise<Value>,
    retry: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Value> {
    const tally: Tally = { deaths: 0, failures: 0 };
    for (;;) {
      const session = await abortable(this.#keeper.ready(), signal, 'the call');
      try {
        const value = await work(session);
        session.failures = 0;
        return value;
      } catch (thrown) {
        const error = toEngineError(thrown);
        const worthRepeating = this.#afterFailure(session, error, tally);
        if (!retry || !worthRepeating || signal?.aborted === true) throw error;
      }
    }
  }

  /** Draws the consequences of a failed call; true if the same call may succeed now. */
  #afterFailure(session: EngineSession, error: EngineError, tally: Tally): boolean {
    switch (error.code) {
      case 'worker-died':
      case 'worker-timeout':
        return tally.deaths++ < 1;
      case 'device-lost':
        this.#keeper.abandon(session, error, 'device-lost');
        return tally.deaths++ < 1;
      case 'backend-failed':
      case 'out-of-memory':
        session.failures++;
        if (session.failures >= 2 && this.#keeper.hasNext)
          this.#keeper.abandon(session, error, error.code);
        return tally.failures++ < 2;
      case 'backbone-wrong-numbers':
        // The files were checked by hash, so the backend is the likelier culprit: try one other.
        if (!this.#keeper.hasNext || tally.failures++ > 0) return false;
        this.#keeper.abandon(session, error, error.code);
        return true;
      default:
        return false;
    }
  }
}

function noBackboneError(): EngineError {
  return new EngineError({
    code: 'backbone-not-loaded',
    message: 'no backbone is loaded, or another one was loaded while this waited',
  });
}
