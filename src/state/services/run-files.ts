/** What runs look like as files, and what those are called. */
import type { Run } from '../../domain/run.ts';
import { writeCurvesCsv } from '../../formats/curves-csv.ts';
import { writeRunFile } from '../../formats/run-file.ts';
import { safeSegment } from '../../formats/safe-file-names.ts';

export function runFileName(name: string, ending: 'json' | 'csv' | 'svg' | 'png'): string {
  return `${safeSegment(name, 'run')}.${ending}`;
}

/** docs/RUN-FILE.md */
export function runFileOf(run: Run): string {
  return writeRunFile(run);
}

export function curvesCsvOf(runs: readonly Pick<Run, 'name' | 'metrics'>[]): string {
  return writeCurvesCsv(runs);
}
