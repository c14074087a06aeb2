/** What differs between the chosen runs: only that, and marked where it is not as in the first one. */
import { runDifferences, type DifferenceRow } from '../../domain/run-difference.ts';
import type { RunSummary } from '../../domain/run-summary.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { overlayLetter } from '../../ui/charts/overlay-geometry.ts';
import { OverlaySample } from '../../ui/charts/overlay-sample.tsx';
import { factText, settingName, settingText } from './setting-text.ts';
import styles from './difference-table.module.css';

export function DifferenceTable({ runs }: { runs: readonly RunSummary[] }) {
  const t = useTranslate();
  const rows = runDifferences(runs);
  return (
    <section aria-label={t('runs.differences')} className={styles.section}>
      <h4 className={styles.title}>{t('runs.differences')}</h4>
      {runs.length < 2 || rows.length === 0 ? (
        <p className={styles.muted}>
          {t(runs.length < 2 ? 'runs.differences-one' : 'runs.differences-none')}
        </p>
      ) : (
        <div
          className={styles.scroller}
          tabIndex={0}
          role="region"
          aria-label={t('runs.differences')}
        >
          <table className={styles.table}>
            <caption className="visually-hidden">{t('runs.differences-caption')}</caption>
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">{t('runs.difference-name')}</span>
                </th>
                {runs.map((run, slot) => (
                  <th key={run.id} scope="col">
                    <span className={styles.run}>
                      <OverlaySample slot={slot} />
                      <span>
                        {overlayLetter(slot)} <bdi>{run.name}</bdi>
                      </span>
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="tabular">
              {rows.map((row) => (
                <Row key={row.key} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ row }: { row: DifferenceRow }) {
  const t = useTranslate();
  const formats = useFormats();
  const name = row.kind === 'setting' ? settingName(t, row.key) : t(`runs.fact.${row.key}`);
  const texts =
    row.kind === 'setting'
      ? row.values.map((value) => settingText(t, formats, row.key, value))
      : row.values.map((value) => factText(t, formats, row.key, value));
  return (
    <tr>
      <th scope="row">{name}</th>
      {texts.map((text, i) => {
        const differs = !Object.is(row.values[i], row.values[0]);
        return (
          <td key={i} data-differs={differs}>
            {text}
            {differs && <span className="visually-hidden"> ({t('runs.differs-from-first')})</span>}
          </td>
        );
      })}
    </tr>
  );
}
