/** What the store knows of the runs kept: see services/run-shelf.ts for what can be done with them. */
import type { DataDifference } from '../domain/repeat-comparison.ts';
import type { RunId, RunRepeat } from '../domain/run.ts';
import type { RunSummary } from '../domain/run-summary.ts';

/** How many curves can be laid over each other and still be told apart. */
export const MAX_CHOSEN_RUNS = 5;

export type RepeatState =
  | { readonly status: 'none' }
  | { readonly status: 'running'; readonly of: RunId; readonly name: string }
  | { readonly status: 'done'; readonly result: RunRepeat; readonly otherBackend: boolean }
  /** Nothing was trained: what it learned from is not there any more. */
  | {
      readonly status: 'refused';
      readonly name: string;
      readonly reasons: readonly (DataDifference | 'gone' | 'settings' | 'busy' | 'obstacle')[];
    }
  /** Stopped, or it failed. */
  | { readonly status: 'unfinished'; readonly name: string };

export interface RunsSlice {
  readonly runs: {
    /** Of the open project, in the order they were made. */
    readonly list: readonly RunSummary[];
    /** Laid over each other, in the order they were chosen; at most MAX_CHOSEN_RUNS. */
    readonly chosen: readonly RunId[];
    /** The last one deleted, while it can be brought back. */
    readonly deleted: { readonly id: RunId; readonly name: string } | null;
    readonly repeat: RepeatState;
  };
}
