/** Going on from the head on screen, with what the old classes lost by it. */
import { isMadeOn } from '../../domain/run-backbone.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { continuationObstacle } from '../../state/selectors/training-obstacle.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import styles from './model-room.module.css';

const UNDER_WAY: readonly string[] = ['preparing', 'running', 'paused'];

export function ContinueTraining() {
  const t = useTranslate();
  const hasRun = useApp((state) => state.currentRun !== null);
  const isReady = useApp(
    (state) =>
      state.currentRun !== null &&
      state.backboneStatus.kind === 'ready' &&
      isMadeOn(state.currentRun, state.backboneStatus) &&
      continuationObstacle(state) === null,
  );
  const isBusy = useApp((state) => UNDER_WAY.includes(state.training.status));
  const goOn = useApp((state) => state.continueTraining);
  if (!hasRun) return null;
  return (
    <section className={styles.section} aria-label={t('export.continue-title')}>
      <h3 className={styles.heading}>{t('export.continue-title')}</h3>
      <p className={styles.muted}>{t('export.continue-text')}</p>
      <Notice tone="warning">
        <p>{t('export.continue-warning')}</p>
      </Notice>
      <Button
        isDisabled={!isReady || isBusy}
        onPress={() => {
          void goOn();
        }}
      >
        {t('export.continue')}
      </Button>
      <div role="status" aria-label={t('export.continue-result')}>
        <Forgetting />
      </div>
    </section>
  );
}

function Forgetting() {
  const t = useTranslate();
  const report = useApp((state) => state.forgetting);
  const runId = useApp((state) => state.currentRun?.id);
  if (report?.runId !== runId || report === null) return null;
  const { photos, rightBefore, rightAfter, unseen } = report;
  return (
    <>
      {photos > 0 && (
        <p>{t('export.forgot', { photos, before: rightBefore, after: rightAfter })}</p>
      )}
      {unseen.length > 0 && <p>{t('export.forgot-unseen', { names: unseen.join(', ') })}</p>}
    </>
  );
}
