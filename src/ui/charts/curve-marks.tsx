/** What is laid over the lines: dimming, best epoch, stop flag, labels at the line ends, cursor. */
import { createContext, memo, useContext } from 'react';
import {
  ReferenceArea,
  ReferenceDot,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  ZIndexLayer,
  type PlotArea,
} from 'recharts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { Axis } from './axis-steps.ts';
import { classNames } from '../primitives/class-names.ts';
import styles from './curve-chart.module.css';
import { heldValue } from './curve-rows.ts';
import type { CurveMetric, CurvePoint } from './curve-series.ts';
import { spreadLabels } from './spread-labels.ts';
import { StopFlag } from './stop-flag.tsx';

/** Drawing order; recharts puts lines at 400 and axes at 500. */
const LAYERS = { dim: 450, marks: 610, labels: 620, cursor: 630 } as const;
const LABEL_GAP = 15;
const BEST_LABEL_HALF = 26;

/** What changes without the lines. They come by context, so that the chart need not draw again. */
export interface CurveMarks {
  readonly title: string;
  readonly all: readonly CurvePoint[];
  readonly best: CurvePoint | null;
  readonly stoppedEpoch: number | null;
  readonly dimAfterEpoch: number | null;
  readonly onStopDrag: ((epoch: number) => void) | undefined;
  readonly handleHost: HTMLElement | null;
}

export const MarksContext = createContext<CurveMarks | null>(null);
/** The point being read. */
export const CursorContext = createContext<CurvePoint | null>(null);

interface Scales {
  readonly x: (epoch: number) => number;
  readonly y: (value: number) => number;
  readonly plot: PlotArea;
}

/** Data to pixels as recharts draws it; null until the chart has its axes. */
function useScales(values: Axis): Scales | null {
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  const plot = usePlotArea();
  if (!xScale || !yScale || !plot) return null;
  return {
    x: (epoch) => xScale(epoch) ?? plot.x,
    y: (value) => yScale(heldValue(value, values)) ?? plot.y,
    plot,
  };
}

export interface MarkLayerProps {
  readonly metric: CurveMetric;
  readonly width: number;
  readonly epochs: Axis;
  readonly values: Axis;
}

export const MarkLayer = memo(function MarkLayer(props: MarkLayerProps) {
  const { metric, width, epochs, values } = props;
  const marks = useContext(MarksContext);
  if (!marks) return null;
  const { best, stoppedEpoch, dimAfterEpoch } = marks;
  return (
    <>
      {dimAfterEpoch !== null && dimAfterEpoch < epochs.max ? (
        <ReferenceArea
          x1={Math.max(epochs.min, dimAfterEpoch)}
          x2={epochs.max}
          ifOverflow="visible"
          className={classNames(styles.dim)}
          zIndex={LAYERS.dim}
        />
      ) : null}
      {stoppedEpoch === null ? null : (
        <StopFlag
          epoch={stoppedEpoch}
          points={marks.all}
          chartTitle={marks.title}
          width={width}
          zIndex={LAYERS.marks}
          onDrag={marks.onStopDrag}
          handleHost={marks.handleHost}
        />
      )}
      {best ? <BestMark best={best} metric={metric} values={values} /> : null}
    </>
  );
});

function BestMark({
  best,
  metric,
  values,
}: Pick<MarkLayerProps, 'metric' | 'values'> & { readonly best: CurvePoint }) {
  const t = useTranslate();
  const scales = useScales(values);
  const value = best.validation ?? best.training;
  if (value === null || !scales) return null;
  return (
    <>
      <ReferenceDot
        x={best.epoch}
        y={heldValue(value, values)}
        r={4.5}
        ifOverflow="visible"
        className={classNames(styles.best)}
        zIndex={LAYERS.marks}
      />
      <ZIndexLayer zIndex={LAYERS.marks}>
        <text
          className={styles.bestLabel}
          // Near the left edge the label would run into the axis.
          x={Math.max(scales.x(best.epoch), scales.plot.x + BEST_LABEL_HALF)}
          y={bestLabelY(scales.y(value), scales.plot, metric)}
          textAnchor="middle"
        >
          {t('charts.best', { epoch: best.epoch })}
        </text>
      </ZIndexLayer>
    </>
  );
}

/** On the worse side: there the training line is not, and validation itself is about to leave. */
function bestLabelY(y: number, plot: PlotArea, metric: CurveMetric): number {
  const above = y - 11;
  const below = y + 19;
  if (metric === 'loss') return above < plot.y + 9 ? below : above;
  return below > plot.y + plot.height - 3 ? above : below;
}

function lastOf(points: readonly CurvePoint[], side: 'training' | 'validation') {
  const point = points.findLast((each) => each[side] !== null);
  return point ? { epoch: point.epoch, value: point[side] ?? 0 } : null;
}

export interface EndLabelsProps {
  readonly points: readonly CurvePoint[];
  readonly ghost: readonly CurvePoint[];
  readonly values: Axis;
}

export const EndLabels = memo(function EndLabels({ points, ghost, values }: EndLabelsProps) {
  const t = useTranslate();
  const scales = useScales(values);
  if (!scales) return null;
  const { x, y, plot } = scales;
  const ownEnd = points.at(-1)?.epoch ?? 0;
  const ends = [
    { end: lastOf(points, 'training'), text: t('charts.training'), style: styles.trainingLabel },
    {
      end: lastOf(points, 'validation'),
      text: t('charts.validation'),
      style: styles.validationLabel,
    },
    {
      end: lastOf(ghost, 'validation') ?? lastOf(ghost, 'training'),
      text: t('charts.previousRun'),
      style: styles.ghostLabel,
    },
  ].flatMap(({ end, ...rest }) => (end ? [{ ...rest, x: x(end.epoch), y: y(end.value) }] : []));
  // Far from the others a label needs no moving, but near them it joins the queue.
  const near = ends.filter((each) => Math.abs(each.x - x(ownEnd)) < 70);
  const apart = ends.filter((each) => !near.includes(each));
  const ys = spreadLabels(
    near.map((each) => each.y),
    LABEL_GAP,
    plot.y,
    plot.y + plot.height - 4,
  );
  return (
    <ZIndexLayer zIndex={LAYERS.labels}>
      <g className={styles.endLabels}>
        {[...near.map((each, i) => ({ ...each, y: ys[i] ?? each.y })), ...apart].map((each) => (
          <text key={each.text} x={each.x + 8} y={each.y + 4} className={each.style}>
            {each.text}
          </text>
        ))}
      </g>
    </ZIndexLayer>
  );
});

/** The vertical line at the epoch being read, with a point on each curve. */
export const CursorLayer = memo(function CursorLayer({ values }: { readonly values: Axis }) {
  const point = useContext(CursorContext);
  const scales = useScales(values);
  if (!point || !scales) return null;
  const { plot } = scales;
  const x = scales.x(point.epoch);
  return (
    <ZIndexLayer zIndex={LAYERS.cursor}>
      <line x1={x} x2={x} y1={plot.y} y2={plot.y + plot.height} className={styles.cursor} />
      {point.training === null ? null : (
        <circle cx={x} cy={scales.y(point.training)} r={4} className={styles.trainingDot} />
      )}
      {point.validation === null ? null : (
        <circle cx={x} cy={scales.y(point.validation)} r={4} className={styles.validationDot} />
      )}
    </ZIndexLayer>
  );
});
