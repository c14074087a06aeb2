/** Runs as files: one as JSON or CSV, the curves of several as CSV. */
import type { Run, RunId } from '../../domain/run.ts';
import type { App } from '../../state/app-store.ts';
import { saveBlob } from '../../ui/save-blob.ts';
import { curvesCsvOf, runFileName, runFileOf } from '../../state/services/run-files.ts';

/** Resolves to the name of the file. Rejects when the run is gone. */
export async function saveRun(app: App, id: RunId, kind: 'json' | 'csv'): Promise<string> {
  const run = await app.services.storage.getRun(id);
  if (run === null) throw new Error('the run is gone');
  const name = runFileName(run.name, kind);
  if (kind === 'json') saveBlob(new Blob([runFileOf(run)], { type: 'application/json' }), name);
  else saveCurves([run], name);
  return name;
}

export function saveCurves(runs: readonly Pick<Run, 'name' | 'metrics'>[], name: string): void {
  saveBlob(new Blob([curvesCsvOf(runs)], { type: 'text/csv' }), name);
}
