/** One run's two curves in a chart: the frame, and where labels stand, in pixels. */
import type { Axis } from './axis-steps.ts';
import type { CurveMetric, CurvePoint } from './curve-series.ts';
import { xOf, yOf, type PlotFrame } from './plot-frame.ts';
import { spreadLabels } from './spread-labels.ts';

/** Room around the plot: tick labels on the left and below, the flag above, line-end labels on the right. */
export const CURVE_ROOM = { top: 28, right: 78, bottom: 24, left: 44 } as const;

/** `width` and `height`: the whole drawing in CSS pixels. */
export function curveFrame(
  { epochs, values }: { readonly epochs: Axis; readonly values: Axis },
  { width, height }: { readonly width: number; readonly height: number },
): PlotFrame {
  return {
    epochs,
    values,
    left: CURVE_ROOM.left,
    // On a drawing that is hardly there yet the plot keeps a width of its own.
    right: Math.max(CURVE_ROOM.left + 1, width - CURVE_ROOM.right),
    top: CURVE_ROOM.top,
    bottom: height - CURVE_ROOM.bottom,
  };
}

export type EndLabelKind = 'training' | 'validation' | 'ghost';

export interface CurveEndLabel {
  readonly kind: EndLabelKind;
  readonly x: number;
  readonly y: number;
  /** The line ends above the chart; the label stands at its edge. */
  readonly isAbove: boolean;
}

const LABEL_GAP = 15;
/** Far from the others a label needs no moving. */
const NEAR_PX = 70;

/** A label at the end of each line that there is, apart from each other where lines end close by. */
export function curveEndLabels(
  frame: PlotFrame,
  points: readonly CurvePoint[],
  ghost: readonly CurvePoint[],
): readonly CurveEndLabel[] {
  const ends = (
    [
      ['training', lastOf(points, 'training')],
      ['validation', lastOf(points, 'validation')],
      ['ghost', lastOf(ghost, 'validation') ?? lastOf(ghost, 'training')],
    ] as const
  ).flatMap(([kind, end]) =>
    end === null
      ? []
      : [
          {
            kind,
            x: xOf(frame, end.epoch),
            y: Math.max(frame.top, yOf(frame, end.value)),
            isAbove: end.value > frame.values.max,
          },
        ],
  );
  const ownEnd = xOf(frame, points.at(-1)?.epoch ?? 0);
  const near = ends.filter(({ x }) => Math.abs(x - ownEnd) < NEAR_PX);
  const apart = ends.filter((end) => !near.includes(end));
  const wanted = near.map(({ y }) => y);
  const ys = spreadLabels(wanted, LABEL_GAP, frame.top, frame.bottom - 4);
  return [...near.map((end, i) => ({ ...end, y: ys[i] ?? end.y })), ...apart];
}

function lastOf(
  points: readonly CurvePoint[],
  side: 'training' | 'validation',
): { readonly epoch: number; readonly value: number } | null {
  const point = points.findLast((each) => each[side] !== null);
  return point === undefined ? null : { epoch: point.epoch, value: point[side] ?? 0 };
}

/** Half the width of the label at the best epoch. */
const BEST_LABEL_HALF = 26;

/** Where the words at the best epoch stand; `y` is that of the mark itself. */
export function bestLabelPlace(
  frame: PlotFrame,
  metric: CurveMetric,
  mark: { readonly x: number; readonly y: number },
): { readonly x: number; readonly y: number } {
  const above = mark.y - 11;
  const below = mark.y + 19;
  // On the worse side: there the training line is not, and validation itself is about to leave.
  const y =
    metric === 'loss'
      ? above < frame.top + 9
        ? below
        : above
      : below > frame.bottom - 3
        ? above
        : below;
  // Near the left edge the label would run into the axis.
  return { x: Math.max(mark.x, frame.left + BEST_LABEL_HALF), y };
}
