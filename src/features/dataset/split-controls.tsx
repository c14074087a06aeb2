/** How photos are shared out between training and validation, and how they become squares. */
import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { FitMode } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { ClassPhotos } from '../../state/selectors/photos-by-class.ts';
import { useApp } from '../../state/use-app.tsx';
import { NumberSlider, type CommitVerdict } from '../../ui/primitives/number-slider.tsx';
import { SegmentedControl } from '../../ui/primitives/segmented-control.tsx';
import { SideBar, SideCounts } from './side-counts.tsx';
import styles from './split-controls.module.css';
import { thinValidation, FEW_VALIDATION_PHOTOS } from './thin-validation.ts';

const DEFAULT_SHARE = 0.2;
const SHARE_SCALE = {
  min: 0.05,
  max: 0.5,
  step: 0.01,
  scale: 'linear',
  integer: false,
  logFloor: null,
} as const;
const FITS: readonly FitMode[] = ['crop', 'pad', 'stretch'];

export const SplitControls = memo(function SplitControls({
  entries,
}: {
  readonly entries: readonly ClassPhotos[];
}) {
  const t = useTranslate();
  const share = useApp((state) => state.split.validationShare);
  const setShare = useApp((state) => state.setValidationShare);
  const fit = useApp((state) => state.fit);
  const setFit = useApp((state) => state.setFit);
  const total = sumSides(entries);
  const commit = (value: number): CommitVerdict => {
    if (Number.isNaN(value)) return 'not-a-number';
    if (value < SHARE_SCALE.min || value > SHARE_SCALE.max) return 'out-of-range';
    setShare(value);
    return 'ok';
  };
  return (
    <section className={styles.split} aria-label={t('dataset.split-title')}>
      <div className={styles.totals}>
        <SideBar {...total} />
        <SideCounts {...total} />
      </div>
      <Warnings entries={entries} />
      <NumberSlider
        label={t('dataset.split-share')}
        explanation={t('dataset.split-share-text')}
        more={t('dataset.split-share-more')}
        value={share}
        defaultValue={DEFAULT_SHARE}
        scale={SHARE_SCALE}
        percent
        onCommit={commit}
      />
      <div className={styles.fit}>
        <SegmentedControl
          label={t('dataset.fit-label')}
          value={fit}
          segments={FITS.map((value) => ({ value, label: t(`dataset.fit-${value}`) }))}
          onChange={setFit}
        />
        <p className={styles.text}>{t(`dataset.fit-${fit}-text`)}</p>
      </div>
    </section>
  );
});

function Warnings({ entries }: { readonly entries: readonly ClassPhotos[] }) {
  const t = useTranslate();
  const { none, few } = thinValidation(entries);
  const join = (names: readonly string[]): string => names.join(', ');
  if (none.length === 0 && few.length === 0) return null;
  return (
    <div className={styles.warning}>
      <TriangleAlert aria-hidden="true" />
      <div>
        {none.length === 0 ? null : (
          <p>{t('dataset.split-none', { names: join(none), n: none.length })}</p>
        )}
        {few.length === 0 ? null : (
          <p>{t('dataset.split-few', { names: join(few), limit: FEW_VALIDATION_PHOTOS })}</p>
        )}
      </div>
    </div>
  );
}

function sumSides(entries: readonly ClassPhotos[]) {
  const total = { training: 0, validation: 0, test: 0 };
  for (const entry of entries) {
    total.training += entry.training;
    total.validation += entry.validation;
    total.test += entry.test;
  }
  return total;
}
