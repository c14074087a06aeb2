/** What the parts of this room do with photos, shared by drag and drop, toolbar and keys. */
import { createContext, use } from 'react';
import type { ClassId, ClassInfo, PhotoId } from '../../domain/photo.ts';
import type { DatasetCapture } from './dataset-capture.ts';

export interface RoomActions {
  readonly capture: DatasetCapture;
  /** The list of one class reports its new selection. */
  select(classId: ClassId, ids: Iterable<PhotoId>): void;
  removePhotos(ids: Iterable<PhotoId>): void;
  movePhotos(ids: Iterable<PhotoId>, to: ClassInfo): void;
  removeClass(info: ClassInfo): void;
  /** Asks into which class. */
  mergeClass(info: ClassInfo): void;
  /** Large, with what the backbone sees; goes through `ids`, or what the grids show. */
  openPreview(id: PhotoId, ids?: readonly PhotoId[]): void;
  /** The photos being dragged with the mouse; empty when none are. */
  dragged(): ReadonlySet<PhotoId>;
  setDragged(ids: ReadonlySet<PhotoId>): void;
}

export const RoomActionsContext = createContext<RoomActions | null>(null);

export function useRoomActions(): RoomActions {
  const actions = use(RoomActionsContext);
  if (actions === null) throw new Error('outside the dataset room');
  return actions;
}
