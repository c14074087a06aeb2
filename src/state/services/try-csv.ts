/** Tables of what was tried, for the rooms. */
import type { AnswerCounter } from '../../domain/answer-counter.ts';
import type { ClassInfo } from '../../domain/photo.ts';
import { writeCounterCsv, writePredictionsCsv } from '../../formats/predictions-csv.ts';
import type { TriedPhoto } from '../try-state.ts';

/** `noteOf`: the sentence for a photo that nothing is said about. */
export function triedCsv(
  classes: readonly ClassInfo[],
  rows: readonly TriedPhoto[],
  noteOf: (row: TriedPhoto) => string,
): string {
  return writePredictionsCsv(
    classes.map(({ name }) => name),
    rows.map((row) => {
      const base = { file: row.path, note: noteOf(row) };
      if (row.kind === 'refused') return { ...base, status: 'refused', probabilities: null };
      const status = row.withheld === null ? 'answered' : 'not said';
      return { ...base, status, probabilities: row.probabilities };
    }),
  );
}

export function counterCsv({ log }: AnswerCounter): string {
  return writeCounterCsv(log);
}
