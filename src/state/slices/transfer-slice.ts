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

type Outcome = 'project-opened' | 'nothing';

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
  async function sendToModels(files: readonly IncomingFile[]): Promise<boolean> {
    const { holdsModel } = await import('../services/model-export/find-model.ts');
    if (!(await holdsModel(files))) return false;
    set({ importing: { status: 'none' }, openPanel: null });
    get().setView('model');
    const name = files[0]?.name ?? '';
    const one = { messageKey: 'shell.model-file', params: { name } } as const;
    const many = { messageKey: 'shell.model-files', params: { n: files.length } } as const;
    get().notify({ tone: 'info', ...(files.length === 1 ? one : many) });
    void get().readModelFiles(files);
    return true;
  }

  /** Writes a project while it is shown how far it is; `write` gives what to do then. */
  async function writing(
    name: string,
    total: number,
    write: (signal: AbortSignal, onPhotos: (count: number) => void) => Promise<Outcome>,
  ): Promise<Outcome> {
    const meter = createProgressMeter(services.now);
    meter.addTotal(total);
    const abort = new AbortController();
    importAbort = abort;
    set({ importing: { status: 'opening', name, progress: meter.read() } });
    try {
      await editor.flush();
      return await write(abort.signal, (count) => {
        set({ importing: { status: 'opening', name, progress: meter.addDone(count) } });
      });
    } catch (error) {
      if (abort.signal.aborted) set({ importing: { status: 'none' } });
      else refuse(name, error);
      return 'nothing';
    } finally {
      importAbort = null;
    }
  }

  function openProject(project: ReadProject): Promise<Outcome> {
    return writing(project.preview.name, project.photos.length, async (signal, onPhotos) => {
      const { writeProject } = await import('../services/import-project.ts');
      const { storage, tabs, newId } = services;
      const id = await writeProject(project, { storage, tabs, newId, signal, onPhotos });
      await storage.putSetting('last-project', id);
      return 'project-opened';
    });
  }

  function makeProject(read: ReadImport): Promise<Outcome> {
    return writing(read.preview.name, read.pictures.length, async (signal, onPhotos) => {
      const { writeAsProject } = await import('../services/import-as-project.ts');
      const made = await writeAsProject(read, { services, signal, onPhotos });
      // What was left out is told first: after the reload nobody would know.
      set({ importing: { status: 'made', ...made } });
      if (made.refusals.length > 0) return 'nothing';
      await services.storage.putSetting('last-project', made.id);
      return 'project-opened';
    });
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
        if (await sendToModels(files)) return;
        const found = await read(files);
        if (get().importing.status !== 'reading') return; // closed meanwhile
        waiting = found;
        set({ importing: { status: 'ready', preview: found.read.preview } });
      } catch (error) {
        refuse(name, error);
      }
    },
    async confirmImport(place = 'this-project') {
      const chosen = waiting;
      waiting = null;
      if (chosen === null) return 'nothing';
      if (chosen.kind === 'project') return openProject(chosen.read);
      if (place === 'new-project') return makeProject(chosen.read);
      set({ importing: { status: 'none' }, openPanel: null });
      await get().addPictures(chosen.read.pictures, chosen.read.origin);
      return 'added';
    },
    async openMadeProject() {
      const { importing } = get();
      if (importing.status !== 'made') return;
      await editor.flush();
      await services.storage.putSetting('last-project', importing.id);
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
