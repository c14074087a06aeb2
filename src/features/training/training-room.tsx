/** The middle zone: what to try, curves large with what they say, the knobs under them. */
import { lazy, Suspense, useRef } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { CurveReading } from './curve-reading.tsx';
import { Curves } from './curves.tsx';
import { HyperparameterPanel } from './hyperparameter-panel.tsx';
import { Presets } from './presets.tsx';
import { TrainingControls } from './training-controls.tsx';
import styles from './training-room.module.css';
import { hyperparametersMessages } from '../../i18n/en/hyperparameters.ts';
import { labMessages } from '../../i18n/en/lab.ts';
import { trainingMessages } from '../../i18n/en/training.ts';
import { addMessages } from '../../i18n/messages.ts';

addMessages(hyperparametersMessages);
addMessages(labMessages);
addMessages(trainingMessages);

/** Comes with the first run, like the chart: the first screen does without it. */
const TimeMachine = lazy(async () => ({
  default: (await import('./time-machine.tsx')).TimeMachine,
}));

const CurvesInSight = lazy(async () => ({
  default: (await import('./curves-in-sight.tsx')).CurvesInSight,
}));

export function TrainingRoom() {
  const t = useTranslate();
  const curves = useRef<HTMLDivElement>(null);
  return (
    <section aria-label={t('training.title')} className={styles.room}>
      <Suspense fallback={null}>
        <CurvesInSight curves={curves} />
      </Suspense>
      <header className={styles.header}>
        <h2 className={styles.title}>{t('training.title')}</h2>
        <TrainingControls />
      </header>
      <Presets />
      <CurveReading />
      <div ref={curves} className={styles.curves}>
        <Curves />
      </div>
      <Suspense fallback={null}>
        <TimeMachine />
      </Suspense>
      <HyperparameterPanel />
    </section>
  );
}
