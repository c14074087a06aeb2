/** Keeps the timeline true to the store: settings move the epoch in use, photos the validation rows. */
import type { App } from '../app-store.ts';
import type { AppState } from '../store-types.ts';

/** Edits come in bursts; reading embeddings is work. */
const SETTLE_MS = 100;

const ROWS_DEPEND_ON = ['currentRun', 'photos', 'fit', 'backboneStatus', 'embedding'] as const;

/** Returns a function that stops watching. */
export function watchTimeline({ store, tools }: Pick<App, 'store' | 'tools'>): () => void {
  const { timeline } = tools;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const unsubscribe = store.subscribe((state, before) => {
    if (state.hyperparameters !== before.hyperparameters) timeline.applyRule();
    if (epochLookedAt(state) !== epochLookedAt(before)) state.answerAgain();
    if (ROWS_DEPEND_ON.every((key) => state[key] === before[key])) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      // While photos are being embedded the last look comes after the last batch.
      if (store.getState().embedding === null) void timeline.readValidation();
    }, SETTLE_MS);
  });
  return () => {
    if (timer !== null) clearTimeout(timer);
    unsubscribe();
  };
}

function epochLookedAt({ lab }: AppState): number | null {
  return lab.chosenEpoch ?? lab.ruleEpoch;
}
