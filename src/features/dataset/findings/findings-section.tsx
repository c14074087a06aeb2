/** "3 findings": what may falsify the score, each with what can be done about it, and a summary. */
import type { Finding } from '../../../domain/finding.ts';
import { useTranslate } from '../../../i18n/use-translate.ts';
import type { FindingsService } from '../../../state/services/findings-service.ts';
import { useFindings } from '../../../state/use-findings.ts';
import { Button } from '../../../ui/primitives/button.tsx';
import { Disclosure } from '../../../ui/primitives/disclosure.tsx';
import { DataSummary } from './data-summary.tsx';
import { FindingCard } from './finding-card.tsx';
import styles from './findings.module.css';
import { SplitComparison } from './split-comparison.tsx';

export interface FindingsSectionProps {
  readonly service: FindingsService;
  /** Shows its photos alone, selected. */
  readonly onShow: (finding: Finding) => void;
}

/** Groups that the split keeps together: what they would have added to the score can be measured. */
const GROUPED = ['near-copies', 'recordings', 'exact-copies'];

export function FindingsSection({ service, onShow }: FindingsSectionProps) {
  const t = useTranslate();
  const { status, findings, dismissed, doubtful, comparison } = useFindings(
    service,
    (state) => state,
  );
  const lastGrouped = findings.findLast((finding) => GROUPED.includes(finding.kind));
  return (
    <section aria-label={t('findings.title')} className={styles.section} data-status={status}>
      <Disclosure title={t('findings.count', { n: findings.length })}>
        <div className={styles.list}>
          {findings.length === 0 ? <p className={styles.quiet}>{t('findings.nothing')}</p> : null}
          {findings.map((finding) => (
            <FindingCard
              key={finding.id}
              finding={finding}
              doubtful={doubtful}
              onShow={onShow}
              onDismiss={service.dismiss}
            >
              {finding === lastGrouped ? (
                <SplitComparison
                  comparison={comparison}
                  onStart={() => void service.compare()}
                  onCancel={service.cancelComparison}
                />
              ) : null}
            </FindingCard>
          ))}
          {dismissed.length === 0 ? null : (
            <p className={styles.dismissed}>
              {t('findings.dismissed', { n: dismissed.length })}
              <Button size="small" variant="quiet" onPress={service.restoreDismissed}>
                {t('findings.restore')}
              </Button>
            </p>
          )}
          <DataSummary />
        </div>
      </Disclosure>
    </section>
  );
}
