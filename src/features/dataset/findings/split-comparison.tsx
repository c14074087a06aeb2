/** "Your validation score would have claimed N; honestly it is M": measured on demand. */
import { useTranslate, useFormats } from '../../../i18n/use-translate.ts';
import { TRIALS_OF_EACH } from '../../../domain/split-trials.ts';
import type { Comparison } from '../../../state/services/findings-service.ts';
import { useApp } from '../../../state/use-app.tsx';
import { Button } from '../../../ui/primitives/button.tsx';
import { ProgressBar } from '../../../ui/primitives/progress-bar.tsx';
import styles from './findings.module.css';

/** Less than this is within the luck of the splits. */
const WORTH_A_WORD = 0.01;

export interface SplitComparisonProps {
  readonly comparison: Comparison;
  readonly onStart: () => void;
  readonly onCancel: () => void;
}

export function SplitComparison({ comparison, onStart, onCancel }: SplitComparisonProps) {
  const t = useTranslate();
  const isReady = useApp((state) => state.backboneStatus.kind === 'ready' && state.intake === null);
  const isBusy = useApp((state) => ['preparing', 'running'].includes(state.training.status));
  if (comparison.status === 'running') {
    return (
      <ProgressBar
        label={t('findings.comparing')}
        done={comparison.done}
        total={comparison.total === 0 ? null : comparison.total}
        onCancel={onCancel}
        cancelLabel={t('findings.compare-cancel')}
      />
    );
  }
  return (
    <div className={styles.comparison}>
      <div role="status">
        <Verdict comparison={comparison} />
      </div>
      {comparison.status === 'done' ? null : (
        <>
          <Button size="small" isDisabled={!isReady || isBusy} onPress={onStart}>
            {t('findings.compare')}
          </Button>
          <p className={styles.quiet}>{t('findings.compare-text')}</p>
        </>
      )}
    </div>
  );
}

function Verdict({ comparison }: Pick<SplitComparisonProps, 'comparison'>) {
  const t = useTranslate();
  const formats = useFormats();
  if (comparison.status === 'too-few' || comparison.status === 'failed') {
    return <p className={styles.quiet}>{t(`findings.compare-${comparison.status}`)}</p>;
  }
  if (comparison.status !== 'done') return null;
  const { honest, leaky } = comparison.verdict;
  const values = { honest: formats.percent(honest, 1), leaky: formats.percent(leaky, 1) };
  return (
    <>
      <p className={styles.verdict}>
        {t(leaky - honest < WORTH_A_WORD ? 'findings.verdict-same' : 'findings.verdict', values)}
      </p>
      <p className={styles.quiet}>
        {t('findings.verdict-basis', { splits: TRIALS_OF_EACH, photos: comparison.photos })}
      </p>
    </>
  );
}
