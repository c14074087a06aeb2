/** What a slice creator is given: the store's accessors, the services and the workers-on-the-side. */
import type { Augmenter } from './services/augmenter.ts';
import type { Answering } from './services/answering.ts';
import type { AppServices } from './services/app-services.ts';
import type { BackboneManager } from './services/backbone-manager.ts';
import type { BackendManager } from './services/backend-manager.ts';
import type { CloseLook } from './services/close-look.ts';
import type { DatasetEditor } from './services/dataset-editor.ts';
import type { Embedder } from './services/embedder.ts';
import type { RunShelf } from './services/run-shelf.ts';
import type { ProjectWriter } from './services/project-writer.ts';
import type { PhotoMapKeeper } from './services/photo-map-keeper.ts';
import type { Timeline } from './services/timeline.ts';
import type { AppState } from './store-types.ts';

export interface StoreAccess {
  readonly get: () => AppState;
  readonly set: (partial: Partial<AppState>) => void;
}

export interface SliceTools extends StoreAccess {
  readonly services: AppServices;
  readonly editor: DatasetEditor;
  readonly embedder: Embedder;
  readonly backbones: BackboneManager;
  readonly backends: BackendManager;
  readonly timeline: Timeline;
  readonly closeLook: CloseLook;
  readonly answering: Answering;
  readonly photoMap: PhotoMapKeeper;
  /** In a chunk of its own, loaded with the first run or with its room. */
  readonly runShelf: () => Promise<RunShelf>;
  /** Comes with its first use. */
  readonly augmenter: () => Promise<Augmenter>;
  readonly writer: ProjectWriter;
}
