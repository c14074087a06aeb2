/** From which probability on each class is said. */
import { THRESHOLD_RANGE } from '../../domain/try-settings.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Disclosure } from '../../ui/primitives/disclosure.tsx';
import { NumberSlider } from '../../ui/primitives/number-slider.tsx';
import styles from './predict-room.module.css';

const SCALE = {
  ...THRESHOLD_RANGE,
  step: 0.01,
  scale: 'linear',
  integer: false,
  logFloor: null,
} as const;
/** A slider each for a thousand classes would be no help. */
const MOST_LISTED = 50;

export function ThresholdPanel() {
  const t = useTranslate();
  const classes = useApp((state) => state.currentRun?.classes);
  const thresholds = useApp((state) => state.trySettings.thresholds);
  if (classes === undefined) return null;
  const set = classes.filter(({ id }) => (thresholds[id] ?? 0) > 0).length;
  return (
    <Disclosure
      size="small"
      title={t('predict.thresholds')}
      aside={set === 0 ? undefined : t('predict.thresholds-set', { n: set })}
    >
      <div className={styles.settings}>
        <p className={styles.muted}>{t('predict.thresholds-text')}</p>
        {classes.slice(0, MOST_LISTED).map(({ id, name }) => (
          <Threshold key={id} classId={id} name={name} />
        ))}
        {classes.length > MOST_LISTED && (
          <p className={styles.muted}>{t('predict.thresholds-more', { n: MOST_LISTED })}</p>
        )}
      </div>
    </Disclosure>
  );
}

function Threshold({ classId, name }: { readonly classId: string; readonly name: string }) {
  const t = useTranslate();
  const thresholds = useApp((state) => state.trySettings.thresholds);
  const change = useApp((state) => state.setTrySettings);
  return (
    <NumberSlider
      percent
      label={t('predict.threshold-of', { name })}
      value={thresholds[classId] ?? 0}
      defaultValue={0}
      scale={SCALE}
      onCommit={(value) => {
        if (Number.isNaN(value)) return 'not-a-number';
        if (value < SCALE.min || value > SCALE.max) return 'out-of-range';
        const { [classId]: _old, ...others } = thresholds;
        change({ thresholds: value === 0 ? others : { ...others, [classId]: value } });
        return 'ok';
      }}
    />
  );
}
