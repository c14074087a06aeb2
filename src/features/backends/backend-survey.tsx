/** Measuring again: the button, what it waits for, and how far it is. */
import { Gauge } from 'lucide-react';
import { useState } from 'react';
import { BACKEND_NAMES } from '../../domain/backend.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { AppState } from '../../state/store-types.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { ProgressBar } from '../../ui/primitives/progress-bar.tsx';
import styles from './backend-room.module.css';

const TRAINING_NOW = new Set<AppState['training']['status']>(['preparing', 'running', 'paused']);

export function BackendSurvey() {
  const t = useTranslate();
  const { reports, surveying } = useApp((state) => state.backends);
  const survey = useApp((state) => state.surveyBackends);
  const cancel = useApp((state) => state.cancelSurvey);
  const hasBackbone = useApp((state) => state.backboneStatus.kind === 'ready');
  const isTraining = useApp((state) => TRAINING_NOW.has(state.training.status));
  const [hasFailed, setFailed] = useState(false);

  if (surveying !== null) {
    return (
      <ProgressBar
        label={t('backends.measuring', { name: t(`backends.name.${surveying}`) })}
        done={reports.length}
        total={BACKEND_NAMES.length}
        counts={t('backends.measuring-count', {
          done: reports.length,
          total: BACKEND_NAMES.length,
        })}
        onCancel={cancel}
        cancelLabel={t('backends.measuring-cancel')}
      />
    );
  }
  // Training beside it would make every backend look slower than it is.
  const wait = isTraining
    ? 'backends.wait-training'
    : hasBackbone
      ? null
      : 'backends.wait-backbone';
  return (
    <div className={styles.measure}>
      <Button
        icon={Gauge}
        isDisabled={wait !== null}
        onPress={() => {
          setFailed(false);
          survey().catch(() => setFailed(true));
        }}
      >
        {t(reports.length === 0 ? 'backends.measure' : 'backends.measure-again')}
      </Button>
      {wait !== null && <span className={styles.muted}>{t(wait)}</span>}
      {hasFailed && (
        <Notice tone="error">
          <p role="alert">{t('backends.measure-failed')}</p>
        </Notice>
      )}
    </div>
  );
}
