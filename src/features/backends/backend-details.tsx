/** For whoever has to find out why a backend was refused: device, deviations, the driver's message. */
import type { BackendReport } from '../../domain/backend.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Disclosure } from '../../ui/primitives/disclosure.tsx';
import styles from './backend-room.module.css';

export function BackendDetails() {
  const t = useTranslate();
  const reports = useApp((state) => state.backends.reports);
  if (reports.length === 0) return null;
  return (
    <Disclosure size="small" title={t('backends.details')}>
      <div className={styles.details}>
        {reports.map((report) => (
          <Detail key={report.backend} report={report} />
        ))}
      </div>
    </Disclosure>
  );
}

function Detail({ report }: { readonly report: BackendReport }) {
  const t = useTranslate();
  const formats = useFormats();
  const number = (value: number | null) => (value === null ? null : formats.significant(value, 2));
  const rows = [
    ['device', report.device],
    ['forward', number(report.forwardError)],
    ['gradient', number(report.gradientError)],
    ['message', report.detail],
  ] as const;
  return (
    <section>
      <h4 className={styles.detailTitle}>{t(`backends.name.${report.backend}`)}</h4>
      <p className={styles.muted}>{t(`backends.text.${report.backend}`)}</p>
      <dl className={styles.detailList}>
        {rows.map(([key, value]) =>
          value === null ? null : (
            <div key={key} className={styles.detailRow}>
              <dt className={styles.muted}>{t(`backends.detail.${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}
