/** How the model is tried, and trying it on many photos. The work is loaded with its first use. */
import { EMPTY_COUNTER } from '../../domain/answer-counter.ts';
import { DEFAULT_TRY_SETTINGS } from '../../domain/try-settings.ts';
import type { ManyTried } from '../services/try-many.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { FileToTry, TrySlice } from '../try-state.ts';

export function createTrySlice(tools: SliceTools): TrySlice {
  const { get, set } = tools;
  let files: readonly FileToTry[] = [];
  let many: ManyTried | null = null;
  /** Bumped by whatever replaces the batch while its code is still being loaded. */
  let ticket = 0;

  function clear(): void {
    ticket += 1;
    many?.dispose();
    many = null;
    files = [];
    set({ tryBatch: null });
  }

  return {
    trySettings: DEFAULT_TRY_SETTINGS,
    tryBatch: null,
    counter: EMPTY_COUNTER,
    async loadTrySettings() {
      const { loadTrySettings } = await import('../services/try-memory.ts');
      await loadTrySettings(tools);
    },
    setTrySettings(change) {
      set({ trySettings: { ...get().trySettings, ...change } });
      if (change.thresholds !== undefined) get().answerAgain();
      void import('../services/try-memory.ts').then((memory) => memory.saveTrySettings(tools));
    },
    setCounter(counter) {
      set({ counter });
    },
    async tryMany(given) {
      clear();
      const mine = ticket;
      files = given;
      const { createManyTried } = await import('../services/try-many.ts');
      if (mine !== ticket) return;
      many = createManyTried(tools, given);
      await many?.run();
    },
    tryManyAgain: () => get().tryMany(files),
    cancelTryMany() {
      many?.cancel();
    },
    clearTryMany: clear,
    triedPhotos: () => many?.rows ?? [],
    fileTried: (index) => files[index] ?? null,
  };
}
