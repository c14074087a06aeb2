/**
 * Keeps a run answerable: hands the thread to waiting messages often enough, holds it while paused,
 * and says when to end. Yields through MessageChannel, which hidden tabs do not slow down as they do
 * timers and animation frames.
 */

/** Longest stretch of work between two looks at the message queue. */
const LONGEST_STRETCH_MS = 12;

export interface RunControl {
  /** Sets the clock: a run may have waited for the one before it, or goes on after an interruption. */
  start(alreadyMs?: number): void;
  pause(): void;
  resume(): void;
  /** Ends the run at the next turn; a paused run too. */
  stop(): void;
  readonly isPaused: boolean;
  /** To be awaited between steps (when `isDue`). False when the run is to end. */
  turn(): Promise<boolean>;
  /** True when `turn` has to be called now: a synchronous check, so that most steps cost no await. */
  readonly isDue: boolean;
  /** Milliseconds since the start, pauses left out. */
  elapsedMs(): number;
  /** Closes the channel. */
  close(): void;
}

export function createRunControl(signal: AbortSignal): RunControl {
  const channel = new MessageChannel();
  let wake: (() => void) | null = null;
  let release: (() => void) | null = null;
  let paused = false;
  let stopped = false;
  let pausedMs = 0;
  let startedAt = performance.now();
  let lastTurnAt = startedAt;
  // There and back: Node works off up to 1,000 messages of one port before it looks at anything else.
  channel.port2.onmessage = () => {
    channel.port2.postMessage(null);
  };
  channel.port1.onmessage = () => {
    const resolve = wake;
    wake = null;
    resolve?.();
  };

  function resume(): void {
    paused = false;
    const resolve = release;
    release = null;
    resolve?.();
  }
  const onAbort = (): void => {
    resume();
  };
  signal.addEventListener('abort', onAbort);

  async function letMessagesIn(): Promise<void> {
    await new Promise<void>((resolve) => {
      wake = resolve;
      channel.port1.postMessage(null);
    });
  }

  async function waitWhilePaused(): Promise<void> {
    const since = performance.now();
    while (paused && !stopped && !signal.aborted) {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    }
    pausedMs += performance.now() - since;
  }

  return {
    start(alreadyMs = 0) {
      startedAt = performance.now() - alreadyMs;
      pausedMs = 0;
    },
    pause() {
      paused = true;
    },
    resume,
    stop() {
      stopped = true;
      resume();
    },
    get isPaused() {
      return paused;
    },
    get isDue() {
      return stopped || paused || performance.now() - lastTurnAt >= LONGEST_STRETCH_MS;
    },
    async turn() {
      if (!stopped) await letMessagesIn();
      if (paused) await waitWhilePaused();
      lastTurnAt = performance.now();
      return !stopped && !signal.aborted;
    },
    elapsedMs: () => performance.now() - startedAt - pausedMs,
    close() {
      signal.removeEventListener('abort', onAbort);
      channel.port1.close();
      channel.port2.close();
    },
  };
}
