/** One export from start to end: progress, cancel, and a target that is closed or taken back. */
import { ArchiveError } from '../../formats/archive-error.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { ExportKind, ExportTarget } from '../store-types.ts';
import type { ExportJob } from './export-dataset.ts';
import { createProgressMeter } from './progress-meter.ts';

const PROGRESS_EVERY_MS = 100;

/** Never rejects: what came of it is in `exportResult`. */
export async function runExport(
  tools: SliceTools,
  kind: ExportKind,
  target: ExportTarget,
  signal: AbortSignal,
): Promise<void> {
  const { get, set, services } = tools;
  const meter = createProgressMeter(services.now);
  meter.addTotal(get().photos.size);
  set({ exporting: meter.read(), exportResult: null });
  try {
    let shownAt = -Infinity;
    const photos = await writeAll(tools, kind, target, signal, () => {
      const progress = meter.addDone(1);
      // The screen is drawn for each: hundreds a second would take longer than the export.
      if (services.now() - shownAt < PROGRESS_EVERY_MS) return;
      shownAt = services.now();
      set({ exporting: progress });
    });
    signal.throwIfAborted();
    await target.close();
    set({ exportResult: { status: 'done', fileName: target.fileName, photos } });
  } catch (error) {
    await target.abort().catch(() => undefined); // the first error is the one to tell
    const isKnown = error instanceof ArchiveError;
    const code = isKnown ? error.code : 'failed';
    const params = isKnown ? error.params : {};
    set({
      exportResult: signal.aborted ? { status: 'cancelled' } : { status: 'failed', code, params },
    });
  } finally {
    set({ exporting: null });
  }
}

async function writeAll(
  { get, services, editor }: SliceTools,
  kind: ExportKind,
  target: ExportTarget,
  signal: AbortSignal,
  onPhoto: () => void,
): Promise<number> {
  const { createZipWriter } = await import('../../formats/zip-writer.ts');
  const zip = createZipWriter(target);
  const { classes, photos, fit, projectId } = get();
  const job: ExportJob = { classes, photos: [...photos.values()], fit, zip, signal, onPhoto };
  const { storage, engine } = services;
  let written: number;
  if (kind === 'project') {
    const { writeProjectFile } = await import('./export-project.ts');
    editor.saveProject();
    await editor.flush();
    const project = await storage.getProject(projectId);
    if (project === null) throw new ArchiveError('not-a-project');
    // Read after the flush, so that record and photos are of one moment.
    const now = [...get().photos.values()];
    written = await writeProjectFile({ photos: now, zip, signal, onPhoto }, project, storage);
  } else {
    const { writeClassFolders, writeTeachableMachine } = await import('./export-dataset.ts');
    written =
      kind === 'teachable-machine'
        ? await writeTeachableMachine(job, storage, engine)
        : await writeClassFolders(job, storage, kind === 'side-folders');
  }
  await zip.finish();
  return written;
}
