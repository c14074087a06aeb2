/**
 * Which runs stay. Retraining with every move of a slider makes hundreds of runs; what a person
 * pinned or named stays, of the others the newest, and the heads of every epoch, which weigh
 * megabytes, only with the newest few.
 */
import type { RunId } from './run.ts';
import type { RunSummary } from './run-summary.ts';

/** Runs neither pinned nor named that are kept. */
export const KEPT_UNPINNED_RUNS = 30;
/** Runs whose heads of every epoch are kept. At up to 28 MB each. */
export const KEPT_HISTORIES = 3;

export interface RunPruning {
  readonly remove: readonly RunId[];
  /** Their best head stays. */
  readonly dropHistory: readonly RunId[];
}

type Prunable = Pick<RunSummary, 'id' | 'startedAt' | 'pinned' | 'named' | 'hasHistory'>;

/** `onScreen`: runs that are looked at, spared whatever their age. Order of `runs` does not matter. */
export function planPruning(
  runs: readonly Prunable[],
  onScreen: ReadonlySet<RunId>,
  limits = { runs: KEPT_UNPINNED_RUNS, histories: KEPT_HISTORIES },
): RunPruning {
  const newestFirst = [...runs].sort((a, b) => b.startedAt - a.startedAt);
  const remove = newestFirst
    .filter((run) => !run.pinned && run.named !== true)
    .slice(limits.runs)
    .filter((run) => !onScreen.has(run.id))
    .map((run) => run.id);
  const removed = new Set(remove);
  const dropHistory = newestFirst
    .filter((run) => run.hasHistory && !removed.has(run.id))
    .slice(limits.histories)
    .filter((run) => !onScreen.has(run.id))
    .map((run) => run.id);
  return { remove, dropHistory };
}
