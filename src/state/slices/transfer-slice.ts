/**
 * Data sets and projects that come in and go out as one file. The readers and writers are loaded with
 * their first use; what they hold (open archives) stays here, outside the store.
 */
import { ArchiveError } from '../../formats/archive-error.ts';
import { StorageError } from '../../storage/storage.ts';
import type { ReadImport } from '../services/import-pictures.ts';
import type { ReadProject } from '../services/import-project.ts';
import { createProgressMeter } from '../services/progress-meter.ts';
import { runExport } from '../services/export-runner.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { IncomingFile, TransferSlice } from '../store-types.ts';

type Waiting =
  | { readonly kind: 'pictures'; readonly read: ReadImport }
  | { readonly kind: 'project'; readonly read: ReadProject };

export function createTransferSlice(tools: SliceTools): TransferSlice {
  const { get, set, services, editor } = tools;
  let waiting: Waiting | null = null;
  let importAbort: AbortController | null = null;
  let exportAbort: AbortController | null = null;

  function refuse(name: string, error: unknown): void {
    const isKnown = error instanceof ArchiveError;
    const full = error instanceof StorageError && error.code === 'quota-exceeded';
    const code = isKnown ? error.code : full ? 'storage-full' : 'unreadable';
    const params = isKnown ? error.params : {};
    set({ importing: { status: 'refused', name, code, params } });
  }

  async function read(files: readonly IncomingFile[]): Promise<Waiting> {
    const pictures = await import('../services/import-pictures.ts');
    const [first] = files;
    if (first === undefined || pictures.isTableName(first.name) || files.length > 1) {
      return { kind: 'pictures', read: await pictures.readDroppedFiles(files) };
    }
    const project = await import('../services/import-project.ts');
    const own = await project.readProjectFile(first.name, first.file);
    if (own !== null) return { kind: 'project', read: own };
    return { kind: 'pictures', read: await pictures.readArchive(first.name, first.file) };
  }

  /** A model is no data set: the view that opens models looks into it. False when it is none. */
  async function sendToModels(files: readonly IncomingFile[], name: string): Promise<boolean> {
    const { holdsModel } = await import('../services/model-export/find-model.ts');
    if (!(await holdsModel(files))) return false;
    set({ importing: { status: 'none' }, openPanel: null });
    get().setView('model');
    get().notify({ tone: 'info', messageKey: 'shell.model-file', params: { name } });
    void get().readModelFiles(files);
    return true;
  }

  async function openProject(project: ReadProject): Promise<'project-opened' | 'nothing'> {
    const { name } = project.preview;
    const { writeProject } = await import('../services/import-project.ts');
    const meter = createProgressMeter(services.now);
    meter.addTotal(project.photos.length);
    const abort = new AbortController();
    importAbort = abort;
    set({ importing: { status: 'opening', name, progress: meter.read() } });
    try {
      await editor.flush();
      const id = await writeProject(project, {
        storage: services.storage,
        tabs: services.tabs,
        newId: services.newId,
        signal: abort.signal,
        onPhotos: (count) => {
          set({ importing: { status: 'opening', name, progress: meter.addDone(count) } });
        },
      });
      await services.storage.putSetting('last-project', id);
      return 'project-opened';
    } catch (error) {
      if (abort.signal.aborted) set({ importing: { status: 'none' } });
      else refuse(name, error);
      return 'nothing';
    } finally {
      importAbort = null;
    }
  }

  return {
    importing: { status: 'none' },
    exporting: null,
    exportResult: null,

    async openImport(files) {
      const [first] = files;
      const named = files.find((file) => /\.(zip|tm|headstart|csv|tsv)$/i.test(file.name))?.name;
      const name = named ?? first?.folder ?? '';
      // One at a time: a project half-way in must not be covered by the next file.
      if (get().importing.status === 'opening') return;
      waiting = null;
      set({ importing: { status: 'reading', name }, openPanel: 'import' });
      try {
        if (await sendToModels(files, named ?? first?.name ?? '')) return;
        const found = await read(files);
        if (get().importing.status !== 'reading') return; // closed meanwhile
        waiting = found;
        set({ importing: { status: 'ready', preview: found.read.preview } });
      } catch (error) {
        refuse(name, error);
      }
    },
    async confirmImport() {
      const chosen = waiting;
      waiting = null;
      if (chosen === null) return 'nothing';
      if (chosen.kind === 'project') return openProject(chosen.read);
      set({ importing: { status: 'none' }, openPanel: null });
      await get().addPictures(chosen.read.pictures, chosen.read.origin);
      return 'added';
    },
    dismissImport() {
      waiting = null;
      importAbort?.abort();
      if (importAbort === null) set({ importing: { status: 'none' } });
    },
    async exportTo(kind, target) {
      if (exportAbort !== null) return;
      exportAbort = new AbortController();
      try {
        await runExport(tools, kind, target, exportAbort.signal);
      } finally {
        exportAbort = null;
      }
    },
    cancelExport() {
      exportAbort?.abort();
    },
  };
}
