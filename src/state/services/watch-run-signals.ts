/** Keeps the signals of the run on screen true to it; worked out once the run can be asked. */
import type { App } from '../app-store.ts';

/** After the run: nothing that has to be there at once. */
const SETTLE_MS = 250;

/** Returns a function that stops watching. */
export function watchRunSignals({ store, tools }: Pick<App, 'store' | 'tools'>): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let ticket = 0;

  async function read(): Promise<void> {
    const mine = ++ticket;
    const { currentRun: run } = store.getState();
    if (run === null) return;
    const { readRunSignals } = await import('./run-signals.ts');
    const runSignals = await readRunSignals(tools, run).catch(() => null);
    if (mine === ticket && store.getState().currentRun?.id === run.id) {
      store.setState({ runSignals });
    }
  }

  const unsubscribe = store.subscribe((state, before) => {
    const isOther = state.currentRun !== before.currentRun;
    const isReady = state.lab.validation === 'ready' && before.lab.validation !== 'ready';
    if (!isOther && !isReady && state.photos === before.photos) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void read().catch(() => undefined), SETTLE_MS);
  });
  return () => {
    if (timer !== null) clearTimeout(timer);
    unsubscribe();
  };
}
