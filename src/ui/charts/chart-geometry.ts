/** From data to pixels and back: one arithmetic for lines, marks, labels and the pointer. */
import type { Axis } from './axis-steps.ts';

/** Room around the plot in pixels: tick labels on the left and below, line-end labels on the right. */
export const MARGIN = { top: 28, right: 78, bottom: 24, left: 44 } as const;

export interface ChartGeometry {
  /** Whole drawing in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  x(epoch: number): number;
  y(value: number): number;
  /** Inverse of `x`, not rounded, held within the axis. */
  epochAt(x: number): number;
}

export function createGeometry(
  width: number,
  height: number,
  epochs: Axis,
  values: Axis,
): ChartGeometry {
  const left = MARGIN.left;
  const right = Math.max(left + 1, width - MARGIN.right);
  const top = MARGIN.top;
  const bottom = Math.max(top + 1, height - MARGIN.bottom);
  const across = (right - left) / (epochs.max - epochs.min);
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    x: (epoch) => left + (epoch - epochs.min) * across,
    y: (value) => bottom - valueFraction(value, values) * (bottom - top),
    epochAt: (x) => Math.min(epochs.max, Math.max(epochs.min, epochs.min + (x - left) / across)),
  };
}

/** 0 at the axis' foot, 1 at its top; values outside are held at the ends. */
export function valueFraction(value: number, axis: Axis): number {
  const fraction =
    axis.scale === 'log'
      ? Math.log(Math.max(value, axis.min) / axis.min) / Math.log(axis.max / axis.min)
      : (value - axis.min) / (axis.max - axis.min);
  return Math.min(1, Math.max(0, fraction));
}
