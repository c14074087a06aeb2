/**
 * Append-only log of the running (or last shown) run's epochs, outside the store so that a point a
 * millisecond costs no render. Read through `useSyncExternalStore`; listeners are told at most
 * `notifyPerSecond` times a second, less often where drawing takes long, and always once after the
 * last append.
 */
import type { EpochMetrics } from '../domain/metrics.ts';

export interface MetricLog {
  append(metrics: EpochMetrics): void;
  /** Replaces everything, e.g. when a stored run is shown; the array itself becomes the snapshot. */
  reset(metrics?: readonly EpochMetrics[]): void;
  /** Tells of what was appended at once, e.g. when a run is over. */
  flush(): void;
  /** Same array identity until the next notification. */
  getSnapshot(): readonly EpochMetrics[];
  subscribe(listener: () => void): () => void;
}

/** Drawing gets a quarter of the main thread at most, so that a slow machine still answers. */
const REST_PER_DRAWING = 3;

/** `now`: a clock in milliseconds. */
export function createMetricLog(
  notifyPerSecond = 10,
  now: () => number = () => performance.now(),
): MetricLog {
  const points: EpochMetrics[] = [];
  const listeners = new Set<() => void>();
  const intervalMs = 1000 / notifyPerSecond;
  let snapshot: readonly EpochMetrics[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastNotifiedAt = -Infinity;
  let drawingMs = 0;

  /** `whole`: everything there is, in an array that nobody changes. */
  function notify(whole: readonly EpochMetrics[] = points.slice()): void {
    timer = null;
    const startedAt = now();
    lastNotifiedAt = startedAt;
    snapshot = whole;
    for (const listener of listeners) listener();
    // What listeners draw is drawn before the next task begins.
    setTimeout(() => {
      drawingMs = now() - startedAt;
    });
  }

  function schedule(): void {
    if (timer !== null) return;
    const restMs = Math.max(intervalMs, (REST_PER_DRAWING + 1) * drawingMs);
    const waitMs = Math.max(0, restMs - (now() - lastNotifiedAt));
    timer = setTimeout(() => {
      notify();
    }, waitMs);
  }

  return {
    append(metrics) {
      points.push(metrics);
      schedule();
    },
    reset(metrics = []) {
      points.length = 0;
      points.push(...metrics);
      if (timer !== null) clearTimeout(timer);
      notify(metrics);
    },
    flush() {
      if (timer === null) return;
      clearTimeout(timer);
      notify();
    },
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
