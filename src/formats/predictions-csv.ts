/** Answers about many photos, and what a counter saw, as tables for spreadsheets and notebooks. */
import type { CountedEvent } from '../domain/answer-counter.ts';
import { writeCsv, type CsvCell } from './csv-cells.ts';

export interface PredictionRow {
  /** Path inside the folder that was given, with '/'. */
  readonly file: string;
  /** `not said`: the answer is withheld; `refused`: the file could not be looked at. */
  readonly status: 'answered' | 'not said' | 'refused';
  /** One for each class, in [0, 1], as on screen before it is rounded; null when refused. */
  readonly probabilities: ArrayLike<number> | null;
  /** Why it is withheld or refused; empty otherwise. */
  readonly note: string;
}

/**
 * Columns: file, status, answer (empty when none is given), one for each class, note. A class column
 * is named "p(class name)", so that no class can be mistaken for another column.
 */
export function writePredictionsCsv(
  classNames: readonly string[],
  rows: readonly PredictionRow[],
): string {
  const header = ['file', 'status', 'answer', ...classNames.map((name) => `p(${name})`), 'note'];
  const body = rows.map((row): readonly CsvCell[] => [
    row.file,
    row.status,
    row.status === 'answered' ? (classNames[indexOfHighest(row.probabilities)] ?? null) : null,
    ...classNames.map((_, i) => row.probabilities?.[i] ?? null),
    row.note,
  ]);
  return writeCsv([header, ...body]);
}

/** Of equal ones the first, as on screen; −1 for none. */
function indexOfHighest(values: ArrayLike<number> | null): number {
  if (values === null) return -1;
  let best = -1;
  for (let i = 0; i < values.length; i++) {
    if ((values[i] ?? NaN) > (best < 0 ? -Infinity : (values[best] ?? NaN))) best = i;
  }
  return best;
}

/** Times are ISO 8601 in UTC; seconds count from the first event. */
export function writeCounterCsv(log: readonly CountedEvent[]): string {
  const startMs = log[0]?.atMs ?? 0;
  const rows = log.map(({ atMs, kind, className, probability, count }): readonly CsvCell[] => [
    new Date(atMs).toISOString(),
    (atMs - startMs) / 1000,
    kind,
    className ?? null,
    probability ?? null,
    count ?? null,
  ]);
  return writeCsv([['time', 'seconds', 'event', 'class', 'probability', 'count'], ...rows]);
}
