/**
 * Loss large, accuracy under it, one cursor for both. Hovering reads; pressing, dragging and arrow keys
 * take the rest of the screen to that epoch. Early stopping's flag is dragged here, through patience.
 */
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { LazyCurveChart } from '../../ui/charts/lazy-curve-chart.tsx';
import { SegmentedControl } from '../../ui/primitives/segmented-control.tsx';
import { ChartSaving } from './chart-saving.tsx';
import styles from './curves.module.css';
import { useCurveInput } from './use-curve-input.ts';
import { useRunView } from './use-run-view.ts';

const LOSS_HEIGHT_PX = 260;
const ACCURACY_HEIGHT_PX = 170;

export function Curves() {
  const t = useTranslate();
  const { points, bestEpoch, stoppedEpoch, ghost, isRunning } = useRunView();
  const [scale, setScale] = useState<'linear' | 'log'>('linear');
  const input = useCurveInput(isRunning);
  const drawn = useMemo(
    () => ({
      points,
      bestEpoch,
      stoppedEpoch,
      dimAfterEpoch: stoppedEpoch,
      ...(ghost === null ? {} : { ghost }),
    }),
    [points, bestEpoch, stoppedEpoch, ghost],
  );
  // Drawn after the loss in a task of its own: between the two the page answers. Once the run is over
  // both tell of the same epochs at once.
  const drawnLater = useDeferredValue(drawn);
  const shared = {
    cursorEpoch: input.cursorEpoch,
    onCursorEpoch: input.onCursorEpoch,
    Saving: ChartSaving,
    ...(isRunning ? {} : { onStopDrag: input.onStopDrag }),
  };
  return (
    <div className={styles.curves} {...input.watch}>
      <LazyCurveChart
        {...shared}
        {...drawn}
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
        {...(isRunning ? drawnLater : drawn)}
        title={t('training.accuracy-title')}
        metric="accuracy"
        height={ACCURACY_HEIGHT_PX}
      />
    </div>
  );
}
