/** What this room needs of capture; the frame hands in the real thing, since rooms do not import each other. */
import type { ClassId } from '../../domain/photo.ts';
import type { IncomingFile } from '../../state/store-types.ts';

export interface DatasetCapture {
  /** Walks dropped folders; must be called in the drop handler itself. */
  filesFromDrop(transfer: DataTransfer): Promise<readonly IncomingFile[]>;
  /** Loose photos go to this class; null makes a new class for them. Folders always are classes. */
  addFiles(files: readonly IncomingFile[], classId: ClassId | null): void;
  choosePhotos(classId: ClassId | null): void;
  chooseFolders(): void;
  openCamera(classId: ClassId | null): void;
}
