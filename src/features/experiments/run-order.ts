/** Sorting of the table of runs. */
import type { RunSummary } from '../../domain/run-summary.ts';

export const SORT_KEYS = [
  'name',
  'when',
  'best',
  'accuracy',
  'loss',
  'duration',
  'backend',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface SortOrder {
  readonly key: SortKey;
  readonly descending: boolean;
}

export const NEWEST_FIRST: SortOrder = { key: 'when', descending: true };

const VALUES: Readonly<Record<SortKey, (run: RunSummary) => string | number | null>> = {
  name: (run) => run.name,
  when: (run) => run.startedAt,
  best: (run) => run.bestEpoch,
  accuracy: (run) => run.best?.validationAccuracy ?? null,
  loss: (run) => run.best?.validationLoss ?? null,
  duration: (run) => run.elapsedMs,
  backend: (run) => run.backend,
};

/** What a person looks for first: the newest, the most accurate, the lowest loss. */
const DESCENDING_FIRST: ReadonlySet<SortKey> = new Set(['when', 'accuracy']);

/** Pressing the column that is sorted by turns the order around. */
export function nextOrder(now: SortOrder, key: SortKey): SortOrder {
  const descending = now.key === key ? !now.descending : DESCENDING_FIRST.has(key);
  return { key, descending };
}

/** Runs without a value come last either way; equal ones newest first. */
export function sortRuns(
  runs: readonly RunSummary[],
  { key, descending }: SortOrder,
): readonly RunSummary[] {
  const names = new Intl.Collator(undefined, { numeric: true });
  const compare = (a: string | number, b: string | number): number =>
    typeof a === 'string' || typeof b === 'string' ? names.compare(String(a), String(b)) : a - b;
  return [...runs].sort((a, b) => {
    const [x, y] = [usable(VALUES[key](a)), usable(VALUES[key](b))];
    if (x === null || y === null) {
      return Number(x === null) - Number(y === null) || b.startedAt - a.startedAt;
    }
    return (descending ? compare(y, x) : compare(x, y)) || b.startedAt - a.startedAt;
  });
}

function usable(value: string | number | null): string | number | null {
  return typeof value === 'number' && Number.isNaN(value) ? null : value;
}
