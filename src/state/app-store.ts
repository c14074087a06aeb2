/** The one store: slices put together, services handed to each. Created once, outside React. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createAnswering } from './services/answering.ts';
import type { AppServices } from './services/app-services.ts';
import type { Augmenter } from './services/augmenter.ts';
import { createBackboneManager } from './services/backbone-manager.ts';
import { createBackendManager } from './services/backend-manager.ts';
import { createCloseLook } from './services/close-look.ts';
import { createDatasetEditor } from './services/dataset-editor.ts';
import { createEmbedder } from './services/embedder.ts';
import { createAugmentationSlice } from './slices/augmentation-slice.ts';
import { createDoneNoticeSlice } from './slices/done-notice-slice.ts';
import { createGlossarySlice } from './slices/glossary-slice.ts';
import { createDatasetSlice } from './slices/dataset-slice.ts';
import { createLabSlice } from './slices/lab-slice.ts';
import { createEvaluationSlice } from './slices/evaluation-slice.ts';
import { createEngineSlice } from './slices/engine-slice.ts';
import { createIntakeSlice } from './slices/intake-slice.ts';
import { createModelExportSlice } from './slices/model-export-slice.ts';
import { createPredictSlice } from './slices/predict-slice.ts';
import { createProjectSlice } from './slices/project-slice.ts';
import { createRunsSlice } from './slices/runs-slice.ts';
import { createSetupSlice } from './slices/setup-slice.ts';
import { createShellSlice } from './slices/shell-slice.ts';
import { createTabSlice } from './slices/tab-slice.ts';
import { createTrainingSlice } from './slices/training-slice.ts';
import { createTransferSlice } from './slices/transfer-slice.ts';
import { createTrySlice } from './slices/try-slice.ts';
import { createWhySlice } from './slices/why-slice.ts';
import { guardStorage } from './services/guard-storage.ts';
import { createProjectWriter } from './services/project-writer.ts';
import { createTimeline } from './services/timeline.ts';
import { createThumbnails, type Thumbnails } from './services/thumbnails.ts';
import type { SliceTools } from './slice-tools.ts';
import type { AppState } from './store-types.ts';

export type AppStore = StoreApi<AppState>;

export interface App {
  readonly store: AppStore;
  readonly services: AppServices;
  readonly tools: SliceTools;
  readonly thumbnails: Thumbnails;
}

export function createApp(given: AppServices): App {
  // The side services read the store only after it exists, so the late binding is safe.
  let store: AppStore | null = null;
  const access = {
    get: () => {
      if (store === null) throw new Error('store read before it was created');
      return store.getState();
    },
    set: (partial: Partial<AppState>) => store?.setState(partial),
  };
  const writer = createProjectWriter({ ...access, services: given });
  const services = { ...given, storage: guardStorage(given.storage, writer.write) };
  const editor = createDatasetEditor({ ...access, services });
  const embedder = createEmbedder({ ...access, services });
  const backbones = createBackboneManager({ ...access, services, embedder, editor });
  const backends = createBackendManager({ ...access, services, backbones, embedder });
  const timeline = createTimeline({ ...access, services, embedder });
  let shelf: ReturnType<SliceTools['runShelf']> | null = null;
  let augmenting: Promise<Augmenter> | null = null;
  const augmenter = (): Promise<Augmenter> => {
    augmenting ??= import('./services/augmenter.ts')
      .then(({ createAugmenter }) => createAugmenter({ ...access, services, embedder }))
      .catch((error: unknown) => {
        // Not kept: the network may be back at the next try.
        augmenting = null;
        throw error;
      });
    return augmenting;
  };
  const tools: SliceTools = {
    ...access,
    services,
    editor,
    embedder,
    backbones,
    backends,
    timeline,
    closeLook: createCloseLook({ ...access, services }),
    answering: createAnswering({ ...access, embedder, timeline }),
    photoMap: { kept: null },
    runShelf: () =>
      (shelf ??= import('./services/run-shelf.ts').then(
        (module) => module.createRunShelf(tools),
        (error: unknown) => {
          shelf = null; // asked again, it is fetched again
          throw error;
        },
      )),
    augmenter,
    writer,
  };
  const created = createStore<AppState>()(() => ({
    ...createProjectSlice(tools),
    ...createDatasetSlice(tools),
    ...createIntakeSlice(tools),
    ...createTrainingSlice(tools),
    ...createLabSlice(tools),
    ...createRunsSlice(),
    ...createSetupSlice(),
    ...createAugmentationSlice(tools),
    ...createGlossarySlice(tools),
    ...createDoneNoticeSlice(tools),
    runSignals: null,
    ...createEvaluationSlice(tools),
    ...createPredictSlice(tools),
    ...createTrySlice(tools),
    ...createEngineSlice(tools),
    ...createShellSlice(tools),
    ...createTransferSlice(tools),
    ...createWhySlice(tools),
    ...createTabSlice(tools),
    ...createModelExportSlice(tools),
  }));
  store = created;
  const thumbnails = createThumbnails(services.storage, {
    create: services.createObjectUrl,
    revoke: services.revokeObjectUrl,
  });
  return { store: created, services, tools, thumbnails };
}
