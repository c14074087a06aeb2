/**
 * The parameters after each epoch, for dragging along the curve, within a budget of bytes. Epochs are
 * thinned evenly: every 1st, then every 2nd, every 4th, … is kept as a run gets longer. The best, the
 * last and the first epoch are always there.
 */
import type { HeadParameters } from './head-parameters.ts';

export interface CheckpointStore {
  /** Takes ownership of `parameters`. Epochs come in rising order. */
  add(epoch: number, parameters: HeadParameters, isBest: boolean): void;
  get(epoch: number): HeadParameters | null;
  /** Rising. */
  epochs(): readonly number[];
}

/** `entryBytes`: bytes of one entry. At least 8 entries are kept whatever the budget. */
export function createCheckpointStore(entryBytes: number, budgetBytes: number): CheckpointStore {
  const capacity = Math.max(8, Math.floor(budgetBytes / entryBytes));
  const kept = new Map<number, HeadParameters>();
  let stride = 1;
  let best = 0;
  let last = 0;

  /** Epoch 0, the untrained head, is only a stand-in until a first epoch is done. */
  const isAlwaysKept = (epoch: number): boolean => epoch <= 1 || epoch === best || epoch === last;
  const isOnGrid = (epoch: number): boolean => epoch % stride === 0;

  function thin(): void {
    for (const epoch of kept.keys()) {
      if (!isAlwaysKept(epoch) && !isOnGrid(epoch)) kept.delete(epoch);
    }
  }

  return {
    add(epoch, parameters, isBest) {
      const before = [last, best];
      kept.set(epoch, parameters);
      last = epoch;
      if (isBest) best = epoch;
      for (const earlier of before) {
        if (!isAlwaysKept(earlier) && !isOnGrid(earlier)) kept.delete(earlier);
      }
      while (kept.size > capacity) {
        stride *= 2;
        thin();
      }
    },
    get: (epoch) => kept.get(epoch) ?? null,
    epochs: () => [...kept.keys()],
  };
}
