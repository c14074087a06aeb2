/**
 * The only writer of the dataset: applies edits to the store, remembers how to take them back, and
 * writes them to storage in order. New photos are written first and shown after, so that whatever
 * is on screen survives a crash.
 */
import { nextClassName, normaliseClassName } from '../../domain/class-names.ts';
import { applyEdit, type DatasetEdit, type DatasetState } from '../../domain/dataset-edit.ts';
import type { ClassId, ClassInfo, Photo, PhotoId, PhotoOrigin, Side } from '../../domain/photo.ts';
import type { Project, SplitSettings } from '../../domain/project.ts';
import type { PreparedPhoto } from '../../protocol/intake-messages.ts';
import { StorageError } from '../../storage/storage.ts';
import type { StoreAccess } from '../slice-tools.ts';
import type { AppServices } from './app-services.ts';
import { createEditHistory } from './edit-history.ts';
import { createSplitKeeper } from './split-keeper.ts';
import { collectTrainingRows } from './training-rows.ts';
import { createWriteQueue } from './write-queue.ts';

export interface IncomingPhoto extends Omit<PreparedPhoto, 'kind'> {
  readonly classId: ClassId;
  readonly name: string;
  readonly origin: PhotoOrigin;
}

export interface DatasetEditor {
  open(project: Project, photos: readonly Photo[]): void;
  /** Applies, remembers for undo, writes. Edits with the same merge key are undone together. */
  apply(edit: DatasetEdit, mergeKey?: string): void;
  addClass(name: string | null, mergeKey?: string): ClassId;
  /** Groups them, gives each a side, writes them, then shows them. Rejects with StorageError. */
  addPhotos(photos: readonly IncomingPhoto[], mergeKey: string): Promise<void>;
  hasCopy(classId: ClassId, contentHash: string): boolean;
  pin(ids: readonly PhotoId[], side: Side | null): void;
  setSplit(split: SplitSettings): void;
  undo(): void;
  redo(): void;
  /** Name, settings, backbone: debounced. */
  saveProject(): void;
  /** Everything pending is on disk when this resolves. */
  flush(): Promise<void>;
  /** Of the data as it is now; compared with a run's to tell whether that run is stale. */
  fingerprint(): string;
}
