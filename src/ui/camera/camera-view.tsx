/** The camera's picture, mirrored as people expect of themselves; or why there is none. */
import { VideoOff } from 'lucide-react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { Skeleton } from '../primitives/skeleton.tsx';
import styles from './camera-view.module.css';
import type { Camera } from './use-camera.ts';

export function CameraView({
  camera,
  isMirrored = true,
}: {
  camera: Camera;
  isMirrored?: boolean;
}) {
  const t = useTranslate();
  if (camera.status === 'failed') {
    return (
      <div className={styles.problem} role="alert">
        <VideoOff aria-hidden size={28} />
        <p>{t(`common.camera.problem.${camera.problem ?? 'failed'}`)}</p>
      </div>
    );
  }
  return (
    <div className={styles.frame}>
      {camera.status === 'starting' && <Skeleton shape="box" width="100%" height="100%" />}
      <video
        ref={camera.videoRef}
        className={styles.video}
        data-mirrored={isMirrored}
        autoPlay
        playsInline
        muted
        aria-label={t('common.camera.preview')}
      />
    </div>
  );
}
