/** The camera's picture, mirrored as people expect of themselves; or why there is none. */
import { VideoOff } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { Skeleton } from '../primitives/skeleton.tsx';
import styles from './camera-view.module.css';
import type { Camera } from './use-camera.ts';

interface CameraViewProps {
  readonly camera: Camera;
  readonly isMirrored?: boolean;
  /** Quarter turns clockwise; for square views. */
  readonly turns?: number;
  /** Shows the square that a backbone sees, fitted like its photos; left out: the whole picture. */
  readonly squareFit?: 'cover' | 'contain' | 'fill';
}

export function CameraView({ camera, isMirrored = true, turns = 0, squareFit }: CameraViewProps) {
  const t = useTranslate();
  const { status, problem, attachVideo } = camera;
  if (status === 'failed') {
    return (
      <div className={styles.problem} role="alert">
        <VideoOff aria-hidden size={28} />
        <p>{t(`common.camera.problem.${problem ?? 'failed'}`)}</p>
      </div>
    );
  }
  return (
    <div className={styles.frame} data-square={squareFit !== undefined}>
      {status === 'starting' && <Skeleton shape="box" width="100%" height="100%" />}
      <video
        ref={attachVideo}
        className={styles.video}
        data-mirrored={isMirrored}
        style={{ '--turns': turns } as CSSProperties}
        data-fit={squareFit}
        autoPlay
        playsInline
        muted
        aria-label={t('common.camera.preview')}
      />
    </div>
  );
}
