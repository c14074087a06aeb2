/** Loss large, accuracy under it, one cursor for both. */
import { useState } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { LazyCurveChart } from '../../ui/charts/lazy-curve-chart.tsx';
import { SegmentedControl } from '../../ui/primitives/segmented-control.tsx';
import styles from './curves.module.css';
import { useRunView } from './use-run-view.ts';

const LOSS_HEIGHT_PX = 260;
const ACCURACY_HEIGHT_PX = 170;

export function Curves() {
  const t = useTranslate();
  const { points, bestEpoch, stoppedEpoch } = useRunView();
  const [scale, setScale] = useState<'linear' | 'log'>('linear');
  const [cursorEpoch, setCursorEpoch] = useState<number | null>(null);
  const shared = {
    points,
    bestEpoch,
    stoppedEpoch,
    dimAfterEpoch: stoppedEpoch,
    cursorEpoch,
    onCursorEpoch: setCursorEpoch,
  };
  return (
    <div className={styles.curves}>
      <LazyCurveChart
        {...shared}
        title={t('training.loss-title')}
        metric="loss"
        scale={scale}
        height={LOSS_HEIGHT_PX}
        actions={
          <SegmentedControl
            hideLabel
            label={t('training.scale')}
            value={scale}
            segments={[
              { value: 'linear', label: t('training.scale-linear') },
              { value: 'log', label: t('training.scale-log') },
            ]}
            onChange={setScale}
          />
        }
      />
      <LazyCurveChart
        {...shared}
        title={t('training.accuracy-title')}
        metric="accuracy"
        height={ACCURACY_HEIGHT_PX}
      />
    </div>
  );
}
