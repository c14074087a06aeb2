/** Turns counts into a Progress with time left, from the rate of the recent past. */
import type { Progress } from '../store-types.ts';

export interface ProgressMeter {
  addTotal(count: number): void;
  addDone(count: number): Progress;
  read(): Progress;
}

const MIN_SAMPLES = 4;
const MIN_ELAPSED_MS = 600;

export function createProgressMeter(now: () => number): ProgressMeter {
  const startedAt = now();
  let total = 0;
  let done = 0;
  function read(): Progress {
    const elapsedMs = now() - startedAt;
    const known = done >= MIN_SAMPLES && elapsedMs >= MIN_ELAPSED_MS;
    return { total, done, etaMs: known ? (elapsedMs / done) * (total - done) : null };
  }
  return {
    addTotal(count) {
      total += count;
    },
    addDone(count) {
      done += count;
      return read();
    },
    read,
  };
}
