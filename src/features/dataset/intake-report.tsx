/** What came of the last drop: how many photos were added, and each file that was not, with the reason. */
import { X } from 'lucide-react';
import { useState } from 'react';
import { refusalText } from '../../i18n/refusal-text.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { IntakeReport as Report, Refusal } from '../../state/store-types.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import styles from './intake-report.module.css';

const SHOWN_FIRST = 4;
/** A thousand more lines at once would stop the page for a moment. */
const SHOWN_MORE = 200;

export function IntakeReport() {
  const t = useTranslate();
  const report = useApp((state) => state.intakeReport);
  const dismiss = useApp((state) => state.dismissIntakeReport);
  return (
    <div className={report === null ? 'visually-hidden' : styles.report}>
      <div className={styles.head}>
        {/* Always here: a live region that arrives together with its text is not read aloud. */}
        <p role="status" aria-label={t('dataset.report-label')} className={styles.result}>
          {report === null ? '' : resultText(t, report)}
        </p>
        {report === null ? null : (
          <IconButton label={t('dataset.report-dismiss')} icon={X} size="small" onPress={dismiss} />
        )}
      </div>
      {report === null || report.refusals.length === 0 ? null : (
        <RefusedFiles key={report.id} refusals={report.refusals} />
      )}
    </div>
  );
}

function resultText(t: ReturnType<typeof useTranslate>, report: Report): string {
  const { added, total } = report;
  return t(report.cancelled ? 'dataset.report-cancelled' : 'dataset.report-added', {
    added,
    total,
  });
}

function RefusedFiles({ refusals }: { readonly refusals: readonly Refusal[] }) {
  const t = useTranslate();
  const [shown, setShown] = useState(SHOWN_FIRST);
  const hidden = Math.max(0, refusals.length - shown);
  return (
    <>
      {/* Reachable by keyboard, because it scrolls. */}
      <div className={styles.scroll} tabIndex={shown > SHOWN_FIRST ? 0 : -1}>
        <ul role="list" aria-label={t('dataset.report-refused')} className={styles.files}>
          {refusals.slice(0, shown).map((refusal, i) => (
            <li key={i} className={styles.file}>
              <bdi className={styles.name}>{refusal.fileName}</bdi>{' '}
              <span>{refusalText(t, refusal)}</span>
            </li>
          ))}
        </ul>
      </div>
      {hidden === 0 ? null : (
        <Button
          size="small"
          variant="quiet"
          onPress={() => setShown(shown === SHOWN_FIRST ? SHOWN_MORE : shown + SHOWN_MORE)}
        >
          {t('dataset.report-more', {
            n: Math.min(hidden, shown === SHOWN_FIRST ? SHOWN_MORE - shown : SHOWN_MORE),
          })}
        </Button>
      )}
    </>
  );
}
