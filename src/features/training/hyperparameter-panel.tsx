/** Every knob of the table in domain, grouped; basic ones in sight, the rest one press away. */
import { BookOpen, ChevronDown, ChevronUp, RotateCcw } from 'lucide-react';
import { Fragment, lazy, Suspense, useState } from 'react';
import {
  DEFAULT_HYPERPARAMETERS,
  HYPERPARAMETER_KEYS,
  HYPERPARAMETER_SPECS,
  type HyperparameterGroup,
  type HyperparameterKey,
} from '../../domain/hyperparameter-specs.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { DoneNotice } from './done-notice.tsx';
import { HyperparameterControl } from './hyperparameter-control.tsx';
import styles from './hyperparameter-panel.module.css';
import { LiveRetrain } from './live-retrain.tsx';

const RateFinder = lazy(async () => ({
  default: (await import('./rate-finder.tsx')).RateFinder,
}));
const AugmentationCopies = lazy(async () => ({
  default: (await import('./augmentation-copies.tsx')).AugmentationCopies,
}));

const GROUPS: readonly HyperparameterGroup[] = [
  'how-long',
  'how-fast',
  'how-big',
  'held-back',
  'augment',
  'when-to-stop',
  'chance',
];

export function HyperparameterPanel() {
  const t = useTranslate();
  const [showMore, setShowMore] = useState(false);
  const settings = useApp((state) => state.hyperparameters);
  const reset = useApp((state) => state.resetHyperparameters);
  const openGlossary = useApp((state) => state.openGlossary);
  const changed = HYPERPARAMETER_KEYS.some((key) => settings[key] !== DEFAULT_HYPERPARAMETERS[key]);
  const keysOf = (group: HyperparameterGroup): readonly HyperparameterKey[] =>
    HYPERPARAMETER_KEYS.filter((key) => {
      const spec = HYPERPARAMETER_SPECS[key];
      const changedHere = settings[key] !== DEFAULT_HYPERPARAMETERS[key];
      // What may be done to copies is shown with them, and only with them.
      if (group === 'augment' && settings.augmentCopies > 0) return spec.group === group;
      return spec.group === group && (showMore || spec.level === 'basic' || changedHere);
    });

  return (
    <section aria-label={t('training.settings')} className={styles.panel}>
      <div className={styles.top}>
        <LiveRetrain />
        <DoneNotice />
      </div>
      <div className={styles.groups}>
        {GROUPS.filter((group) => keysOf(group).length > 0).map((group) => (
          <fieldset key={group} className={styles.group}>
            <legend className={styles.legend}>{t(`hyperparameters.group.${group}`)}</legend>
            {keysOf(group).map((key) => (
              <Fragment key={key}>
                <HyperparameterControl name={key} />
                {/* Under the row that begins with the learning rate. */}
                {key === 'batchSize' && (
                  <Suspense fallback={null}>
                    <div className={styles.row}>
                      <RateFinder />
                    </div>
                  </Suspense>
                )}
              </Fragment>
            ))}
            {group === 'augment' && settings.augmentCopies > 0 && (
              <Suspense fallback={null}>
                <div className={styles.row}>
                  <AugmentationCopies />
                </div>
              </Suspense>
            )}
          </fieldset>
        ))}
      </div>
      <div className={styles.footer}>
        <Button
          variant="quiet"
          icon={showMore ? ChevronUp : ChevronDown}
          aria-expanded={showMore}
          onPress={() => {
            setShowMore(!showMore);
          }}
        >
          {t(showMore ? 'hyperparameters.fewer-settings' : 'hyperparameters.more-settings')}
        </Button>
        <Button
          variant="quiet"
          icon={BookOpen}
          onPress={() => {
            openGlossary(null);
          }}
        >
          {t('lab.glossary')}
        </Button>
        <Button variant="quiet" icon={RotateCcw} isDisabled={!changed} onPress={reset}>
          {t('hyperparameters.reset-all')}
        </Button>
      </div>
    </section>
  );
}
