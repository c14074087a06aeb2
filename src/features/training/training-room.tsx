/** The middle zone: curves large, what they say beside them, the knobs under them. */
import { lazy, Suspense } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { CurveReading } from './curve-reading.tsx';
import { Curves } from './curves.tsx';
import { HyperparameterPanel } from './hyperparameter-panel.tsx';
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

export function TrainingRoom() {
  const t = useTranslate();
  return (
    <section aria-label={t('training.title')} className={styles.room}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t('training.title')}</h2>
        <TrainingControls />
      </header>
      <CurveReading />
      <Curves />
      <Suspense fallback={null}>
        <TimeMachine />
      </Suspense>
      <HyperparameterPanel />
    </section>
  );
}
