/** One job: the button that starts it, its progress, why it cannot be done, whether it is out of date. */
import type { ReactNode } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { EvaluationJob } from '../../state/evaluation-state.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { ProgressBar } from '../../ui/primitives/progress-bar.tsx';
import styles from './evaluation-room.module.css';
import { problemText } from './problem-text.ts';
import { useIsStale } from './use-judged.ts';

interface JobBarProps {
  readonly job: EvaluationJob;
  /** What the button says before the first time. */
  readonly label: string;
  /** Shown beside the button until there is a result. */
  readonly children?: ReactNode;
}

export function JobBar({ job, label, children }: JobBarProps) {
  const t = useTranslate();
  const { progress, problem } = useApp((state) => state.evaluation[job]);
  const hasResult = useApp((state) => state.evaluation[job].result !== null);
  const evaluate = useApp((state) => state.evaluate);
  const cancel = useApp((state) => state.cancelEvaluation);
  const isStale = useIsStale(job);
  if (progress !== null) {
    return (
      <ProgressBar
        label={t(`evaluation.working-${job}`)}
        done={progress.done}
        total={progress.total}
        etaMs={progress.etaMs}
        onCancel={() => {
          cancel(job);
        }}
        cancelLabel={t('evaluation.cancel')}
      />
    );
  }
  if (hasResult && !isStale && problem === null) return null;
  return (
    <div className={styles.job}>
      {problem !== null && (
        <Notice tone="warning">
          <p>{problemText(t, problem)}</p>
        </Notice>
      )}
      {problem === null && !hasResult && children}
      {isStale && <p className={styles.muted}>{t('evaluation.stale')}</p>}
      <div>
        <Button variant={hasResult ? 'secondary' : 'primary'} onPress={() => void evaluate(job)}>
          {hasResult ? t('evaluation.again') : label}
        </Button>
      </div>
    </div>
  );
}
