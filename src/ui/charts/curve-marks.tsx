/** What is laid over the lines: dimming, the flag of early stopping, the best epoch. */
import { memo } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import styles from './curve-chart.module.css';
import { bestLabelPlace } from './curve-geometry.ts';
import type { CurveMetric, CurvePoint } from './curve-series.ts';
import { xOf, yOf, type PlotFrame } from './plot-frame.ts';
import { flagBox } from './stop-flag.tsx';

export interface CurveMarksProps {
  readonly frame: PlotFrame;
  readonly metric: CurveMetric;
  /** Whole drawing in CSS pixels. */
  readonly width: number;
  readonly best: CurvePoint | null;
  readonly stoppedEpoch: number | null;
  readonly dimAfterEpoch: number | null;
}

export const CurveMarks = memo(function CurveMarks(props: CurveMarksProps) {
  const { frame, metric, width, best, stoppedEpoch, dimAfterEpoch } = props;
  const { epochs, top, bottom, right } = frame;
  const dimFrom = dimAfterEpoch === null ? right : xOf(frame, Math.max(epochs.min, dimAfterEpoch));
  return (
    <>
      {dimFrom < right ? (
        <rect
          x={dimFrom}
          y={top}
          width={right - dimFrom}
          // Not over the baseline.
          height={bottom - top - 1}
          className={styles.dim}
        />
      ) : null}
      {stoppedEpoch === null ? null : <StopMark frame={frame} width={width} epoch={stoppedEpoch} />}
      {best === null ? null : <BestMark frame={frame} metric={metric} best={best} />}
    </>
  );
});

function StopMark({
  frame,
  width,
  epoch,
}: Pick<CurveMarksProps, 'frame' | 'width'> & { readonly epoch: number }) {
  const t = useTranslate();
  const text = t('charts.stopped', { epoch });
  const x = xOf(frame, epoch);
  const box = flagBox(frame, width, epoch, text);
  return (
    <g className={styles.stop}>
      <line x1={x} x2={x} y1={box.top + box.height - 1} y2={frame.bottom} />
      <rect x={box.left} y={box.top} width={box.width} height={box.height} rx={3} />
      <text x={box.left + box.width / 2} y={box.top + 12} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}

function BestMark({
  frame,
  metric,
  best,
}: Pick<CurveMarksProps, 'frame' | 'metric'> & { readonly best: CurvePoint }) {
  const t = useTranslate();
  const value = best.validation ?? best.training;
  if (value === null) return null;
  const mark = { x: xOf(frame, best.epoch), y: yOf(frame, value) };
  return (
    <>
      <circle cx={mark.x} cy={mark.y} r={4.5} className={styles.best} />
      <text
        {...bestLabelPlace(frame, metric, mark)}
        textAnchor="middle"
        className={styles.bestLabel}
      >
        {t('charts.best', { epoch: best.epoch })}
      </text>
    </>
  );
}
