/**
 * Taking the model along and bringing one in. The writers and readers are loaded with their first
 * use; finished zips and models that were looked into stay here, outside the store.
 */
import type { ModelExportKind, ModelExportSlice } from '../model-export-state.ts';
import type { ReadModel } from '../services/model-export/read-model.ts';
import type { SliceTools } from '../slice-tools.ts';

const UNDER_WAY: readonly string[] = ['preparing', 'running', 'paused'];

export function createModelExportSlice(tools: SliceTools): ModelExportSlice {
  const { get, set } = tools;
  const zips = new Map<ModelExportKind, Blob>();
  let abort: AbortController | null = null;
  let waiting: ReadModel | null = null;

  function patch(change: Partial<ModelExportSlice['modelExport']>): void {
    set({ modelExport: { ...get().modelExport, ...change } });
  }

  /** What went wrong, as far as a sentence can be made of it. */
  function failure(error: unknown): { code: string; params: Record<string, string | number> } {
    const known = error as { code?: unknown; params?: unknown };
    const code = typeof known.code === 'string' ? known.code : 'internal';
    const params = typeof known.params === 'object' && known.params !== null ? known.params : {};
    return { code, params: { ...params } };
  }

  return {
    modelExport: { working: null, prepared: {}, failed: null, saved: null },
    modelImport: { status: 'none' },
    forgetting: null,

    async prepareModelExport(kind, pageWords) {
      if (abort !== null) return;
      const mine = new AbortController();
      abort = mine;
      const { [kind]: _old, ...others } = get().modelExport.prepared;
      zips.delete(kind);
      patch({ working: { kind, step: 'asking' }, prepared: others, failed: null, saved: null });
      try {
        const { exportModel } = await import('../services/model-export/model-exporter.ts');
        const { prepared, zip } = await exportModel(tools, {
          kind,
          pageWords,
          signal: mine.signal,
          onStep: (step) => {
            patch({ working: { kind, step } });
          },
        });
        zips.set(kind, zip);
        patch({ prepared: { ...get().modelExport.prepared, [kind]: prepared } });
      } catch (error) {
        if (!mine.signal.aborted) patch({ failed: { kind, ...failure(error) } });
      } finally {
        abort = null;
        patch({ working: null });
      }
    },
    cancelModelExport() {
      abort?.abort();
    },
    async saveModelExport(kind, target) {
      const zip = zips.get(kind);
      if (zip === undefined) return;
      try {
        await target.write(new Uint8Array(await zip.arrayBuffer()));
        await target.close();
        patch({ saved: target.fileName, failed: null });
      } catch {
        await target.abort().catch(() => undefined); // the first error is the one to tell
        patch({ failed: { kind, code: 'not-written', params: {} } });
      }
    },

    async readModelFiles(files) {
      if (get().modelImport.status === 'opening') return;
      waiting = null;
      set({ modelImport: { status: 'reading' } });
      try {
        const reader = await import('../services/model-export/read-model.ts');
        const model = await reader.readModelFiles(files);
        if (get().modelImport.status !== 'reading') return; // closed meanwhile
        waiting = model;
        set({ modelImport: { status: 'ready', preview: model.preview } });
      } catch (error) {
        set({ modelImport: { status: 'refused', ...failure(error) } });
      }
    },
    async confirmModelImport() {
      const model = waiting;
      if (model === null || UNDER_WAY.includes(get().training.status)) return;
      waiting = null;
      set({ modelImport: { status: 'opening' } });
      try {
        const { openModel } = await import('../services/model-export/open-model.ts');
        const refusal = await openModel(tools, model);
        const { name, backboneName } = model.preview;
        set({
          modelImport:
            refusal === null
              ? { status: 'opened', name }
              : { status: 'refused', code: refusal, params: { name: backboneName } },
        });
      } catch (error) {
        set({ modelImport: { status: 'refused', ...failure(error) } });
      }
    },
    dismissModelImport() {
      waiting = null;
      if (get().modelImport.status !== 'opening') set({ modelImport: { status: 'none' } });
    },
    async continueTraining() {
      set({ forgetting: null });
      const { continueFromHead } = await import('../services/model-export/continue-training.ts');
      const report = await continueFromHead(tools).catch(() => null);
      set({ forgetting: report });
    },
  };
}
