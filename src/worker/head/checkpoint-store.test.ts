import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCheckpointStore } from './checkpoint-store.ts';

const parameters = (epoch: number) => ({ hidden: null, output: Float32Array.from([epoch]) });

describe('createCheckpointStore', () => {
  it('keeps everything within the budget', () => {
    const store = createCheckpointStore(4, 400);
    for (let epoch = 0; epoch <= 90; epoch++) store.add(epoch, parameters(epoch), false);
    expect(store.epochs()).toHaveLength(91);
    expect(store.get(33)?.output[0]).toBe(33);
  });

  it('thins evenly beyond it, never losing first, best and last, never over budget', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 40 }),
        fc.integer({ min: 1, max: 600 }),
        fc.nat(),
        (slots, epochs, pick) => {
          const best = 1 + (pick % epochs);
          const store = createCheckpointStore(1, slots);
          for (let epoch = 0; epoch <= epochs; epoch++) {
            store.add(epoch, parameters(epoch), epoch === best);
            expect(store.epochs().length).toBeLessThanOrEqual(slots);
          }
          for (const epoch of [1, best, epochs]) expect(store.get(epoch)?.output[0]).toBe(epoch);
          const kept = store.epochs();
          const gaps = kept.slice(1).map((epoch, index) => epoch - (kept[index] ?? 0));
          // Between two kept epochs there is never more than 4 times the unavoidable gap.
          expect(Math.max(...gaps)).toBeLessThanOrEqual(
            Math.max(1, Math.ceil((4 * epochs) / slots)),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
