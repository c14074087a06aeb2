/** The answer to "how good?" in one sentence that follows its interval. */
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import styles from './overview-tab.module.css';

export function OverviewTab() {
  const t = useTranslate();
  const formats = useFormats();
  const { timeline } = useAppHandle().tools;
  const lab = useApp((state) => state.lab);
  const answers =
    lab.ruleEpoch === null || lab.validation !== 'ready' ? null : timeline.answers(lab.ruleEpoch);
  if (answers === null) return <p>{t('evaluation.no-validation')}</p>;
  return (
    <p className={styles.headline}>
      {t('evaluation.headline', {
        low: formats.percent(answers.interval.low),
        high: formats.percent(answers.interval.high),
        hits: answers.hits,
        count: answers.labels.length,
      })}
    </p>
  );
}
