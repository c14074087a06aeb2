/** Several runs in one chart: where lines, labels and the cursor lie, in pixels of the drawing. */
import type { EpochMetrics } from '../../domain/metrics.ts';
import { epochAxis, valueAxis } from './axis-steps.ts';
import {
  curvePoints,
  nearestPointIndex,
  type CurveMetric,
  type CurvePoint,
} from './curve-series.ts';
import { decimateCurve } from './decimate-metrics.ts';
import { xOf, yOf, type PlotFrame } from './plot-frame.ts';
import { spreadLabels } from './spread-labels.ts';

export type OverlaySide = 'training' | 'validation' | 'both';
type Side = 'training' | 'validation';

/** One run as it is handed in. */
export interface OverlayRun {
  readonly id: string;
  readonly name: string;
  /** All epochs, rising; the chart thins them itself. */
  readonly metrics: readonly EpochMetrics[];
}

/** One run's curve of the metric shown. */
export interface OverlayCurve {
  readonly id: string;
  readonly name: string;
  /** Tells it from the others beside colour and dash. */
  readonly letter: string;
  /** Which colour and dash, from 0. */
  readonly slot: number;
  readonly all: readonly CurvePoint[];
  readonly drawn: readonly CurvePoint[];
}

export function overlayCurves(
  runs: readonly OverlayRun[],
  metric: CurveMetric,
): readonly OverlayCurve[] {
  return runs.map(({ id, name, metrics }, slot) => {
    const all = curvePoints(metrics, metric);
    return { id, name, letter: overlayLetter(slot), slot, all, drawn: decimateCurve(all) };
  });
}

export function overlayLetter(slot: number): string {
  return String.fromCharCode(65 + slot);
}

export function sidesOf(side: OverlaySide): readonly Side[] {
  return side === 'both' ? ['training', 'validation'] : [side];
}

/** Room around the plot in pixels. On a narrow drawing only the letters fit behind the lines. */
const ROOM = { top: 12, bottom: 26, left: 46, narrow: 26, wide: 116 } as const;
const WIDE_FROM = 520;

export function hasRoomForNames(width: number): boolean {
  return width >= WIDE_FROM;
}

/** `width` and `height`: the whole drawing in CSS pixels. */
export function overlayFrame(
  curves: readonly OverlayCurve[],
  options: {
    readonly metric: CurveMetric;
    readonly side: OverlaySide;
    readonly scale: 'linear' | 'log';
    readonly width: number;
    readonly height: number;
  },
): PlotFrame {
  const { metric, side, scale, width, height } = options;
  let [low, high, last] = [Infinity, -Infinity, 0];
  for (const { drawn } of curves) {
    last = Math.max(last, drawn.at(-1)?.epoch ?? 0);
    for (const point of drawn) {
      for (const each of sidesOf(side)) {
        low = Math.min(low, point[each] ?? low);
        high = Math.max(high, point[each] ?? high);
      }
    }
  }
  return {
    epochs: epochAxis(last),
    values: valueAxis(low > high ? [] : [low, high], metric, scale),
    left: ROOM.left,
    right: width - (hasRoomForNames(width) ? ROOM.wide : ROOM.narrow),
    top: ROOM.top,
    bottom: height - ROOM.bottom,
  };
}

export interface EndLabel {
  readonly slot: number;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

const LABEL_GAP = 15;
const NEAR = 90;
const LONGEST_NAME = 13;

/** A label behind the end of each line, apart from each other; at the validation line where both are shown. */
export function endLabels(
  frame: PlotFrame,
  curves: readonly OverlayCurve[],
  side: OverlaySide,
  withNames: boolean,
): readonly EndLabel[] {
  const ends = curves.flatMap(({ slot, letter, name, drawn }) => {
    for (const each of [...sidesOf(side)].reverse()) {
      const last = drawn.findLast((point) => point[each] !== null);
      const value = last?.[each] ?? null;
      if (last === undefined || value === null) continue;
      const text = withNames ? `${letter} ${shortened(name)}` : letter;
      return [{ slot, x: xOf(frame, last.epoch), y: yOf(frame, value), text }];
    }
    return [];
  });
  // Lines that end far from each other do not get into each other's way.
  const groups: (typeof ends)[] = [];
  for (const end of [...ends].sort((a, b) => a.x - b.x)) {
    const group = groups.at(-1);
    if (group !== undefined && end.x - (group.at(-1)?.x ?? 0) < NEAR) group.push(end);
    else groups.push([end]);
  }
  return groups.flatMap((group) => {
    const wanted = group.map(({ y }) => y);
    const ys = spreadLabels(wanted, LABEL_GAP, frame.top, frame.bottom - 4);
    return group.map((end, i) => ({ ...end, y: ys[i] ?? end.y }));
  });
}

function shortened(name: string): string {
  const letters = Array.from(name);
  return letters.length <= LONGEST_NAME ? name : `${letters.slice(0, LONGEST_NAME - 1).join('')}…`;
}

/** The point of a curve at that epoch; null where the run did not get so far. */
export function pointAt({ all }: OverlayCurve, epoch: number): CurvePoint | null {
  const point = all[nearestPointIndex(all, epoch)];
  return point?.epoch === epoch ? point : null;
}

/** Every epoch that any of the runs has: those of the longest one. */
export function readablePoints(curves: readonly OverlayCurve[]): readonly CurvePoint[] {
  return curves.reduce<readonly CurvePoint[]>(
    (longest, { all }) => (all.length > longest.length ? all : longest),
    [],
  );
}
