/** The right zone: try the model on a photo or the camera. */
import { Camera as CameraIcon, CameraOff, ImagePlus, X } from 'lucide-react';
import { useEffect, useRef, type ClipboardEvent, type ComponentType } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { useCamera, type Camera } from '../../ui/camera/use-camera.ts';
import { Button } from '../../ui/primitives/button.tsx';
import { DropZone } from '../../ui/primitives/drop-zone.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { Select } from '../../ui/primitives/select.tsx';
import { PredictObstacle } from './predict-obstacle.tsx';
import { predictSituation, type PredictSituation } from './predict-situation.ts';
import { PredictStage } from './predict-stage.tsx';
import styles from './predict-room.module.css';
import { PredictionAnswer } from './prediction-answer.tsx';
import { PredictionStatus, useRefusalText } from './prediction-status.tsx';
import { useLivePrediction } from './use-live-prediction.ts';
import { useSeen } from './use-seen.ts';
import { useTryPhoto, type TryPhoto } from './use-try-photo.ts';
import { labMessages } from '../../i18n/en/lab.ts';
import { predictMessages } from '../../i18n/en/predict.ts';
import { addMessages } from '../../i18n/messages.ts';

addMessages(labMessages);
addMessages(predictMessages);

const ACCEPT = 'image/*,.jpg,.jpeg,.png,.webp,.gif,.bmp,.avif,.heic,.heif,.tif,.tiff';

/** Parts of another room, handed in by the app: rooms do not import each other. */
export interface PredictSlots {
  readonly Overlay?: ComponentType;
  /** Under the answer, while there is a model. */
  readonly Controls?: ComponentType;
}

export function PredictRoom({ slots = {} }: { readonly slots?: PredictSlots }) {
  const t = useTranslate();
  const room = useRef<HTMLElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const situation = usePredictSituation();
  const isUsable = situation.kind === 'usable';
  const { photo, take, forget } = useTryPhoto(isUsable);
  const camera = useCamera();
  const isSeen = useSeen(room);
  const rate = useLivePrediction(camera.grab, camera.status === 'on' && isUsable && isSeen);
  useCameraOffWithoutModel(camera, isUsable);

  const takeFiles = (files: FileList | null | undefined): void => {
    if (files === null || files === undefined || files.length === 0) return;
    camera.stop();
    take([...files]);
  };
  const paste = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    // Else the page would take it for a photo to train on.
    event.stopPropagation();
    takeFiles(event.clipboardData.files);
  };

  return (
    // Focusable by a click, so that a paste after it arrives here and not in the data zone.
    <section
      ref={room}
      aria-label={t('predict.title')}
      className={styles.room}
      tabIndex={-1}
      onPaste={paste}
    >
      <header className={styles.header}>
        <h2 className={styles.title}>{t('predict.title')}</h2>
        <ClearButton isWaiting={photo !== null} camera={camera} onClear={forget} />
      </header>
      <PredictionStatus />
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPT}
        data-testid="try-input"
        aria-label={t('predict.choose')}
        onChange={(event) => {
          takeFiles(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <DropZone
        look="bare"
        label={t('predict.zone')}
        hint={t('predict.drop-hint')}
        onDrop={(data) => takeFiles(data.files)}
      >
        {situation.kind !== 'usable' ? (
          <PredictObstacle situation={situation} waitingName={photo?.file.name ?? null} />
        ) : (
          <div className={styles.work}>
            <div className={styles.bring}>
              <PredictStage
                camera={camera}
                fileName={photo?.file.name ?? null}
                Overlay={slots.Overlay}
              />
              <Controls camera={camera} onChoose={() => input.current?.click()} onClear={forget} />
            </div>
            <div className={styles.result}>
              <Remarks photo={photo} />
              <PredictionAnswer rate={rate} />
              {slots.Controls !== undefined && <slots.Controls />}
            </div>
          </div>
        )}
      </DropZone>
    </section>
  );
}

/** Made from its parts here: the store's snapshots have to be the same object while nothing changes. */
function usePredictSituation(): PredictSituation {
  const currentRun = useApp((state) => state.currentRun);
  const backboneStatus = useApp((state) => state.backboneStatus);
  const backbones = useApp((state) => state.backbones);
  const availableBackbones = useApp((state) => state.availableBackbones);
  return predictSituation({ currentRun, backboneStatus, backbones, availableBackbones });
}

/** A model that cannot answer needs no camera light. */
function useCameraOffWithoutModel({ stop, status }: Camera, isUsable: boolean): void {
  useEffect(() => {
    if (!isUsable && status !== 'off') stop();
  }, [isUsable, status, stop]);
}

interface ClearButtonProps {
  /** A photo was given, answered or not. */
  readonly isWaiting: boolean;
  readonly camera: Camera;
  readonly onClear: () => void;
}

function ClearButton({ isWaiting, camera, onClear }: ClearButtonProps) {
  const t = useTranslate();
  const hasAnswer = useApp((state) => state.prediction !== null || state.predictRefusal !== null);
  // While the camera runs, stopping it is what clears.
  const isLive = camera.status === 'on' || camera.status === 'starting';
  if (isLive || !(isWaiting || hasAnswer || camera.status === 'failed')) return null;
  return (
    <Button
      size="small"
      variant="quiet"
      icon={X}
      onPress={() => {
        camera.stop();
        onClear();
      }}
    >
      {t('predict.clear')}
    </Button>
  );
}

interface ControlsProps {
  readonly camera: Camera;
  readonly onChoose: () => void;
  /** Forgets photo and answer. */
  readonly onClear: () => void;
}

function Controls({ camera, onChoose, onClear }: ControlsProps) {
  const t = useTranslate();
  const isCameraOff = camera.status === 'off' || camera.status === 'failed';
  return (
    <div className={styles.controls}>
      <Button icon={ImagePlus} onPress={onChoose}>
        {t('predict.choose')}
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
      {!isCameraOff && <CameraChoice camera={camera} />}
    </div>
  );
}

function CameraChoice({ camera }: { readonly camera: Camera }) {
  const t = useTranslate();
  if (camera.cameras.length < 2) return null;
  return (
    <Select
      label={t('predict.camera-device')}
      value={camera.deviceId ?? camera.cameras[0]?.deviceId ?? ''}
      options={camera.cameras.map(({ deviceId, label }, i) => ({
        value: deviceId,
        label: label === '' ? t('predict.camera-unnamed', { n: i + 1 }) : label,
      }))}
      onChange={(deviceId) => {
        camera.start(deviceId);
      }}
    />
  );
}

/** What has to be said beside the answer: a refused file, more files than one, an outdated model. */
function Remarks({ photo }: { readonly photo: TryPhoto | null }) {
  const t = useTranslate();
  const refusal = useRefusalText();
  const isStale = useApp((state) => state.runIsStale && state.prediction !== null);
  return (
    <>
      {refusal !== null && (
        <Notice tone="warning">
          <p>{refusal}</p>
        </Notice>
      )}
      {photo !== null && photo.of > 1 && (
        <p className={styles.muted}>
          {t('predict.only-first', { name: photo.file.name, n: photo.of })}
        </p>
      )}
      {isStale && <p className={styles.muted}>{t('predict.stale')}</p>}
    </>
  );
}
