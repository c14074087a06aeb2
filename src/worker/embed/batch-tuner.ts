/**
 * Chooses how many pictures go through the backbone at once, by timing real batches of a few fixed
 * sizes. Fixed sizes because WebGL and WebGPU compile and cache by shape; timed because the best
 * size differs tenfold between devices.
 */

/** A batch above this delays a cancel or a live prediction too much, so larger ones are not tried. */
export const LONGEST_BATCH_MS = 400;

export interface BatchTuner {
  /** Size of the next batch when `remaining` pictures are left; more than `remaining` means padding. */
  next(remaining: number): number;
  /** Tells how long a batch of that size took, from input to numbers. */
  record(size: number, elapsedMs: number): void;
}

/**
 * `sizes`: ascending, each tried twice (the first run compiles) before the fastest is settled on.
 * `fixedShapes`: pad the last batch to one of the sizes instead of running a new shape.
 */
export function createBatchTuner(sizes: readonly number[], fixedShapes: boolean): BatchTuner {
  const runs = new Map<number, number>();
  const fastestMs = new Map<number, number>();

  const perPicture = (size: number, count: number): number =>
    (fastestMs.get(size) ?? Infinity) / Math.min(size, count);

  const bestRate = (): number => Math.min(...sizes.map((size) => perPicture(size, size)));

  function sizeToTry(remaining: number): number | undefined {
    return sizes.find((size) => {
      if (size > remaining || (runs.get(size) ?? 0) >= 2) return false;
      const expectedMs = bestRate() * size;
      return !Number.isFinite(expectedMs) || expectedMs <= LONGEST_BATCH_MS;
    });
  }

  function fastestFor(remaining: number): number {
    const measured = sizes.filter((size) => (runs.get(size) ?? 0) >= 2);
    if (measured.length === 0) {
      return sizes.find((size) => size >= remaining) ?? (sizes.at(-1) as number);
    }
    return measured.reduce((best, size) =>
      perPicture(size, remaining) < perPicture(best, remaining) ? size : best,
    );
  }

  return {
    next: (remaining) => {
      const size = sizeToTry(remaining) ?? fastestFor(remaining);
      return fixedShapes ? size : Math.min(size, remaining);
    },
    record: (size, elapsedMs) => {
      if (!sizes.includes(size)) return;
      const count = (runs.get(size) ?? 0) + 1;
      runs.set(size, count);
      // The first run compiles and says nothing about the rate.
      if (count > 1) fastestMs.set(size, Math.min(fastestMs.get(size) ?? Infinity, elapsedMs));
    },
  };
}
