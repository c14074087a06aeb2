/** The square: the photo or the camera as the backbone sees it, or the invitation to bring one. */
import { ImageUp } from 'lucide-react';
import type { ComponentType } from 'react';
import { PAD_VALUE } from '../../domain/fit-square.ts';
import type { FitMode } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { CameraView } from '../../ui/camera/camera-view.tsx';
import type { Camera } from '../../ui/camera/use-camera.ts';
import { Skeleton } from '../../ui/primitives/skeleton.tsx';
import styles from './predict-room.module.css';

/** What `squareFit` in domain does to pixels, as CSS says it. */
const OBJECT_FIT = { crop: 'cover', pad: 'contain', stretch: 'fill' } as const satisfies Record<
  FitMode,
  string
>;
const PAD_COLOUR = `rgb(${PAD_VALUE} ${PAD_VALUE} ${PAD_VALUE})`;

interface PredictStageProps {
  readonly camera: Camera;
  readonly fileName: string | null;
  /** Laid over the picture; the whole square is what the backbone sees. */
  readonly Overlay: ComponentType | undefined;
}

export function PredictStage({ camera, fileName, Overlay }: PredictStageProps) {
  const t = useTranslate();
  const imageUrl = useApp((state) => state.predictImageUrl);
  const isWorking = useApp((state) => state.predictStatus === 'working');
  const fit = useApp((state) => state.currentRun?.fit ?? state.fit);
  const { turns, isMirrored } = useApp((state) => state.trySettings);
  const shownName = useApp((state) => state.prediction?.fileName ?? null);
  if (camera.status !== 'off') {
    return (
      <div className={styles.stage}>
        <CameraView
          camera={camera}
          squareFit={OBJECT_FIT[fit]}
          turns={turns}
          isMirrored={isMirrored}
        />
        {camera.status === 'on' && Overlay !== undefined && <Overlay />}
      </div>
    );
  }
  if (imageUrl !== null) {
    return (
      <div className={styles.stage}>
        <img
          className={styles.photo}
          src={imageUrl}
          alt={t('predict.photo-alt', { file: fileName ?? shownName ?? '' })}
          style={{ objectFit: OBJECT_FIT[fit], backgroundColor: PAD_COLOUR }}
        />
        {Overlay !== undefined && <Overlay />}
      </div>
    );
  }
  if (isWorking) {
    return (
      <div className={styles.square}>
        <Skeleton shape="box" height="100%" />
      </div>
    );
  }
  return (
    <div className={styles.invite}>
      <ImageUp aria-hidden size={26} strokeWidth={1.6} />
      <p>{t('predict.invite')}</p>
    </div>
  );
}
