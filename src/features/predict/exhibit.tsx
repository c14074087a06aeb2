/** The whole screen for one answer: the picture, the class large, its bar. Made for a classroom wall. */
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import type { Camera } from '../../ui/camera/use-camera.ts';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { ProbabilityBars } from '../../ui/primitives/probability-bars.tsx';
import { classColor } from '../../ui/tokens/class-color.ts';
import { unknownText, withheldText } from './answer-text.ts';
import { Counts } from './counter-panel.tsx';
import styles from './exhibit.module.css';
import { PredictStage } from './predict-stage.tsx';
import { readAnswer } from './read-answer.ts';
import { useShownPrediction } from './use-shown-prediction.ts';
import { useExhibitKeys, EXHIBIT_KEYS } from './use-exhibit-keys.ts';

interface ExhibitProps {
  readonly camera: Camera;
  /** Answers a second; null until known. */
  readonly rate: number | null;
  readonly onLeave: () => void;
}

const MOST_BARS = 6;

export function Exhibit({ camera, rate, onLeave }: ExhibitProps) {
  const t = useTranslate();
  const [hasBars, setBars] = useState(true);
  const [hasKeys, setKeys] = useState(true);
  const isCounting = useApp((state) => state.counter.isRunning);
  const fileName = useApp((state) => state.prediction?.fileName ?? null);
  const isEmpty = useApp((state) => state.prediction === null) && camera.status === 'off';
  useFullScreen(onLeave);
  useExhibitKeys({
    camera,
    onLeave,
    onBars: () => setBars((is) => !is),
    onKeys: () => setKeys((is) => !is),
  });
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onLeave();
      }}
      className={styles.overlay ?? ''}
    >
      <Modal className={styles.modal ?? ''}>
        <Dialog aria-label={t('predict.exhibit')} className={styles.exhibit ?? ''}>
          <div className={styles.leave}>
            <IconButton icon={X} label={t('predict.exhibit-leave')} onPress={onLeave} />
          </div>
          <div className={styles.picture}>
            <PredictStage camera={camera} fileName={fileName} Overlay={undefined} />
          </div>
          <div className={styles.said}>
            {isEmpty ? <p className={styles.small}>{t('predict.exhibit-empty')}</p> : <Said />}
            {hasBars && <Bars />}
            {isCounting && <Counts />}
            <Rate rate={rate} />
          </div>
          {hasKeys && <Keys />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Said() {
  const t = useTranslate();
  const formats = useFormats();
  const prediction = useShownPrediction();
  const answer = prediction === null ? null : readAnswer(prediction);
  if (prediction === null || answer === null) return null;
  const { withheld } = prediction;
  return (
    <div className={styles.headline}>
      <p className={styles.answer} data-testid="exhibit-answer" dir="auto">
        {withheld === null ? answer.top.name : unknownText(t, withheld)}
      </p>
      {withheld === null ? (
        <p className={styles.percent}>
          <span
            className={styles.mark}
            style={{ background: classColor(answer.top.colorIndex) }}
            aria-hidden
          />
          {formats.probability(answer.probability)}
        </p>
      ) : (
        <p className={styles.small}>{withheldText(t, formats, prediction)}</p>
      )}
    </div>
  );
}

function Bars() {
  const prediction = useShownPrediction();
  if (prediction === null) return null;
  return (
    <ProbabilityBars
      classes={prediction.classes}
      probabilities={prediction.probabilities}
      order={prediction.source === 'camera' ? 'class' : 'sorted'}
      limit={MOST_BARS}
    />
  );
}

function Rate({ rate }: { readonly rate: number | null }) {
  const t = useTranslate();
  const formats = useFormats();
  if (rate === null) return null;
  const shown = formats.number(rate, rate < 10 ? 1 : 0);
  return <p className={styles.small}>{t('common.progress.rate', { rate: shown })}</p>;
}

function Keys() {
  const t = useTranslate();
  return (
    <dl className={styles.keys} aria-label={t('predict.exhibit-keys')}>
      {EXHIBIT_KEYS.map(({ cap, does }) => (
        <div key={does}>
          <dt>
            <kbd>{cap.startsWith('predict.') ? t(cap as 'predict.exhibit-space') : cap}</kbd>
          </dt>
          <dd>{t(does)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The browser's own chrome goes too, where the browser lets it; leaving that leaves the exhibit. */
function useFullScreen(onLeave: () => void): void {
  useEffect(() => {
    const root = document.documentElement;
    let wasFull = false;
    const changed = (): void => {
      if (document.fullscreenElement !== null) wasFull = true;
      else if (wasFull) onLeave();
    };
    document.addEventListener('fullscreenchange', changed);
    // Refused without a fresh key or click, or by policy: the exhibit then fills the window.
    if ('requestFullscreen' in root) void root.requestFullscreen().catch(() => undefined);
    return () => {
      document.removeEventListener('fullscreenchange', changed);
      if (document.fullscreenElement !== null) {
        void document.exitFullscreen().catch(() => undefined);
      }
    };
    // Once for as long as the exhibit stands.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
}
