/** Precision, recall and F1 of every class with intervals, and the photos behind them. */
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import styles from './evaluation-room.module.css';
import { shareText } from './figures.ts';
import type { Judged } from './use-judged.ts';

export function ClassFigures({ judged }: { readonly judged: Judged }) {
  const t = useTranslate();
  const formats = useFormats();
  return (
    <section className={styles.block} aria-label={t('evaluation.by-class')}>
      <h3 className={styles.subtitle}>{t('evaluation.by-class')}</h3>
      <div className={styles.scroll}>
        <table className={styles.table} aria-label={t('evaluation.by-class')}>
          <thead>
            <tr>
              <th scope="col">{t('evaluation.class')}</th>
              <th scope="col">{t('evaluation.support')}</th>
              <th scope="col">{t('evaluation.recall')}</th>
              <th scope="col">{t('evaluation.precision')}</th>
              <th scope="col">{t('evaluation.f1')}</th>
            </tr>
          </thead>
          <tbody>
            {judged.evaluation.scorecard.classes.map((card, index) => {
              const info = judged.classes[index];
              return info === undefined ? null : (
                <tr key={info.id}>
                  <th scope="row">
                    <ClassDot colorIndex={info.colorIndex} /> {info.name}
                  </th>
                  <td>{formats.number(card.support)}</td>
                  <td>{shareText(t, formats, card.recall)}</td>
                  <td>{shareText(t, formats, card.precision)}</td>
                  <td>{shareText(t, formats, card.f1)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className={styles.muted}>{t('evaluation.by-class-text')}</p>
    </section>
  );
}
