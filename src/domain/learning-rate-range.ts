/**
 * The learning-rate range test: the rate rises exponentially from batch to batch of a fresh head, and
 * the loss against the rate shows where learning begins, where it is fastest and where it breaks.
 * After Smith, "Cyclical learning rates for training neural networks" (arXiv 1506.01186, 2015), in the
 * exponential form that fastai made known. Rules only: the sweep itself is `worker/head/rate-sweep.ts`.
 */

export interface RatePoint {
  readonly rate: number;
  /** Mean cross-entropy of the training photos after the step with this rate, in nats. */
  readonly loss: number;
}

export interface SmoothedRatePoint extends RatePoint {
  readonly smoothed: number;
}

export interface RateSuggestion {
  /** What to use. */
  readonly rate: number;
  /** Where the curve falls fastest (against the logarithm of the rate). */
  readonly steepest: number;
  /** Where it is lowest; beyond it steps begin to do harm. */
  readonly lowest: number;
}

export interface RateSweep {
  readonly points: readonly SmoothedRatePoint[];
  /** The loss shot up before the largest rate was tried. */
  readonly diverged: boolean;
  /** Null when the loss never fell by an amount that counts. */
  readonly suggestion: RateSuggestion | null;
  readonly elapsedMs: number;
}

export const SWEEP_STEPS = 120;
const LOWEST_RATE = 1e-5;
const HIGHEST_RATE = 10;
/** The factor at which fastai's test stops. */
const DIVERGED_FACTOR = 4;
/** Half the width of the centred mean, in steps; 20 steps make a decade. */
const SMOOTH_REACH = 2;
/** Half the width over which a slope is taken, in steps. */
const SLOPE_REACH = 6;
/** A curve that never falls by this share of its start suggests nothing. */
const SMALLEST_FALL = 0.03;

/** Rate of step `step` (from 0) of the sweep. */
export function sweepRate(step: number): number {
  return LOWEST_RATE * (HIGHEST_RATE / LOWEST_RATE) ** (step / (SWEEP_STEPS - 1));
}

/** True when the sweep can end: no number any more, or far above both its start and its lowest. */
export function hasDiverged(losses: readonly number[]): boolean {
  const last = losses.at(-1);
  const first = losses[0];
  if (last === undefined || first === undefined) return false;
  if (!Number.isFinite(last)) return true;
  return last > DIVERGED_FACTOR * Math.min(...losses) && last > 1.5 * first;
}

/** Points in the order of their rates; those whose loss is no number are left out. */
export function smoothSweep(points: readonly RatePoint[]): readonly SmoothedRatePoint[] {
  const finite = points.filter(({ loss }) => Number.isFinite(loss));
  return finite.map((point, index) => {
    // Fewer to the left means fewer to the right: a lopsided mean would shift the curve at its ends.
    const reach = Math.min(SMOOTH_REACH, index, finite.length - 1 - index);
    const part = finite.slice(index - reach, index + reach + 1);
    const smoothed = part.reduce((sum, { loss }) => sum + loss, 0) / part.length;
    return { ...point, smoothed };
  });
}

/**
 * The suggestion is the point of steepest descent, but never more than a tenth of the rate with the
 * lowest loss: both are rules of thumb from the same source, and the smaller one errs on the side that
 * only costs time.
 */
export function suggestRate(points: readonly SmoothedRatePoint[]): RateSuggestion | null {
  const first = points[0];
  if (first === undefined || points.length < 5) return null;
  let lowest = 0;
  points.forEach(({ smoothed }, index) => {
    if (smoothed < (points[lowest]?.smoothed ?? Infinity)) lowest = index;
  });
  const bottom = points[lowest];
  if (bottom === undefined || bottom.smoothed > (1 - SMALLEST_FALL) * first.smoothed) return null;
  let steepest = 0;
  let fastest = 0;
  // Slopes over a good part of a decade: near the break single batches throw the loss about.
  for (let index = SLOPE_REACH; index + SLOPE_REACH <= lowest; index++) {
    const before = points[index - SLOPE_REACH];
    const after = points[index + SLOPE_REACH];
    if (before === undefined || after === undefined) continue;
    const slope = (after.smoothed - before.smoothed) / Math.log(after.rate / before.rate);
    if (slope < fastest) {
      fastest = slope;
      steepest = index;
    }
  }
  const rate = fastest === 0 ? bottom.rate : (points[steepest]?.rate ?? bottom.rate);
  return {
    rate: twoDigits(Math.min(rate, bottom.rate / 10)),
    steepest: rate,
    lowest: bottom.rate,
  };
}

/** 0.00347 → 0.0035: more digits than that would be noise. */
function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}
