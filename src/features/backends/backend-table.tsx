/** Every backend with its verdict and how fast it was; bars compare within a column. */
import type { CSSProperties } from 'react';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { backendRows, largestDeviation, type BackendRow } from './backend-rows.ts';
import styles from './backend-table.module.css';

export function BackendTable() {
  const t = useTranslate();
  const backends = useApp((state) => state.backends);
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{t('backends.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('backends.column.backend')}</th>
          <th scope="col">{t('backends.column.images')}</th>
          <th scope="col">{t('backends.column.steps')}</th>
          <th scope="col">{t('backends.column.open')}</th>
          <th scope="col">{t('backends.column.deviation')}</th>
        </tr>
      </thead>
      <tbody>
        {backendRows(backends).map((row) => (
          <Row key={row.backend} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { readonly row: BackendRow }) {
  const t = useTranslate();
  const formats = useFormats();
  const { report, verdict } = row;
  const rate = (value: number | null | undefined) =>
    value == null ? null : formats.significant(value, value < 1000 ? 3 : 4);
  const deviation = report === null ? null : largestDeviation(report);
  return (
    <tr data-backend={row.backend} data-verdict={verdict}>
      <th scope="row" className={styles.backend}>
        <span className={styles.name}>
          {t(`backends.name.${row.backend}`)}
          {row.usedFor !== null && (
            <span className={styles.used}>{t(`backends.used.${row.usedFor}`)}</span>
          )}
        </span>
        <span className={styles.verdict}>{t(`backends.verdict.${verdict}`)}</span>
      </th>
      <Figure text={rate(report?.imagesPerSecond)} share={row.imageShare} />
      <Figure text={rate(report?.headStepsPerSecond)} share={row.stepShare} />
      <Figure text={report?.openMs == null ? null : formats.duration(report.openMs)} />
      <Figure text={deviation === null ? null : formats.significant(deviation, 2)} />
    </tr>
  );
}

function Figure({ text, share = 0 }: { readonly text: string | null; readonly share?: number }) {
  const t = useTranslate();
  return (
    <td className={styles.figure}>
      {text === null ? (
        <>
          <span aria-hidden>{t('backends.no-value')}</span>
          <span className="visually-hidden">{t('backends.no-value-text')}</span>
        </>
      ) : (
        text
      )}
      {share > 0 && (
        <span className={styles.bar} style={{ '--share': share } as CSSProperties} aria-hidden />
      )}
    </td>
  );
}
