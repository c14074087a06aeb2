/** The counter: start, stop, how many of each so far, and all of it with times as a table. */
import { Download, Play, RotateCcw, Square } from 'lucide-react';
import {
  MAX_LOGGED,
  resetCounter,
  startCounter,
  stopCounter,
} from '../../domain/answer-counter.ts';
import { DEFAULT_TRY_SETTINGS, HOLD_RANGE } from '../../domain/try-settings.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { counterCsv } from '../../state/services/try-csv.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import { Disclosure } from '../../ui/primitives/disclosure.tsx';
import { NumberSlider } from '../../ui/primitives/number-slider.tsx';
import { saveBlob } from '../../ui/save-blob.ts';
import styles from './predict-room.module.css';

const SCALE = { ...HOLD_RANGE, step: 1, scale: 'linear', integer: true, logFloor: null } as const;

export function CounterPanel({ isLive }: { readonly isLive: boolean }) {
  const t = useTranslate();
  const isRunning = useApp((state) => state.counter.isRunning);
  return (
    <Disclosure
      size="small"
      title={t('predict.counter')}
      aside={isRunning ? t('predict.counter-running') : undefined}
    >
      <div className={styles.settings}>
        <p className={styles.muted}>{t('predict.counter-text')}</p>
        {!isLive && <p className={styles.muted}>{t('predict.counter-no-camera')}</p>}
        <Counts />
        <Buttons />
        <HoldFrames />
      </div>
    </Disclosure>
  );
}

export function Counts() {
  const t = useTranslate();
  const formats = useFormats();
  const classes = useApp((state) => state.currentRun?.classes);
  const { counts, isLogFull } = useApp((state) => state.counter);
  if (classes === undefined) return null;
  return (
    <>
      <ul role="list" className={styles.counts} aria-label={t('predict.counter-list')}>
        {classes.map(({ id, name, colorIndex }) => (
          <li key={id} data-class-name={name} data-count={counts[id] ?? 0}>
            <ClassDot colorIndex={colorIndex} />
            <span className={styles.name}>{name}</span>
            <span className="tabular">{formats.number(counts[id] ?? 0)}</span>
          </li>
        ))}
      </ul>
      {isLogFull && (
        <p role="status" className={styles.muted}>
          {t('predict.counter-full', { n: MAX_LOGGED })}
        </p>
      )}
    </>
  );
}

function Buttons() {
  const t = useTranslate();
  const counter = useApp((state) => state.counter);
  const setCounter = useApp((state) => state.setCounter);
  const isEmpty = counter.log.length === 0;
  return (
    <div className={styles.controls}>
      {counter.isRunning ? (
        <Button
          size="small"
          icon={Square}
          onPress={() => setCounter(stopCounter(counter, Date.now()))}
        >
          {t('predict.counter-stop')}
        </Button>
      ) : (
        <Button
          size="small"
          icon={Play}
          onPress={() => setCounter(startCounter(counter, Date.now()))}
        >
          {t('predict.counter-start')}
        </Button>
      )}
      <Button
        size="small"
        icon={RotateCcw}
        isDisabled={isEmpty}
        onPress={() => setCounter(resetCounter(counter, Date.now()))}
      >
        {t('predict.counter-reset')}
      </Button>
      <Button
        size="small"
        icon={Download}
        isDisabled={isEmpty}
        onPress={() => {
          saveBlob(new Blob([counterCsv(counter)], { type: 'text/csv' }), 'count.csv');
        }}
      >
        {t('predict.counter-save')}
      </Button>
    </div>
  );
}

function HoldFrames() {
  const t = useTranslate();
  const holdFrames = useApp((state) => state.trySettings.holdFrames);
  const change = useApp((state) => state.setTrySettings);
  return (
    <NumberSlider
      label={t('predict.counter-hold')}
      value={holdFrames}
      defaultValue={DEFAULT_TRY_SETTINGS.holdFrames}
      scale={SCALE}
      unit={t('predict.counter-hold-unit')}
      onCommit={(value) => {
        if (Number.isNaN(value)) return 'not-a-number';
        if (value < SCALE.min || value > SCALE.max || !Number.isInteger(value)) {
          return 'out-of-range';
        }
        change({ holdFrames: value });
        return 'ok';
      }}
    />
  );
}
