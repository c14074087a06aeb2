/** Is it as sure as it should be, and when should it say "I don't know"? */
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { AbstentionDial } from './abstention-dial.tsx';
import styles from './evaluation-room.module.css';
import { numberText } from './figures.ts';
import { JobBar } from './job-bar.tsx';
import { ReliabilityDiagram } from './reliability-diagram.tsx';
import { useJudged, useJudgingChoice, type Judged } from './use-judged.ts';

export function CertaintyTab() {
  const t = useTranslate();
  const { on } = useJudgingChoice();
  const judged = useJudged();
  return (
    <div className={styles.part}>
      <JobBar job={on} label={t(`evaluation.start-${on}`)} />
      {judged !== null && (
        <>
          <Calibration judged={judged} />
          <AbstentionDial judged={judged} />
        </>
      )}
    </div>
  );
}

function Calibration({ judged }: { readonly judged: Judged }) {
  const t = useTranslate();
  const formats = useFormats();
  const { calibration } = judged.evaluation;
  return (
    <section className={styles.block} aria-label={t('evaluation.calibration')}>
      <h3 className={styles.subtitle}>{t('evaluation.calibration')}</h3>
      <p className={styles.muted}>
        {calibration.fittedOn === null
          ? t('evaluation.no-temperature')
          : t(
              judged.on === 'folds'
                ? 'evaluation.temperature-folds'
                : 'evaluation.temperature-text',
              {
                temperature: formats.number(calibration.temperature, 2),
                count: calibration.fittedOn,
                direction: calibration.temperature > 1 ? 'less' : 'more',
              },
            )}
        {calibration.onSamePhotos && ` ${t('evaluation.temperature-same')}`}
      </p>
      <div className={styles.scroll}>
        <table className={styles.table} aria-label={t('evaluation.ece')}>
          <thead>
            <tr>
              <th scope="col">{t('evaluation.figure')}</th>
              <th scope="col">{t('evaluation.ece-before')}</th>
              <th scope="col">{t('evaluation.ece-after')}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t('evaluation.ece')}</th>
              <td>{numberText(t, formats, calibration.before.error)}</td>
              <td>{numberText(t, formats, calibration.after.error)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      {calibration.after.error.value > calibration.before.error.value && (
        <p className={styles.muted}>{t('evaluation.ece-not-better')}</p>
      )}
      <div className={styles.pair}>
        <ReliabilityDiagram title={t('evaluation.reliability')} bins={calibration.after.bins} />
        {calibration.temperature !== 1 && (
          <ReliabilityDiagram
            title={t('evaluation.reliability-before')}
            bins={calibration.before.bins}
          />
        )}
      </div>
    </section>
  );
}
