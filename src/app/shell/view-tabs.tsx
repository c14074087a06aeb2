/** The views that share the middle of the screen; the data stays where it is. */
import { ChartLine, Gauge, History, PackageOpen, type LucideIcon } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { MessageKey } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { View } from '../../state/store-types.ts';
import { useApp } from '../../state/use-app.tsx';
import styles from './view-tabs.module.css';

const VIEWS: readonly { view: View; icon: LucideIcon; label: MessageKey }[] = [
  { view: 'train', icon: ChartLine, label: 'views.train' },
  { view: 'runs', icon: History, label: 'views.runs' },
  { view: 'evaluation', icon: Gauge, label: 'views.evaluation' },
  { view: 'model', icon: PackageOpen, label: 'views.model' },
];

export function ViewTabs() {
  const t = useTranslate();
  const view = useApp((state) => state.view);
  const setView = useApp((state) => state.setView);
  return (
    <nav aria-label={t('views.label')} className={styles.bar}>
      {VIEWS.map(({ view: each, icon: Icon, label }) => (
        <AriaButton
          key={each}
          className={styles.tab ?? ''}
          aria-current={each === view ? 'page' : 'false'}
          onPress={() => {
            setView(each);
          }}
        >
          <Icon aria-hidden size={16} />
          {t(label)}
        </AriaButton>
      ))}
    </nav>
  );
}
