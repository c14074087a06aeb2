/** The middle zone: curves large, what they say beside them, the knobs under them. */
import { useTranslate } from '../../i18n/use-translate.ts';
import { CurveReading } from './curve-reading.tsx';
import { Curves } from './curves.tsx';
import { HyperparameterPanel } from './hyperparameter-panel.tsx';
import { TimeMachine } from './time-machine.tsx';
import { TrainingControls } from './training-controls.tsx';
import styles from './training-room.module.css';

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
      <TimeMachine />
      <HyperparameterPanel />
    </section>
  );
}
