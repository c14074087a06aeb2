/** Counts deaths of a worker, so that a death loop ends with an error instead of heating the room. */

export interface RestartLimits {
  /** Restarts granted within the window; the next death is one too many. */
  readonly restarts: number;
  readonly windowMs: number;
}

export const DEFAULT_RESTART_LIMITS: RestartLimits = { restarts: 3, windowMs: 60_000 };

export class RestartBudget {
  readonly #limits: RestartLimits;
  readonly #now: () => number;
  #deaths: number[] = [];

  constructor(limits: RestartLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Deaths within the window, this one included. */
  recordDeath(): number {
    const since = this.#now() - this.#limits.windowMs;
    this.#deaths = [...this.#deaths.filter((at) => at > since), this.#now()];
    return this.#deaths.length;
  }

  get isSpent(): boolean {
    return this.#deaths.length > this.#limits.restarts;
  }

  reset(): void {
    this.#deaths = [];
  }
}
