/** Photos kept apart for the one look at the end, or why not to yet. */
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { NumberSlider, type CommitVerdict } from '../../ui/primitives/number-slider.tsx';
import styles from './evaluation-room.module.css';

const SCALE = {
  min: 0,
  max: 0.4,
  step: 0.01,
  scale: 'linear',
  integer: false,
  logFloor: null,
} as const;
/** With fewer photos a test side of a fifth would be a handful, taken from what is learned from. */
const FEWEST_PER_CLASS = 30;

export function TestShare() {
  const t = useTranslate();
  const share = useApp((state) => state.split.testShare);
  const setShare = useApp((state) => state.setTestShare);
  const smallest = useApp((state) => {
    const counts = new Map(state.classes.map((info) => [info.id, 0]));
    for (const { classId } of state.photos.values()) {
      counts.set(classId, (counts.get(classId) ?? 0) + 1);
    }
    const filled = [...counts.values()].filter((count) => count > 0);
    return filled.length === 0 ? 0 : Math.min(...filled);
  });
  const isTiny = smallest < FEWEST_PER_CLASS;
  const commit = (value: number): CommitVerdict => {
    if (Number.isNaN(value)) return 'not-a-number';
    if (value < SCALE.min || value > SCALE.max) return 'out-of-range';
    setShare(value);
    return 'ok';
  };
  return (
    <section className={styles.block} aria-label={t('evaluation.test-side')}>
      <h3 className={styles.subtitle}>{t('evaluation.test-side')}</h3>
      <p className={styles.muted}>{t('evaluation.test-side-text')}</p>
      {isTiny && (
        <p className={styles.muted}>
          {t('evaluation.test-tiny', { smallest, limit: FEWEST_PER_CLASS })}
        </p>
      )}
      <div style={{ maxInlineSize: '26rem' }}>
        <NumberSlider
          label={t('evaluation.test-share')}
          value={share}
          defaultValue={0}
          scale={SCALE}
          percent
          onCommit={commit}
          valueText={share === 0 ? t('evaluation.test-off') : undefined}
        />
      </div>
    </section>
  );
}
