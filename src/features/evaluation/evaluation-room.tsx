/** How good the model is, how sure that is, better than what, and wrong on which photos. */
import { GraduationCap } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { addMessages } from '../../i18n/messages.ts';
import { evaluationMessages } from '../../i18n/en/evaluation.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { JudgedOn } from '../../state/evaluation-state.ts';
import { useApp } from '../../state/use-app.tsx';
import { EmptyState } from '../../ui/primitives/empty-state.tsx';
import { Tabs, type TabItem } from '../../ui/primitives/tabs.tsx';
import { CertaintyTab } from './certainty-tab.tsx';
import styles from './evaluation-room.module.css';
import { EvaluationSlotsContext, type EvaluationSlots } from './evaluation-slots.tsx';
import { LabelsTab } from './labels-tab.tsx';
import { MistakesTab } from './mistakes-tab.tsx';
import { MorePhotosTab } from './more-photos-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { ReportTab } from './report-tab.tsx';
import { JudgingContext, useEvaluationKey } from './use-judged.ts';

addMessages(evaluationMessages);

type TabId = 'overview' | 'mistakes' | 'certainty' | 'labels' | 'more' | 'map' | 'report';

const NO_SLOTS: EvaluationSlots = {};

export function EvaluationRoom({ slots = NO_SLOTS }: { readonly slots?: EvaluationSlots }) {
  const t = useTranslate();
  const hasRun = useApp((state) => state.currentRun !== null);
  const [tab, setTab] = useState<TabId>('overview');
  const [on, choose] = useState<JudgedOn>('validation');
  const choice = useMemo(() => ({ on, choose }), [on]);
  useValidationJudged();
  const { Map: PhotoMap } = slots;
  const tabs: readonly TabItem<TabId>[] = [
    { id: 'overview', label: t('evaluation.tab-overview'), content: <OverviewTab /> },
    { id: 'mistakes', label: t('evaluation.tab-mistakes'), content: <MistakesTab /> },
    { id: 'certainty', label: t('evaluation.tab-certainty'), content: <CertaintyTab /> },
    { id: 'labels', label: t('evaluation.tab-labels'), content: <LabelsTab /> },
    { id: 'more', label: t('evaluation.tab-more'), content: <MorePhotosTab /> },
    ...(PhotoMap === undefined
      ? []
      : [{ id: 'map', label: t('evaluation.tab-map'), content: <PhotoMap /> } as const]),
    { id: 'report', label: t('evaluation.tab-report'), content: <ReportTab /> },
  ];
  return (
    <EvaluationSlotsContext value={slots}>
      <JudgingContext value={choice}>
        <section aria-label={t('evaluation.title')} className={styles.room}>
          <h2 className={styles.title}>{t('evaluation.title')}</h2>
          {hasRun ? (
            <Tabs label={t('evaluation.tabs')} tabs={tabs} selected={tab} onSelect={setTab} />
          ) : (
            <EmptyState icon={GraduationCap} title={t('evaluation.no-run-title')}>
              {t('evaluation.no-run-text')}
            </EmptyState>
          )}
        </section>
      </JudgingContext>
    </EvaluationSlotsContext>
  );
}

/** Edits come in bursts. */
const SETTLE_MS = 400;

/** The validation photos may be asked as often as one likes, so the room keeps that judgement fresh. */
function useValidationJudged(): void {
  const key = useEvaluationKey();
  const judgedKey = useApp((state) => state.evaluation.validation.result?.key ?? null);
  const isReady = useApp(
    (state) =>
      state.currentRun !== null &&
      state.embedding === null &&
      state.backboneStatus.kind === 'ready' &&
      !['preparing', 'running', 'paused'].includes(state.training.status),
  );
  const evaluate = useApp((state) => state.evaluate);
  useEffect(() => {
    if (!isReady || judgedKey === key) return;
    const timer = setTimeout(() => void evaluate('validation'), judgedKey === null ? 0 : SETTLE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [key, judgedKey, isReady, evaluate]);
}
