/**
 * Axes that grow in steps: while curves append, an axis stays as it is until a value no longer
 * fits, then takes the next step up. They never shrink as points are added, so nothing jumps.
 */
import type { CurveMetric } from './curve-series.ts';

export interface Axis {
  readonly min: number;
  readonly max: number;
  /** Rising, within [min, max]. */
  readonly ticks: readonly number[];
  readonly scale: 'linear' | 'log';
}

/** Losses below this are drawn there on a log scale. */
export const LOG_FLOOR = 1e-6;

const LOSS_STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10] as const;
const EPOCH_STEPS = [1, 1.5, 2, 3, 4, 5, 7.5, 10] as const;
const TICK_STEPS = [1, 2, 2.5, 5, 10] as const;

/** Smallest `steps` multiple of a power of ten that is at least `value` (> 0). */
function stepAtLeast(value: number, steps: readonly number[]): number {
  const power = 10 ** Math.floor(Math.log10(value));
  // The tolerance keeps 0.3 from being taken for 0.30000000000000004.
  const step = steps.find((each) => each * power >= value * (1 - 1e-9)) ?? 10;
  return clean(step * power);
}

/** Takes floating-point dust off a round number. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}

function evenTicks(min: number, max: number, step: number): readonly number[] {
  const ticks: number[] = [];
  for (let i = Math.ceil(min / step - 1e-9); i * step <= max * (1 + 1e-9); i++) {
    ticks.push(clean(i * step));
  }
  return ticks;
}

/** From epoch 1 to a round number of at least 10 that holds `lastEpoch`. */
export function epochAxis(lastEpoch: number): Axis {
  const max = Math.ceil(stepAtLeast(Math.max(10, lastEpoch), EPOCH_STEPS));
  const step = Math.max(1, Math.ceil(stepAtLeast(max / 5, TICK_STEPS)));
  return { min: 1, max, ticks: [1, ...evenTicks(step, max, step)], scale: 'linear' };
}

/** `values`: every value to be shown, of all curves. */
export function valueAxis(
  values: readonly number[],
  metric: CurveMetric,
  scale: 'linear' | 'log',
): Axis {
  if (metric === 'accuracy') return accuracyAxis(values);
  return scale === 'log' ? logLossAxis(values) : lossAxis(values);
}

/** From 0, always: the height of a loss curve then means something. */
function lossAxis(values: readonly number[]): Axis {
  const highest = values.length === 0 ? 1 : values.reduce((a, b) => Math.max(a, b), 0);
  const max = stepAtLeast(Math.max(highest, 0.01), LOSS_STEPS);
  return {
    min: 0,
    max,
    ticks: evenTicks(0, max, stepAtLeast(max / 5, TICK_STEPS)),
    scale: 'linear',
  };
}

function logLossAxis(values: readonly number[]): Axis {
  const shown = values.map((value) => Math.max(value, LOG_FLOOR));
  const highest = shown.length > 0 ? shown.reduce((a, b) => Math.max(a, b)) : 1;
  const lowest = shown.length > 0 ? shown.reduce((a, b) => Math.min(a, b)) : 0.1;
  const max = Math.max(stepAtLeast(highest, [1, 2, 5, 10]), 1);
  const below = 1 / stepAtLeast(1 / lowest, [1, 2, 5, 10]);
  const min = Math.min(clean(below), 0.1);
  const decades = Math.log10(max / min);
  const steps = decades <= 2.5 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
    for (const step of steps) {
      const tick = clean(step * 10 ** power);
      if (tick >= min * (1 - 1e-9) && tick <= max * (1 + 1e-9)) ticks.push(tick);
    }
  }
  return {
    min,
    max,
    ticks: decades > 7 ? ticks.filter((_, i) => i % 2 === 0) : ticks,
    scale: 'log',
  };
}

/** Up to 1; from 0 unless every value leaves the lower part empty. */
function accuracyAxis(values: readonly number[]): Axis {
  const lowest = values.reduce((a, b) => Math.min(a, b), 1);
  const [min, step] = (
    [
      [0.9, 0.02],
      [0.8, 0.05],
      [0.5, 0.1],
      [0, 0.2],
    ] as const
  ).find(([bound]) => values.length > 0 && lowest >= bound) ?? [0, 0.2];
  return { min, max: 1, ticks: evenTicks(min, 1, step), scale: 'linear' };
}
