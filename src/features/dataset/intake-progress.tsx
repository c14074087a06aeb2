/** Photos coming in and being embedded: counts, time left, cancel, and going on after a cancel. */
import { Play } from 'lucide-react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { ProgressBar } from '../../ui/primitives/progress-bar.tsx';
import styles from './dataset-room.module.css';

export function IntakeProgress() {
  const t = useTranslate();
  const intake = useApp((state) => state.intake);
  const embedding = useApp((state) => state.embedding);
  const cancelIntake = useApp((state) => state.cancelIntake);
  const cancelEmbedding = useApp((state) => state.cancelEmbedding);
  const resumeEmbedding = useApp((state) => state.resumeEmbedding);
  const waiting = useApp((state) =>
    // While photos come in or the backbone loads, embedding starts by itself.
    state.intake === null && state.embedding === null && state.backboneStatus.kind === 'ready'
      ? state.unembedded
      : 0,
  );
  if (intake === null && embedding === null && waiting === 0) return null;
  return (
    <div className={styles.progress}>
      {intake === null ? null : (
        <ProgressBar
          label={t('dataset.adding')}
          done={intake.done}
          total={intake.total}
          etaMs={intake.etaMs}
          onCancel={cancelIntake}
          cancelLabel={t('dataset.cancel-adding')}
        />
      )}
      {embedding === null ? null : (
        <ProgressBar
          label={t('dataset.embedding')}
          done={embedding.done}
          total={embedding.total}
          etaMs={embedding.etaMs}
          onCancel={cancelEmbedding}
          cancelLabel={t('dataset.cancel-embedding')}
        />
      )}
      {waiting === 0 ? null : (
        <div className={styles.waiting}>
          <p>{t('dataset.unembedded', { n: waiting })}</p>
          <Button size="small" icon={Play} onPress={resumeEmbedding}>
            {t('dataset.continue-embedding')}
          </Button>
        </div>
      )}
    </div>
  );
}
