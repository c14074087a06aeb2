/** The one store: slices put together, services handed to each. Created once, outside React. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppServices } from './services/app-services.ts';
import { createBackboneManager } from './services/backbone-manager.ts';
import { createBackendManager } from './services/backend-manager.ts';
import { createDatasetEditor } from './services/dataset-editor.ts';
import { createEmbedder } from './services/embedder.ts';
import { createDatasetSlice } from './slices/dataset-slice.ts';
import { createLabSlice } from './slices/lab-slice.ts';
import { createEngineSlice } from './slices/engine-slice.ts';
import { createIntakeSlice } from './slices/intake-slice.ts';
import { createPredictSlice } from './slices/predict-slice.ts';
import { createProjectSlice } from './slices/project-slice.ts';
import { createRunsSlice } from './slices/runs-slice.ts';
import { createShellSlice } from './slices/shell-slice.ts';
import { createTrainingSlice } from './slices/training-slice.ts';
import { createTransferSlice } from './slices/transfer-slice.ts';
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

export function createApp(services: AppServices): App {
  // The side services read the store only after it exists, so the late binding is safe.
  let store: AppStore | null = null;
  const access = {
    get: () => {
      if (store === null) throw new Error('store read before it was created');
      return store.getState();
    },
    set: (partial: Partial<AppState>) => store?.setState(partial),
  };
  const editor = createDatasetEditor({ ...access, services });
  const embedder = createEmbedder({ ...access, services });
  const backbones = createBackboneManager({ ...access, services, embedder, editor });
  const backends = createBackendManager({ ...access, services, backbones, embedder });
  const timeline = createTimeline({ ...access, services, embedder });
  let shelf: ReturnType<SliceTools['runShelf']> | null = null;
  const tools: SliceTools = {
    ...access,
    services,
    editor,
    embedder,
    backbones,
    backends,
    timeline,
    runShelf: () =>
      (shelf ??= import('./services/run-shelf.ts').then(
        (module) => module.createRunShelf(tools),
        (error: unknown) => {
          shelf = null; // asked again, it is fetched again
          throw error;
        },
      )),
  };
  const created = createStore<AppState>()(() => ({
    ...createProjectSlice(tools),
    ...createDatasetSlice(tools),
    ...createIntakeSlice(tools),
    ...createTrainingSlice(tools),
    ...createLabSlice(tools),
    ...createRunsSlice(),
    ...createPredictSlice(tools),
    ...createEngineSlice(tools),
    ...createShellSlice(tools),
    ...createTransferSlice(tools),
  }));
  store = created;
  const thumbnails = createThumbnails(services.storage, {
    create: services.createObjectUrl,
    revoke: services.revokeObjectUrl,
  });
  return { store: created, services, tools, thumbnails };
}
