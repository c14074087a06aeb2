/** Recording photos of a class with the camera: choose it, hold to record, every frame a photo. */
import { Circle } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ClassId } from '../../domain/photo.ts';
import { browseMessages } from '../../i18n/en/browse.ts';
import { addMessages } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { IncomingFile } from '../../state/store-types.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { CameraView } from '../../ui/camera/camera-view.tsx';
import { useCamera, type Camera } from '../../ui/camera/use-camera.ts';
import { Button } from '../../ui/primitives/button.tsx';
import { Panel } from '../../ui/primitives/panel.tsx';
import { Select } from '../../ui/primitives/select.tsx';
import styles from './camera-panel.module.css';

addMessages(browseMessages);

/** Frames a second while the button is held: more would only be copies of each other. */
const RECORDING_INTERVAL_MS = 125;
const MAX_PHOTO_SIDE_PX = 640;

export function CameraPanel({
  classId,
  onClose,
}: {
  classId: ClassId | null;
  onClose: () => void;
}) {
  const t = useTranslate();
  const camera = useCamera();
  const { start } = camera;
  const classes = useApp((state) => state.classes);
  const addClass = useApp((state) => state.addClass);
  const [chosen, setChosen] = useState<ClassId | null>(classId);
  const target = chosen ?? classes[0]?.id ?? null;
  const recording = useRecording(camera, () => target ?? addClass());
  const needsAnother = useSingleRecording(target) && !recording.isOn;
  const targetName = classes.find((info) => info.id === target)?.name ?? '';

  useEffect(() => {
    start();
  }, [start]);

  return (
    <Panel
      isOpen
      title={t('capture.camera-title')}
      description={t('capture.camera-text')}
      onClose={onClose}
    >
      <div className={styles.panel}>
        <CameraView camera={camera} />
        {/* Above the choices: the first photo makes a class, and what appears must not push this away
            from under the finger that holds it. */}
        <Button
          variant="primary"
          size="large"
          fullWidth
          icon={Circle}
          isDisabled={camera.status !== 'on'}
          onPressStart={recording.begin}
          onPressEnd={recording.end}
        >
          {t(recording.isOn ? 'capture.camera-recording' : 'capture.camera-hold', {
            n: recording.count,
          })}
        </Button>
        <p role="status" className={styles.status}>
          {recording.count === 0 ? '' : t('capture.camera-count', { n: recording.count })}
        </p>
        {classes.length > 0 && target !== null && (
          <Select
            label={t('capture.camera-class')}
            value={target}
            options={classes.map((info) => ({ value: info.id, label: info.name }))}
            onChange={setChosen}
          />
        )}
        {camera.cameras.length > 1 && (
          <Select
            label={t('capture.camera-device')}
            value={camera.deviceId ?? camera.cameras[0]?.deviceId ?? ''}
            options={camera.cameras.map(({ deviceId, label }, i) => ({
              value: deviceId,
              label: label === '' ? t('capture.camera-unnamed', { n: i + 1 }) : label,
            }))}
            onChange={(deviceId) => {
              start(deviceId);
            }}
          />
        )}
        {needsAnother ? (
          <p className={styles.again}>{t('browse.record-again', { name: targetName })}</p>
        ) : null}
      </div>
    </Panel>
  );
}

/** Whether all photos of the class are frames of one recording: then none of them can validate. */
function useSingleRecording(classId: ClassId | null): boolean {
  const photos = useApp((state) => state.photos);
  return useMemo(() => {
    const bursts = new Set<string | null>();
    for (const photo of photos.values()) {
      if (photo.classId === classId) bursts.add(photo.origin.burstId ?? null);
    }
    return bursts.size === 1 && !bursts.has(null);
  }, [photos, classId]);
}

/** One hold is one burst: its photos resemble each other, so the split keeps them on one side. */
function useRecording(camera: Camera, classToFill: () => ClassId) {
  const { services } = useAppHandle();
  const addFiles = useApp((state) => state.addFiles);
  const [isOn, setOn] = useState(false);
  const [count, setCount] = useState(0);
  const timer = useRef<ReturnType<typeof setInterval> | null>(null);
  const burst = useRef({ id: '', classId: '' });
  const { grab } = camera;

  const takeOne = useCallback(async () => {
    const frame = await grab();
    if (frame === null) return;
    const image = await services.engine.encodeFrame(frame, MAX_PHOTO_SIDE_PX);
    const name = `camera-${new Date().toISOString().replace(/[:.]/g, '-')}.jpg`;
    const file: IncomingFile = { file: image, name, folder: null };
    setCount((n) => n + 1);
    const { id, classId } = burst.current;
    await addFiles([file], { kind: 'class', classId }, 'webcam', id);
  }, [grab, services, addFiles]);

  const end = useCallback(() => {
    if (timer.current !== null) clearInterval(timer.current);
    timer.current = null;
    setOn(false);
  }, []);

  const begin = (): void => {
    end();
    burst.current = { id: services.newId(), classId: classToFill() };
    setOn(true);
    const shoot = (): void => {
      takeOne().catch(() => {
        end();
      });
    };
    shoot();
    timer.current = setInterval(shoot, RECORDING_INTERVAL_MS);
  };

  useEffect(() => end, [end]);
  return { isOn, count, begin, end };
}
