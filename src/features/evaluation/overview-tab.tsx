/** How good, how sure, better than what: the headline, the figures with intervals, the baselines. */
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { SegmentedControl } from '../../ui/primitives/segmented-control.tsx';
import { ClassFigures } from './class-figures.tsx';
import { Contenders } from './contenders.tsx';
import styles from './evaluation-room.module.css';
import { Headline } from './headline.tsx';
import { JobBar } from './job-bar.tsx';
import { MatrixBlock } from './matrix-block.tsx';
import { OverallFigures } from './overall-figures.tsx';
import { TestShare } from './test-share.tsx';
import { useJudged, useJudgingChoice } from './use-judged.ts';

const CHOICES = ['validation', 'test', 'folds'] as const;

export function OverviewTab() {
  const t = useTranslate();
  const { on, choose } = useJudgingChoice();
  const judged = useJudged();
  const hasTest = useApp((state) => state.split.testShare > 0);
  return (
    <div className={styles.part}>
      <div className={styles.block}>
        <SegmentedControl
          label={t('evaluation.judged-on')}
          value={on}
          segments={CHOICES.map((value) => ({ value, label: t(`evaluation.on-${value}`) }))}
          onChange={choose}
        />
        <p className={styles.muted}>{t(`evaluation.on-${on}-text`)}</p>
        {on === 'test' && !hasTest ? null : <JobBar job={on} label={t(`evaluation.start-${on}`)} />}
      </div>
      {judged !== null && (
        <>
          <Headline judged={judged} />
          <OverallFigures card={judged.evaluation.scorecard} />
          <Contenders judged={judged} />
          <MatrixBlock judged={judged} />
          <ClassFigures judged={judged} />
        </>
      )}
      <TestShare />
    </div>
  );
}
