/**
 * Everything that brings photos in from outside: drops and pastes anywhere on the page, file and
 * folder pickers, the camera panel. Wraps the studio and hands its actions to the rooms.
 */
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ComponentType,
  lazy,
  Suspense,
} from 'react';
import type { ClassId, PhotoOriginKind } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { IncomingFile } from '../../state/store-types.ts';
import { useApp } from '../../state/use-app.tsx';
import type { CaptureActions } from './capture-actions.ts';
import styles from './capture-root.module.css';
import { setApart } from './archive-files.ts';
import { filesFromClipboard, filesFromDrop, filesFromPicker } from '../../ui/dropped-files.ts';

const ACCEPT =
  'image/*,.jpg,.jpeg,.png,.webp,.gif,.bmp,.avif,.heic,.heif,.tif,.tiff,.zip,.tm,.headstart,.csv,.tsv';

/** In a chunk of its own: most visits never record. */
const CameraPanel = lazy(async () => ({
  default: (await import('./camera-panel.tsx')).CameraPanel,
}));

interface CaptureRootProps {
  /** The studio itself, which hands the actions on to its rooms. */
  readonly frame: ComponentType<{ capture: CaptureActions }>;
}

export function CaptureRoot({ frame: Frame }: CaptureRootProps) {
  const t = useTranslate();
  const [cameraClass, setCameraClass] = useState<ClassId | null | undefined>(undefined);
  const photoInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const pickTarget = useRef<ClassId | null>(null);
  const take = useTakeFiles();
  const capture = useMemo<CaptureActions>(
    () => ({
      filesFromDrop,
      addFiles: (files, classId) => {
        take(files, classId, 'file');
      },
      choosePhotos(classId) {
        pickTarget.current = classId;
        photoInput.current?.click();
      },
      chooseFolders() {
        folderInput.current?.click();
      },
      openCamera: setCameraClass,
    }),
    [take],
  );
  const isDragging = usePageDrop(take);
  usePaste(take);

  return (
    <>
      <Frame capture={capture} />
      <input
        ref={photoInput}
        type="file"
        multiple
        hidden
        accept={ACCEPT}
        data-testid="photo-input"
        aria-label={t('capture.choose-photos')}
        onChange={(event) => {
          take(filesFromPicker(event.currentTarget.files ?? []), pickTarget.current, 'file');
          event.currentTarget.value = '';
          pickTarget.current = null;
        }}
      />
      <input
        ref={folderInput}
        type="file"
        multiple
        hidden
        // React knows the attribute only in lower case.
        {...{ webkitdirectory: '' }}
        data-testid="folder-input"
        aria-label={t('capture.choose-folders')}
        onChange={(event) => {
          take(filesFromPicker(event.currentTarget.files ?? []), null, 'folder');
          event.currentTarget.value = '';
        }}
      />
      {isDragging && (
        <div className={styles.veil} aria-hidden>
          <p className={styles.hint}>{t('capture.drop-hint')}</p>
        </div>
      )}
      {cameraClass !== undefined && (
        <Suspense fallback={null}>
          <CameraPanel
            classId={cameraClass}
            onClose={() => {
              setCameraClass(undefined);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

type TakeFiles = (
  files: readonly IncomingFile[],
  classId: ClassId | null,
  origin: PhotoOriginKind,
) => void;

/** A folder is a class; loose photos without a class get a new one. */
function useTakeFiles(): TakeFiles {
  const addFiles = useApp((state) => state.addFiles);
  const openImport = useApp((state) => state.openImport);
  return useCallback(
    (all, classId, origin) => {
      const { toPreview, files } = setApart(all);
      if (toPreview.length > 0) void openImport(toPreview);
      if (files.length === 0) return;
      const hasFolders = files.some((file) => file.folder !== null);
      if (hasFolders) void addFiles(files, { kind: 'by-folder', loose: classId }, 'folder');
      else if (classId === null) void addFiles(files, { kind: 'new-class' }, origin);
      else void addFiles(files, { kind: 'class', classId }, origin);
    },
    [addFiles, openImport],
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** Drops that no class column took. The browser would otherwise leave the page and show the photo. */
function usePageDrop(take: TakeFiles): boolean {
  const [isDragging, setDragging] = useState(false);
  useEffect(() => {
    let depth = 0;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth += 1;
      setDragging(true);
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setDragging(false);
    };
    const over = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      depth = 0;
      setDragging(false);
      if (!hasFiles(event) || event.dataTransfer === null) return;
      if (event.defaultPrevented) return;
      event.preventDefault();
      void filesFromDrop(event.dataTransfer).then((files) => {
        take(files, null, 'file');
      });
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [take]);
  return isDragging;
}

function usePaste(take: TakeFiles): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const files = event.clipboardData === null ? [] : filesFromClipboard(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      // A paste inside a class column goes to that class.
      const column = (event.target as Element | null)?.closest<HTMLElement>('[data-class-id]');
      take(files, column?.dataset['classId'] ?? null, 'paste');
    };
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('paste', paste);
    };
  }, [take]);
}
