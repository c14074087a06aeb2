/** Train, pause, resume, stop; progress while it runs; and why Train cannot be pressed. */
import { Pause, Play, Square } from 'lucide-react';
import { withDefaults } from '../../domain/hyperparameter-specs.ts';
import { settingToLower } from '../../domain/setting-to-lower.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { trainingObstacle } from '../../state/selectors/training-obstacle.ts';
import type { TrainingObstacle } from '../../state/store-types.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import styles from './training-controls.module.css';

export function TrainingControls() {
  const t = useTranslate();
  const status = useApp((state) => state.training.status);
  const train = useApp((state) => state.train);
  const pause = useApp((state) => state.pauseTraining);
  const resume = useApp((state) => state.resumeTraining);
  const stop = useApp((state) => state.stopTraining);
  const obstacle = useApp(trainingObstacle);
  const active = status === 'preparing' || status === 'running' || status === 'paused';

  return (
    <div className={styles.controls}>
      {!active && (
        <Button
          variant="primary"
          icon={Play}
          isDisabled={obstacle !== null}
          onPress={() => void train()}
        >
          {t('training.train')}
        </Button>
      )}
      {status === 'running' && (
        <Button icon={Pause} onPress={pause}>
          {t('training.pause')}
        </Button>
      )}
      {status === 'paused' && (
        <Button variant="primary" icon={Play} onPress={resume}>
          {t('training.resume')}
        </Button>
      )}
      {active && (
        <Button icon={Square} onPress={stop}>
          {t('training.stop')}
        </Button>
      )}
      <TrainingStatusLine obstacle={active ? null : obstacle} />
    </div>
  );
}

function TrainingStatusLine({ obstacle }: { obstacle: TrainingObstacle | null }) {
  const t = useTranslate();
  const text = useStatusText(obstacle);
  const epoch = useApp((state) => state.training.epoch);
  const epochs = useApp((state) => state.training.epochs);
  const status = useApp((state) => state.training.status);
  const copies = useApp((state) => state.augmentation.progress);
  const running = status === 'running' || status === 'paused';
  return (
    <div className={styles.status}>
      <p role="status" aria-label={t('training.progress-label')} className={styles.text}>
        {text}
      </p>
      {status === 'preparing' && copies !== null && (
        <progress
          className={styles.bar}
          aria-label={t('training.progress-label')}
          max={Math.max(1, copies.total)}
          value={copies.done}
        />
      )}
      {running && (
        <progress
          className={styles.bar}
          aria-label={t('training.progress-label')}
          max={Math.max(1, epochs)}
          value={epoch}
        />
      )}
    </div>
  );
}

function obstacleText(t: ReturnType<typeof useTranslate>, obstacle: TrainingObstacle): string {
  const key: MessageKey = `training.obstacle.${obstacle.code}`;
  return obstacle.code === 'class-too-small' ? t(key, { className: obstacle.className }) : t(key);
}

function useStatusText(obstacle: TrainingObstacle | null): string {
  const t = useTranslate();
  const formats = useFormats();
  const training = useApp((state) => state.training);
  const run = useApp((state) => state.currentRun);
  const copies = useApp((state) => state.augmentation.progress);
  const { status, epoch, epochs, etaMs, errorCode } = training;
  if (status === 'preparing' && copies !== null) {
    const { done, total } = copies;
    return copies.etaMs === null
      ? t('training.progress.copies', { done, total })
      : t('training.progress.copies-left', { done, total, left: formats.duration(copies.etaMs) });
  }
  if (status === 'preparing') return t('training.progress.preparing');
  if (status === 'paused') return t('training.progress.paused', { epoch, epochs });
  if (status === 'running') {
    return etaMs === null || etaMs < 1000
      ? t('training.progress.running', { epoch, epochs })
      : t('training.progress.running-left', { epoch, epochs, left: formats.duration(etaMs) });
  }
  if (obstacle !== null) return obstacleText(t, obstacle);
  if (status === 'failed') return t('training.failed', { code: errorCode ?? '' });
  if (run === null) return '';
  return t(`training.end.${run.end}`, {
    epoch: run.stoppedEpoch ?? run.metrics.length,
    epochs: run.metrics.length,
    time: formats.duration(run.elapsedMs),
    setting: t(`hyperparameters.${settingToLower(withDefaults(run.hyperparameters))}.name`),
  });
}
