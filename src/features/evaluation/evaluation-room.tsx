/** How good the model is, how sure that is, better than what, and wrong on which photos. */
import { GraduationCap } from 'lucide-react';
import { useState } from 'react';
import { addMessages } from '../../i18n/messages.ts';
import { evaluationMessages } from '../../i18n/en/evaluation.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { EmptyState } from '../../ui/primitives/empty-state.tsx';
import { Tabs, type TabItem } from '../../ui/primitives/tabs.tsx';
import styles from './evaluation-room.module.css';
import { EvaluationSlotsContext, type EvaluationSlots } from './evaluation-slots.tsx';
import { OverviewTab } from './overview-tab.tsx';

addMessages(evaluationMessages);

type TabId = 'overview' | 'map';

export function EvaluationRoom({ slots = {} }: { readonly slots?: EvaluationSlots }) {
  const t = useTranslate();
  const hasRun = useApp((state) => state.currentRun !== null);
  const [tab, setTab] = useState<TabId>('overview');
  const { Map: PhotoMap } = slots;
  const tabs: readonly TabItem<TabId>[] = [
    { id: 'overview', label: t('evaluation.tab-overview'), content: <OverviewTab /> },
    ...(PhotoMap === undefined
      ? []
      : [{ id: 'map', label: t('evaluation.tab-map'), content: <PhotoMap /> } as const]),
  ];
  return (
    <EvaluationSlotsContext value={slots}>
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
    </EvaluationSlotsContext>
  );
}
