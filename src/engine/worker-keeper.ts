/**
 * Keeps one engine worker in service: starts it on first use, replaces it when it dies or loses its
 * GPU, gives the new one everything the old one had been given, moves down the chain of backends when
 * one keeps failing, and gives up in a death loop.
 */
import type { BackendName } from '../domain/backend.ts';
import type { EngineEvent, TrainingData } from '../protocol/engine-messages.ts';
import { EngineError } from '../protocol/errors.ts';
import { abortedError, toEngineError } from './abort.ts';
import {
  DEFAULT_SESSION_DEADLINES,
  EngineSession,
  type Backbone,
  type SessionDeadlines,
} from './engine-session.ts';
import type { EngineNotice } from './engine.ts';
import { DEFAULT_RESTART_LIMITS, RestartBudget, type RestartLimits } from './restart-budget.ts';
import type { WorkerDown } from './worker-channel.ts';
import type { WorkerPort } from './worker-port.ts';

export interface KeeperOptions {
  readonly role: 'embedding' | 'head';
  readonly createWorker: () => WorkerPort;
  readonly wasmPath: string;
  readonly onEvent: (event: EngineEvent) => void;
  readonly onNotice: (notice: EngineNotice) => void;
  readonly deadlines?: Partial<SessionDeadlines>;
  readonly limits?: RestartLimits;
  readonly now?: () => number;
}

/** What a new worker is given before it is in service. */
export interface Belongings {
  backbone: (Backbone & { proven: boolean }) | null;
  data: TrainingData | null;
}

/** One run at getting a worker into service; ends with a session or an error. */
interface Attempt {
  session: EngineSession | null;
  established: boolean;
  /** Another choice of backends took its place; whoever waits for it waits for the other. */
  superseded: boolean;
}
interface Life {
  readonly attempt: Attempt;
  readonly ready: Promise<EngineSession>;
}
interface Replacement {
  readonly from: BackendName;
  readonly reason: string;
}

