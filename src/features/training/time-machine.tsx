/** One epoch after the other: a slider over the kept heads, and what each of them answers. */
import { Crosshair, Pause, Play } from 'lucide-react';
import { useId, type CSSProperties } from 'react';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { EpochMatrix } from './epoch-matrix.tsx';
import { FlippedPhotos } from './flipped-photos.tsx';
import styles from './time-machine.module.css';
import { useEpochView, type EpochView } from './use-epoch-view.ts';

export function TimeMachine() {
  const t = useTranslate();
  const view = useEpochView();
  if (view === null) return null;
  const canTravel = view.keptEpochs.length > 1;
  return (
    <section
      aria-label={t('lab.time-machine')}
      className={styles.room}
      data-busy={view.isBusy}
      aria-busy={view.isBusy}
    >
      <header className={styles.header}>
        <h3 className={styles.title}>{t('lab.time-machine')}</h3>
        <p className={styles.muted}>{t(canTravel ? 'lab.explain' : 'lab.no-history')}</p>
      </header>
      {canTravel && <EpochSlider view={view} />}
      <Accuracy view={view} />
      {view.answers !== null && (
        <div className={styles.answers}>
          <EpochMatrix view={view} answers={view.answers} />
          {canTravel && <FlippedPhotos view={view} answers={view.answers} />}
        </div>
      )}
    </section>
  );
}

function EpochSlider({ view }: { readonly view: EpochView }) {
  const t = useTranslate();
  const id = useId();
  const isPlaying = useApp((state) => state.lab.isPlaying);
  const chooseEpoch = useApp((state) => state.chooseEpoch);
  const play = useApp((state) => state.playTimeline);
  const pause = useApp((state) => state.pauseTimeline);
  const total = useApp((state) => state.currentRun?.metrics.length ?? 0);
  const { keptEpochs, epoch, epochInUse } = view;
  const last = keptEpochs.length - 1;
  const share = (of: number): number => Math.max(0, keptEpochs.indexOf(of)) / last;
  const marks = { '--fraction': share(epoch), '--in-use': share(epochInUse) } as CSSProperties;
  const text = t(epoch === epochInUse ? 'lab.epoch-in-use' : 'lab.epoch-value', {
    epoch,
    last: total,
  });
  return (
    <>
      <div className={styles.travel}>
        <IconButton
          label={t(isPlaying ? 'lab.pause' : 'lab.play')}
          icon={isPlaying ? Pause : Play}
          isDisabled={view.isBusy}
          onPress={isPlaying ? pause : play}
        />
        <div className={styles.slide} style={marks}>
          <label htmlFor={id} className={styles.label}>
            {t('lab.epoch')}
          </label>
          <input
            id={id}
            type="range"
            className={styles.range}
            min={0}
            max={last}
            step={1}
            disabled={view.isBusy}
            value={Math.max(0, keptEpochs.indexOf(epoch))}
            aria-valuetext={text}
            onChange={(event) => {
              chooseEpoch(keptEpochs[Number(event.currentTarget.value)] ?? null);
            }}
          />
          <span className={styles.value} aria-hidden="true">
            {text}
          </span>
        </div>
        <Button
          size="small"
          variant="quiet"
          icon={Crosshair}
          isDisabled={epoch === epochInUse || view.isBusy}
          onPress={() => {
            chooseEpoch(null);
          }}
        >
          {t('lab.back', { epoch: epochInUse })}
        </Button>
      </div>
      {keptEpochs.length < total && (
        <p className={styles.muted}>{t('lab.thinned', { kept: keptEpochs.length, total })}</p>
      )}
    </>
  );
}

/** Read aloud when the epoch comes to rest; while it plays it would only be noise. */
function Accuracy({ view }: { readonly view: EpochView }) {
  const t = useTranslate();
  const formats = useFormats();
  const validation = useApp((state) => state.lab.validation);
  const isPlaying = useApp((state) => state.lab.isPlaying);
  const { answers } = view;
  if (answers === null) {
    const reasons = {
      none: 'lab.no-validation',
      loading: 'lab.loading',
      ready: 'lab.unavailable',
      unavailable: 'lab.unavailable',
    } as const;
    return <p className={styles.muted}>{t(reasons[validation])}</p>;
  }
  return (
    <p
      role="status"
      aria-live={isPlaying ? 'off' : 'polite'}
      aria-label={t('lab.looking-at', { epoch: view.epoch })}
      className={styles.accuracy}
    >
      {t('lab.accuracy', {
        hits: answers.hits,
        n: answers.labels.length,
        percent: formats.percent(answers.accuracy),
        low: formats.percent(answers.interval.low),
        high: formats.percent(answers.interval.high),
      })}
    </p>
  );
}
