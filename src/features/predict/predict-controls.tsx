/** The doors of the room: photos, a folder, the camera. */
import { Camera as CameraIcon, CameraOff, FolderSearch, ImagePlus } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { Camera } from '../../ui/camera/use-camera.ts';
import { filesFromPicker, type DroppedFile } from '../../ui/dropped-files.ts';
import { Button } from '../../ui/primitives/button.tsx';
import styles from './predict-room.module.css';

const ACCEPT = 'image/*,.jpg,.jpeg,.png,.webp,.gif,.bmp,.avif,.heic,.heif,.tif,.tiff';

interface TryInputsProps {
  readonly photos: RefObject<HTMLInputElement | null>;
  readonly folder: RefObject<HTMLInputElement | null>;
  readonly onFiles: (files: readonly DroppedFile[]) => void;
}

/** There also while nothing can be tried yet: what is given then waits. */
export function TryInputs({ photos, folder, onFiles }: TryInputsProps) {
  const t = useTranslate();
  const given = (input: HTMLInputElement): void => {
    const files = filesFromPicker(input.files ?? []);
    // Else choosing the same file again would change nothing and tell nobody.
    input.value = '';
    onFiles(files);
  };
  return (
    <>
      <input
        ref={photos}
        type="file"
        multiple
        hidden
        accept={ACCEPT}
        data-testid="try-input"
        aria-label={t('predict.choose')}
        onChange={(event) => {
          given(event.currentTarget);
        }}
      />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        // React knows the attribute only in lower case.
        {...{ webkitdirectory: '' }}
        data-testid="try-folder-input"
        aria-label={t('predict.choose-folder')}
        onChange={(event) => {
          given(event.currentTarget);
        }}
      />
    </>
  );
}

interface PredictControlsProps {
  readonly camera: Camera;
  readonly onChoose: () => void;
  readonly onChooseFolder: () => void;
  /** Forgets the photo and its answer. */
  readonly onClear: () => void;
}

export function PredictControls({
  camera,
  onChoose,
  onChooseFolder,
  onClear,
}: PredictControlsProps) {
  const t = useTranslate();
  const isCameraOff = camera.status === 'off' || camera.status === 'failed';
  return (
    <div className={styles.controls}>
      <Button icon={ImagePlus} onPress={onChoose}>
        {t('predict.choose')}
      </Button>
      <Button icon={FolderSearch} onPress={onChooseFolder}>
        {t('predict.choose-folder')}
      </Button>
      {isCameraOff ? (
        <Button
          icon={CameraIcon}
          onPress={() => {
            onClear();
            camera.start();
          }}
        >
          {t('predict.start-camera')}
        </Button>
      ) : (
        <Button
          icon={CameraOff}
          onPress={() => {
            camera.stop();
            onClear();
          }}
        >
          {t('predict.stop-camera')}
        </Button>
      )}
    </div>
  );
}
