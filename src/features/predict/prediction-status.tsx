/** The answer for those who listen: photos at once, the camera at most once a second. */
import { useEffect, useRef, useState } from 'react';
import { refusalText } from '../../i18n/refusal-text.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import type { Prediction } from '../../state/store-types.ts';
import { answerText } from './answer-text.ts';
import { useShownPrediction } from './use-shown-prediction.ts';

const CAMERA_INTERVAL_MS = 1_000;

export function PredictionStatus() {
  const t = useTranslate();
  const prediction = useShownPrediction();
  const isCamera = prediction?.source === 'camera';
  const text = useThrottled(useStatusText(prediction), isCamera ? CAMERA_INTERVAL_MS : 0);
  return (
    <p role="status" aria-label={t('predict.status')} className="visually-hidden">
      {text}
    </p>
  );
}

function useStatusText(prediction: Prediction | null): string {
  const t = useTranslate();
  const formats = useFormats();
  const status = useApp((state) => state.predictStatus);
  const refusal = useRefusalText();
  // An answer about the photo before must not be taken for one about this photo.
  if (status === 'working') return '';
  if (status === 'refused') return refusal ?? '';
  if (prediction === null) return '';
  const file = prediction.fileName ?? t('predict.camera-device');
  const answer = answerText(t, formats, prediction);
  return answer === '' ? '' : t('predict.status-said', { file, answer });
}

/** Why the photo was not taken, naming it; null when it was. */
export function useRefusalText(): string | null {
  const t = useTranslate();
  const refusal = useApp((state) => state.predictRefusal);
  if (refusal === null) return null;
  const { fileName, code } = refusal;
  const reason = code === 'failed' ? t('predict.failed') : refusalText(t, refusal);
  return t('predict.refused', { file: fileName, reason });
}

/** The newest text, changing at most once per interval (0: at once). */
function useThrottled(text: string, intervalMs: number): string {
  const [shown, setShown] = useState(text);
  const shownAt = useRef(-Infinity);
  useEffect(() => {
    if (intervalMs === 0) return;
    const wait = Math.max(0, shownAt.current + intervalMs - performance.now());
    const timer = setTimeout(() => {
      shownAt.current = performance.now();
      setShown(text);
    }, wait);
    return () => {
      clearTimeout(timer);
    };
  }, [text, intervalMs]);
  return intervalMs === 0 ? text : shown;
}
