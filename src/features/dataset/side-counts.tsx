/** How many photos stand on each side, with the marks that the thumbnails carry. */
import { useTranslate } from '../../i18n/use-translate.ts';
import styles from './side-counts.module.css';

export interface SideCountsProps {
  readonly training: number;
  readonly validation: number;
  readonly test: number;
}

export function SideCounts({ training, validation, test }: SideCountsProps) {
  const t = useTranslate();
  return (
    <span className={styles.sides}>
      <span className={styles.side} data-side="train">
        <span className={styles.mark} aria-hidden="true" />
        {t('dataset.count-training', { n: training })}
      </span>
      <span className={styles.side} data-side="validation">
        <span className={styles.mark} aria-hidden="true">
          {t('dataset.mark-validation')}
        </span>
        {t('dataset.count-validation', { n: validation })}
      </span>
      {test === 0 ? null : (
        <span className={styles.side} data-side="test">
          <span className={styles.mark} aria-hidden="true">
            {t('dataset.mark-test')}
          </span>
          {t('dataset.count-test', { n: test })}
        </span>
      )}
    </span>
  );
}

/** The same as one line of two colours; the words beside it say what it shows. */
export function SideBar({ training, validation, test }: SideCountsProps) {
  const total = training + validation + test;
  if (total === 0) return null;
  return (
    <span className={styles.bar} aria-hidden="true">
      <span data-side="train" style={{ flexGrow: training }} />
      <span data-side="validation" style={{ flexGrow: validation }} />
      <span data-side="test" style={{ flexGrow: test }} />
    </span>
  );
}
