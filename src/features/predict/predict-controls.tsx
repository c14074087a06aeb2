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
    // Short words to look at, whole ones to listen to: the zone is narrow beside the training.
    <div className={styles.controls}>
      <Button icon={ImagePlus} aria-label={t('predict.choose')} onPress={onChoose}>
        {t('predict.choose-short')}
      </Button>
      <Button icon={FolderSearch} aria-label={t('predict.choose-folder')} onPress={onChooseFolder}>
        {t('predict.choose-folder-short')}
      </Button>
      {isCameraOff ? (
        <Button
          icon={CameraIcon}
          aria-label={t('predict.start-camera')}
          onPress={() => {
            onClear();
            camera.start();
          }}
        >
          {t('predict.camera-device')}
        </Button>
      ) : (
        <Button
          icon={CameraOff}
          aria-label={t('predict.stop-camera')}
          onPress={() => {
            camera.stop();
            onClear();
          }}
        >
          {t('predict.camera-device')}
        </Button>
      )}
    </div>
  );
}
