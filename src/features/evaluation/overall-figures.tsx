/** Figures over all judged photos, each with its 95 % interval. */
import type { Scorecard } from '../../domain/scorecard.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import styles from './evaluation-room.module.css';
import { numberText, shareText } from './figures.ts';

export function OverallFigures({ card }: { readonly card: Scorecard }) {
  const t = useTranslate();
  const formats = useFormats();
  const rows = [
    { label: t('evaluation.accuracy'), text: shareText(t, formats, card.accuracy) },
    { label: t('evaluation.macro-recall'), text: shareText(t, formats, card.macroRecall) },
    { label: t('evaluation.macro-precision'), text: shareText(t, formats, card.macroPrecision) },
    { label: t('evaluation.macro-f1'), text: shareText(t, formats, card.macroF1) },
    { label: t('evaluation.log-loss'), text: numberText(t, formats, card.logLoss) },
  ];
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={t('evaluation.overall')}>
        <thead>
          <tr>
            <th scope="col">{t('evaluation.figure')}</th>
            <th scope="col">{t('evaluation.value-with-interval')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, text }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
