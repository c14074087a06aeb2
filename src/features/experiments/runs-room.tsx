/** The view of all runs kept: a table, and below it the chosen ones laid over each other. */
import { ChartLine, History, QrCode } from 'lucide-react';
import { KEPT_HISTORIES, KEPT_UNPINNED_RUNS } from '../../domain/run-pruning.ts';
import { backendsMessages } from '../../i18n/en/backends.ts';
import { hyperparametersMessages } from '../../i18n/en/hyperparameters.ts';
import { runsMessages } from '../../i18n/en/runs.ts';
import { addMessages } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { MAX_CHOSEN_RUNS } from '../../state/runs-state.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { EmptyState } from '../../ui/primitives/empty-state.tsx';
import { DeletedNotice } from './deleted-notice.tsx';
import { Overlay } from './overlay.tsx';
import { RepeatNotice } from './repeat-notice.tsx';
import styles from './runs-room.module.css';
import { RunsTable } from './runs-table.tsx';
import { useOutcome } from './use-outcome.ts';

addMessages(backendsMessages);
addMessages(hyperparametersMessages);
addMessages(runsMessages);

export function RunsRoom() {
  const t = useTranslate();
  const runs = useApp((state) => state.runs.list);
  const { text, tell } = useOutcome();
  return (
    <section aria-label={t('runs.title')} className={styles.room}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t('runs.title')}</h2>
        {runs.length > 0 && (
          <span className={styles.muted}>{t('runs.count', { n: runs.length })}</span>
        )}
        <ShareSetup />
      </header>
      <DeletedNotice />
      <RepeatNotice />
      <p role="status" aria-label={t('runs.result')} className={styles.outcome}>
        {text}
      </p>
      {runs.length === 0 ? (
        <Empty />
      ) : (
        <>
          <RunsTable runs={runs} tell={tell} />
          <p className={styles.muted}>
            {t('runs.choose-hint', { n: MAX_CHOSEN_RUNS })}{' '}
            {t('runs.kept', { runs: KEPT_UNPINNED_RUNS, histories: KEPT_HISTORIES })}
          </p>
          <Overlay tell={tell} />
        </>
      )}
    </section>
  );
}

function ShareSetup() {
  const t = useTranslate();
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  const isReady = useApp((state) => state.backboneStatus.kind === 'ready');
  return (
    <span className={styles.share}>
      <Button
        size="small"
        icon={QrCode}
        isDisabled={!isReady}
        onPress={() => {
          setOpenPanel('setup');
        }}
      >
        {t('runs.share-setup')}
      </Button>
    </span>
  );
}

function Empty() {
  const t = useTranslate();
  const setView = useApp((state) => state.setView);
  return (
    <EmptyState
      icon={History}
      title={t('runs.empty-title')}
      actions={
        <Button
          variant="primary"
          icon={ChartLine}
          onPress={() => {
            setView('train');
          }}
        >
          {t('runs.empty-action')}
        </Button>
      }
    >
      {t('runs.empty-text')}
    </EmptyState>
  );
}
