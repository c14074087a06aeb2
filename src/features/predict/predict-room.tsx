/** The right zone: try the model on photos, a folder or the camera. */
import { Maximize2, X } from 'lucide-react';
import {
  lazy,
  Suspense,
  useEffect,
  useRef,
  useState,
  type ClipboardEvent,
  type ComponentType,
} from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { filesFromClipboard, filesFromDrop } from '../../ui/dropped-files.ts';
import { useCamera, type Camera } from '../../ui/camera/use-camera.ts';
import { Button } from '../../ui/primitives/button.tsx';
import { DropZone } from '../../ui/primitives/drop-zone.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { CameraButtons, Smoothing } from './camera-settings.tsx';
import { CounterPanel } from './counter-panel.tsx';
import { PredictControls, TryInputs } from './predict-controls.tsx';
import { PredictObstacle } from './predict-obstacle.tsx';
import { predictSituation, type PredictSituation } from './predict-situation.ts';
import { PredictStage } from './predict-stage.tsx';
import styles from './predict-room.module.css';
import { PredictionAnswer } from './prediction-answer.tsx';
import { PredictionStatus, useRefusalText } from './prediction-status.tsx';
import { ThresholdPanel } from './threshold-panel.tsx';
import { useCounting } from './use-counting.ts';
import { useLivePrediction } from './use-live-prediction.ts';
import { useSeen } from './use-seen.ts';
import { useTryPhoto, type TryPhotoControl } from './use-try-photo.ts';
import { labMessages } from '../../i18n/en/lab.ts';
import { predictMessages } from '../../i18n/en/predict.ts';
import { addMessages } from '../../i18n/messages.ts';

addMessages(labMessages);
addMessages(predictMessages);

const ManyAnswers = lazy(async () => ({
  default: (await import('./many-answers.tsx')).ManyAnswers,
}));
const Exhibit = lazy(async () => ({ default: (await import('./exhibit.tsx')).Exhibit }));

/** Parts of another room, handed in by the app: rooms do not import each other. */
export interface PredictSlots {
  readonly Overlay?: ComponentType;
  /** Under the answer, while there is a model. */
  readonly Controls?: ComponentType;
}

export function PredictRoom({ slots = {} }: { readonly slots?: PredictSlots }) {
  const t = useTranslate();
  const room = useRef<HTMLElement>(null);
  const situation = usePredictSituation();
  const isUsable = situation.kind === 'usable';
  const tried = useTryPhoto(isUsable);
  const camera = useCamera();
  const isSeen = useSeen(room);
  const isLive = camera.status === 'on' && isUsable && isSeen;
  const rate = useLivePrediction(camera, isLive);
  const photos = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [isExhibit, setExhibit] = useState(false);
  useCounting(isLive && !camera.isFrozen);
  useCameraOffWithoutModel(camera, isUsable);
  useRememberedSettings();

  const take = (files: Parameters<TryPhotoControl['take']>[0]): void => {
    if (files.length === 0) return;
    camera.stop();
    tried.take(files);
  };
  const paste = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    // Else the page would take it for a photo to train on.
    event.stopPropagation();
    take(filesFromClipboard(event.clipboardData));
  };
  const showExhibit = (next: boolean): void => {
    // Another element shows the camera then, and that one has no still picture.
    camera.freeze(false);
    setExhibit(next);
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
        <div className={styles.aside}>
          <ClearButton isWaiting={tried.photo !== null} camera={camera} onClear={tried.forget} />
          {isUsable && (
            <IconButton
              size="small"
              icon={Maximize2}
              label={t('predict.exhibit-open')}
              onPress={() => {
                showExhibit(true);
              }}
            />
          )}
        </div>
      </header>
      <PredictionStatus />
      <TryInputs photos={photos} folder={folder} onFiles={take} />
      <DropZone
        look="bare"
        label={t('predict.zone')}
        hint={t('predict.drop-hint')}
        onDrop={(data) => void filesFromDrop(data).then(take)}
      >
        {situation.kind !== 'usable' ? (
          <PredictObstacle
            situation={situation}
            waiting={tried.photo === null ? tried.waiting : [tried.photo]}
          />
        ) : (
          <Work
            camera={camera}
            isCovered={isExhibit}
            rate={rate}
            slots={slots}
            tried={tried}
            onChoose={() => photos.current?.click()}
            onChooseFolder={() => folder.current?.click()}
          />
        )}
      </DropZone>
      {isExhibit && isUsable && (
        <Suspense fallback={null}>
          <Exhibit camera={camera} rate={rate} onLeave={() => showExhibit(false)} />
        </Suspense>
      )}
    </section>
  );
}

interface WorkProps {
  readonly camera: Camera;
  /** Something else shows the camera now. */
  readonly isCovered: boolean;
  readonly rate: number | null;
  readonly slots: PredictSlots;
  readonly tried: TryPhotoControl;
  readonly onChoose: () => void;
  readonly onChooseFolder: () => void;
}

function Work({ camera, isCovered, rate, slots, tried, ...choosing }: WorkProps) {
  const batch = useApp((state) => state.tryBatch);
  const { photo, look } = tried;
  // Many photos need no invitation to bring one.
  const isListOnly = batch !== null && photo === null && camera.status === 'off';
  const isCameraOn = camera.status === 'on';
  return (
    <div className={styles.whole}>
      <div className={styles.work} data-list={isListOnly}>
        <div className={styles.bring}>
          {!isListOnly && !isCovered && (
            <PredictStage camera={camera} fileName={photo?.path ?? null} Overlay={slots.Overlay} />
          )}
          <PredictControls
            camera={camera}
            {...choosing}
            onClear={() => {
              look(null);
            }}
          />
          {isCameraOn && <CameraButtons camera={camera} />}
        </div>
        <div className={styles.result}>
          <Remarks />
          {!isListOnly && <PredictionAnswer rate={rate} />}
          {slots.Controls !== undefined && !isListOnly && <slots.Controls />}
          {isCameraOn && <Smoothing />}
          {!isListOnly && <CounterPanel isLive={isCameraOn} />}
          {!isListOnly && <ThresholdPanel />}
        </div>
      </div>
      {batch !== null && (
        <Suspense fallback={null}>
          <ManyAnswers batch={batch} onLook={look} />
        </Suspense>
      )}
      {isListOnly && <ThresholdPanel />}
    </div>
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

function useRememberedSettings(): void {
  const projectId = useApp((state) => state.projectId);
  const load = useApp((state) => state.loadTrySettings);
  useEffect(() => {
    void load();
  }, [projectId, load]);
}

interface ClearButtonProps {
  /** A photo was given, answered or not. */
  readonly isWaiting: boolean;
  readonly camera: Camera;
  readonly onClear: () => void;
}

function ClearButton({ isWaiting, camera, onClear }: ClearButtonProps) {
  const t = useTranslate();
  const hasAnswer = useApp(
    (state) =>
      state.prediction !== null || state.predictRefusal !== null || state.tryBatch !== null,
  );
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

/** What has to be said beside the answer: a refused file, an outdated model. */
function Remarks() {
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
      {isStale && <p className={styles.muted}>{t('predict.stale')}</p>}
    </>
  );
}
