/** What other rooms may ask of capture; handed to them by the frame, since rooms do not import each other. */
import type { ClassId } from '../../domain/photo.ts';
import type { IncomingFile } from '../../state/store-types.ts';

export interface CaptureActions {
  /** Walks dropped folders; must be called in the drop handler itself. */
  filesFromDrop(transfer: DataTransfer): Promise<readonly IncomingFile[]>;
  /** Loose photos go to this class; null makes a new class for them. Folders always are classes. */
  addFiles(files: readonly IncomingFile[], classId: ClassId | null): void;
  /** Opens the system's file picker. */
  choosePhotos(classId: ClassId | null): void;
  chooseFolders(): void;
  openCamera(classId: ClassId | null): void;
}
