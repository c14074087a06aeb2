/** For the running camera: hold the picture, mirror it, turn it, and keep its answer calm. */
import { FlipVertical2, RotateCw, Snowflake } from 'lucide-react';
import { DEFAULT_TRY_SETTINGS, SMOOTHING_RANGE } from '../../domain/try-settings.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import type { Camera } from '../../ui/camera/use-camera.ts';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { NumberSlider } from '../../ui/primitives/number-slider.tsx';
import { Select } from '../../ui/primitives/select.tsx';
import { ToggleButton } from '../../ui/primitives/toggle-button.tsx';
import styles from './predict-room.module.css';
import { useTurn } from './use-turn.ts';

const SCALE = {
  ...SMOOTHING_RANGE,
  step: 0.1,
  scale: 'linear',
  integer: false,
  logFloor: null,
} as const;

export function CameraButtons({ camera }: { readonly camera: Camera }) {
  const t = useTranslate();
  const isMirrored = useApp((state) => state.trySettings.isMirrored);
  const change = useApp((state) => state.setTrySettings);
  const turn = useTurn();
  return (
    <div className={styles.row}>
      <ToggleButton
        iconOnly
        icon={Snowflake}
        label={t('predict.freeze')}
        isSelected={camera.isFrozen}
        onChange={camera.freeze}
      />
      <ToggleButton
        iconOnly
        icon={FlipVertical2}
        label={t('predict.mirror')}
        isSelected={isMirrored}
        onChange={(next) => change({ isMirrored: next })}
      />
      <IconButton icon={RotateCw} label={t('predict.turn')} onPress={turn} />
      <CameraChoice camera={camera} />
    </div>
  );
}

/** How calm the camera's answer is. */
export function Smoothing() {
  const t = useTranslate();
  const smoothingSeconds = useApp((state) => state.trySettings.smoothingSeconds);
  const change = useApp((state) => state.setTrySettings);
  return (
    <NumberSlider
      label={t('predict.smoothing')}
      value={smoothingSeconds}
      defaultValue={DEFAULT_TRY_SETTINGS.smoothingSeconds}
      scale={SCALE}
      unit={t('predict.smoothing-unit')}
      explanation={t('predict.smoothing-text')}
      onCommit={(value) => {
        if (Number.isNaN(value)) return 'not-a-number';
        if (value < SCALE.min || value > SCALE.max) return 'out-of-range';
        change({ smoothingSeconds: value });
        return 'ok';
      }}
    />
  );
}

function CameraChoice({ camera }: { readonly camera: Camera }) {
  const t = useTranslate();
  if (camera.cameras.length < 2) return null;
  return (
    <Select
      label={t('predict.camera-device')}
      hideLabel
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
