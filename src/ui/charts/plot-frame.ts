/** Where values lie in a chart of curves by epoch: from data to pixels of the drawing, and back. */
import type { Axis } from './axis-steps.ts';
import { heldValue } from './curve-rows.ts';
import type { CurvePoint } from './curve-series.ts';

export interface PlotFrame {
  readonly epochs: Axis;
  readonly values: Axis;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function xOf({ epochs, left, right }: PlotFrame, epoch: number): number {
  return left + ((epoch - epochs.min) / (epochs.max - epochs.min)) * (right - left);
}

/** Not rounded, and beyond the axis where `x` is. */
export function epochOf({ epochs, left, right }: PlotFrame, x: number): number {
  return epochs.min + ((x - left) / (right - left)) * (epochs.max - epochs.min);
}

export function yOf({ values, top, bottom }: PlotFrame, value: number): number {
  const held = heldValue(value, values);
  const share =
    values.scale === 'log'
      ? Math.log(held / values.min) / Math.log(values.max / values.min)
      : (held - values.min) / (values.max - values.min);
  return bottom - share * (bottom - top);
}

/** SVG path data; a missing value breaks the line, a lone one is a dot (with round line ends). */
export function linePath(
  frame: PlotFrame,
  points: readonly CurvePoint[],
  side: 'training' | 'validation',
): string {
  let path = '';
  let isOpen = false;
  points.forEach((point, i) => {
    const value = point[side];
    if (value === null) {
      isOpen = false;
      return;
    }
    path += `${isOpen ? 'L' : 'M'}${xOf(frame, point.epoch).toFixed(1)} ${yOf(frame, value).toFixed(1)}`;
    const isLone = !isOpen && (points[i + 1]?.[side] ?? null) === null;
    if (isLone) path += 'h0.01';
    isOpen = true;
  });
  return path;
}