export class WorkerKeeper {
  readonly belongings: Belongings = { backbone: null, data: null };
  readonly #options: KeeperOptions;
  readonly #deadlines: SessionDeadlines;
  readonly #budget: RestartBudget;
  /** Backends whose numbers were found right; not checked again after a restart. */
  readonly #checked = new Set<BackendName>();
  #chain: readonly BackendName[] = [];
  #position = 0;
  #life: Life | null = null;
  #gaveUp: EngineError | null = null;
  #disposed = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#deadlines = { ...DEFAULT_SESSION_DEADLINES, ...options.deadlines };
    this.#budget = new RestartBudget(
      options.limits ?? DEFAULT_RESTART_LIMITS,
      options.now ?? Date.now,
    );
  }

  /** True while a worker is in service or being started. */
  get isRunning(): boolean {
    return this.#life !== null;
  }

  /** True if there is another backend to move down to. */
  get hasNext(): boolean {
    return this.#position + 1 < this.#chain.length;
  }

  /** Starts over with this chain, also after giving up. A worker on another backend is replaced. */
  choose(chain: readonly BackendName[]): void {
    const life = this.#life;
    const { established, session } = life?.attempt ?? { established: false, session: null };
    this.#chain = [...new Set(chain)];
    this.#position = 0;
    this.#gaveUp = null;
    this.#budget.reset();
    if (life !== null && !(established && session?.backend === chain[0])) {
      life.attempt.superseded = true;
      this.#life = null;
      session?.channel.close(diedError('another backend was chosen', 'replaced'));
    }
  }

  dispose(): void {
    this.#disposed = true;
    const session = this.#life?.attempt.session;
    this.#life = null;
    this.belongings.backbone = null;
    this.belongings.data = null;
    session?.channel.close(abortedError('the engine'));
  }

  /** The session in service, started if need be. Rejects when no backend works or it gave up. */
  async ready(): Promise<EngineSession> {
    for (;;) {
      if (this.#disposed) throw abortedError('the engine');
      if (this.#gaveUp !== null) throw this.#gaveUp;
      this.#life ??= this.#start(null);
      const life = this.#life;
      try {
        return await life.ready;
      } catch (error) {
        if (!life.attempt.superseded) throw error;
      }
    }
  }

  #start(replacement: Replacement | null): Life {
    const attempt: Attempt = { session: null, established: false, superseded: false };
    const life: Life = { attempt, ready: this.#establish(attempt, replacement) };
    // A failed start is forgotten, so that the next call tries again.
    life.ready.catch(() => {
      if (this.#life === life) this.#life = null;
    });
    return life;
  }

  async #establish(attempt: Attempt, replacement: Replacement | null): Promise<EngineSession> {
    for (;;) {
      const backend = this.#chain[this.#position];
      if (backend === undefined) {
        throw new EngineError({ code: 'bad-request', message: 'no backend was chosen' });
      }
      try {
        const session = this.#spawn(attempt, backend);
        await session.open(!this.#checked.has(backend));
        this.#checked.add(backend);
        await this.#restore(session);
        if (!session.channel.alive) throw diedError('the worker died while it started', 'crashed');
        attempt.established = true;
        if (replacement !== null) this.#announce(replacement, backend);
        return session;
      } catch (thrown) {
        const error = toEngineError(thrown);
        attempt.session?.channel.close(error);
        if (attempt.superseded || this.#disposed) throw error;
        this.#afterFailedStart(error);
      }
    }
  }

  #spawn(attempt: Attempt, backend: BackendName): EngineSession {
    const session: EngineSession = new EngineSession({
      worker: this.#options.createWorker(),
      backend,
      wasmPath: this.#options.wasmPath,
      deadlines: this.#deadlines,
      onEvent: (event) => {
        if (event.type === 'device-lost') {
          const message = `${backend} lost its device`;
          this.abandon(session, new EngineError({ code: 'device-lost', message }), 'device-lost');
        } else this.#options.onEvent(event);
      },
      onDown: (down) => this.#onDown(attempt, session, down),
    });
    attempt.session = session;
    return session;
  }

  /**
   * Data or a backbone that does not load is no reason to doubt a worker that lives: whoever needs it
   * asks for it again and is told. Except for a backbone that loaded before: then it is the backend.
   */
  async #restore(session: EngineSession): Promise<void> {
    const { backbone, data } = this.belongings;
    const tolerate = (error: unknown): void => {
      if (!session.channel.alive) throw error;
    };
    if (data !== null) await session.ensureData(data).catch(tolerate);
    if (backbone === null) return;
    const loading = session.ensureBackbone(backbone);
    await (backbone.proven ? loading : loading.catch(tolerate));
  }

  /** Chooses what to start next, or throws when there is nothing left to try. */
  #afterFailedStart(error: EngineError): void {
    if (error.code === 'worker-died') this.#afterDeath(error);
    else if (error.code === 'protocol-mismatch') {
      this.#gaveUp = error;
      throw error;
    } else if (!this.#advance()) throw error;
  }

  #afterDeath(error: EngineError): void {
    const deaths = this.#budget.recordDeath();
    // A script that does not even start will not start better on another backend.
    const started = error.detail?.['reason'] !== 'not-started';
    if (started && deaths >= 2 && this.#advance()) return;
    if (!this.#budget.isSpent) return;
    this.#gaveUp = new EngineError({
      code: 'worker-died',
      message: `gave up after ${deaths} deaths: ${error.message}`,
      detail: { reason: 'gave-up', deaths },
    });
    throw this.#gaveUp;
  }

  #onDown(attempt: Attempt, session: EngineSession, down: WorkerDown): void {
    // A death while starting rejects the call under way there; `#establish` sees it.
    if (!attempt.established || this.#life?.attempt !== attempt) return;
    this.#replace(session, down.kind, () => this.#afterDeath(diedError(down.message, down.kind)));
  }

  /** Ends a session whose backend cannot be trusted any more and goes on with the next one. */
  abandon(session: EngineSession, error: EngineError, reason: string): void {
    if (this.#life?.attempt.session !== session) return;
    if (this.#life.attempt.established) {
      this.#replace(session, reason, () => {
        if (!this.#advance()) this.#afterDeath(error);
      });
    }
    session.channel.close(error);
  }

  #replace(session: EngineSession, reason: string, decide: () => void): void {
    this.#life = null;
    try {
      decide();
    } catch {
      return; // Gave up: kept in #gaveUp, every later call rejects with it.
    }
    this.#life = this.#start({ from: session.backend, reason });
  }

  #announce({ from, reason }: Replacement, to: BackendName): void {
    const { role, onNotice } = this.#options;
    if (from === to) onNotice({ type: 'worker-restarted', role, reason });
    else onNotice({ type: 'backend-fell-back', role, from, to });
  }

  #advance(): boolean {
    if (!this.hasNext) return false;
    this.#position++;
    this.#budget.reset();
    return true;
  }
}

function diedError(message: string, reason: string): EngineError {
  return new EngineError({ code: 'worker-died', message, detail: { reason } });
}
