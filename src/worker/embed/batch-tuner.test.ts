import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBatchTuner, LONGEST_BATCH_MS } from './batch-tuner.ts';

/** Runs `total` pictures through the tuner with a simulated device; returns the sizes used. */
function simulate(
  tuner: ReturnType<typeof createBatchTuner>,
  total: number,
  msOf: (size: number, run: number) => number,
): number[] {
  const used: number[] = [];
  const seen = new Map<number, number>();
  for (let done = 0; done < total;) {
    const size = tuner.next(total - done);
    const run = (seen.get(size) ?? 0) + 1;
    seen.set(size, run);
    tuner.record(size, msOf(size, run));
    used.push(size);
    done += size;
  }
  return used;
}

describe('the batch tuner', () => {
  it('settles on the size with the best rate, whatever compiling cost', () => {
    const tuner = createBatchTuner([1, 4, 16], true);
    // 16 is best once compiled, and takes 390 ms the first time.
    const used = simulate(tuner, 300, (size, run) => 2 + size * 0.5 + (run === 1 ? 380 : 0));
    expect(used.slice(-5, -1)).toEqual([16, 16, 16, 16]);
    expect(used.slice(0, 6)).toEqual([1, 1, 4, 4, 16, 16]);
  });

  it('settles on a small size where larger ones are slower', () => {
    const tuner = createBatchTuner([1, 4, 16], true);
    const used = simulate(tuner, 200, (size) => size * size);
    expect(used.slice(-3)).toEqual([1, 1, 1]);
  });

  it('never tries a size that would block for long', () => {
    const tuner = createBatchTuner([1, 4, 16], true);
    const used = simulate(tuner, 40, (size) => size * (LONGEST_BATCH_MS / 5));
    expect(used).not.toContain(16);
    expect(used).toContain(4);
  });

  it('keeps one live picture at size 1', () => {
    const tuner = createBatchTuner([1, 4, 16], true);
    simulate(tuner, 200, (size) => 5 + size);
    expect(tuner.next(1)).toBe(1);
  });

  it('uses only its own sizes when shapes are fixed, and never runs past the end otherwise', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 8, maxLength: 8 }),
        fc.boolean(),
        (total, costs, fixedShapes) => {
          const sizes = [1, 4, 8];
          const tuner = createBatchTuner(sizes, fixedShapes);
          let done = 0;
          for (let step = 0; done < total; step++) {
            const size = tuner.next(total - done);
            expect(size).toBeGreaterThan(0);
            if (fixedShapes) expect(sizes).toContain(size);
            else expect(size).toBeLessThanOrEqual(total - done);
            tuner.record(size, costs[step % costs.length] as number);
            done += size;
          }
        },
      ),
    );
  });
});
