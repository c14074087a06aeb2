/** Phone only: the way through the work, with the next step always in reach. */
import { Camera, ChartLine, Images, type LucideIcon } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { useApp } from '../../state/use-app.tsx';
import styles from './step-bar.module.css';

export type Step = 'data' | 'training' | 'predict';

const STEPS: readonly { step: Step; icon: LucideIcon; label: MessageKey }[] = [
  { step: 'data', icon: Images, label: 'shell.step-data' },
  { step: 'training', icon: ChartLine, label: 'shell.step-training' },
  { step: 'predict', icon: Camera, label: 'shell.step-predict' },
];

export function StepBar({ step, onStep }: { step: Step; onStep: (step: Step) => void }) {
  const t = useTranslate();
  const next = useNextStep();
  return (
    <nav className={styles.bar} aria-label={t('shell.steps')}>
      {STEPS.map(({ step: each, icon: Icon, label }) => (
        <AriaButton
          key={each}
          className={styles.step ?? ''}
          data-next={each === next && each !== step}
          aria-current={each === step ? 'step' : 'false'}
          onPress={() => {
            onStep(each);
            window.scrollTo({ top: 0 });
          }}
        >
          <Icon aria-hidden size={20} />
          {t(label)}
        </AriaButton>
      ))}
    </nav>
  );
}

function useNextStep(): Step {
  const hasRun = useApp((state) => state.currentRun !== null);
  const hasTwoClasses = useApp((state) => {
    const filled = new Set<string>();
    for (const photo of state.photos.values()) {
      filled.add(photo.classId);
      if (filled.size > 1) return true;
    }
    return false;
  });
  if (hasRun) return 'predict';
  return hasTwoClasses ? 'training' : 'data';
}
