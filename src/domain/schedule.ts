/**
 * Learning rate at a step, for every schedule. Pure functions of the step number, so that the trainer,
 * the preview drawn beside the slider and the tests agree.
 */
import type { Hyperparameters } from './hyperparameters.ts';

export type ScheduleSettings = Pick<Hyperparameters, 'learningRate' | 'schedule' | 'warmup'>;

/** The step schedule divides the rate by 10 at half and at three quarters (He et al., CVPR 2016). */
const STEP_DROPS = [0.5, 0.75] as const;
const STEP_FACTOR = 0.1;
/** One-cycle in the form of fastai and PyTorch's OneCycleLR: their published constants. */
const ONE_CYCLE_RISE = 0.3;
const ONE_CYCLE_START_DIVISOR = 25;
const ONE_CYCLE_END_DIVISOR = 1e4;

/** Steps spent warming up: `warmup` is a share of all steps. None under one-cycle, which has its own. */
export function warmupSteps(settings: ScheduleSettings, totalSteps: number): number {
  return settings.schedule === 'one-cycle' ? 0 : Math.round(settings.warmup * totalSteps);
}

/**
 * Learning rate of step `step` (0 for the first) of `totalSteps`.
 *
 * Warm-up over w steps is linear, rate·(step + 1)/w (Goyal et al., "Accurate, large minibatch SGD",
 * 2017). Afterwards, with t steps since the warm-up out of T = totalSteps − w:
 * - constant: rate
 * - cosine: rate·(1 + cos(π t/T))/2 (Loshchilov & Hutter, SGDR, ICLR 2017, one period)
 * - step: rate, rate/10 from t = T/2, rate/100 from t = 3T/4
 * - one-cycle: cosine from rate/25 up to rate over the first 30 % of the steps, then cosine down to
 *   rate/250,000 at the last one (Smith & Topin, "Super-convergence", 2019)
 */
export function learningRateAt(
  step: number,
  totalSteps: number,
  settings: ScheduleSettings,
): number {
  const rate = settings.learningRate;
  const warming = warmupSteps(settings, totalSteps);
  if (step < warming) return (rate * (step + 1)) / warming;
  const elapsed = step - warming;
  const total = Math.max(1, totalSteps - warming);
  switch (settings.schedule) {
    case 'constant':
      return rate;
    case 'cosine':
      return cosineBetween(rate, 0, elapsed / total);
    case 'step':
      return rate * STEP_FACTOR ** STEP_DROPS.filter((share) => elapsed >= share * total).length;
    case 'one-cycle':
      return oneCycle(elapsed, total, rate);
  }
}

function oneCycle(step: number, totalSteps: number, rate: number): number {
  const lowest = rate / ONE_CYCLE_START_DIVISOR;
  const last = Math.max(1, totalSteps - 1);
  const peak = ONE_CYCLE_RISE * totalSteps - 1;
  // Runs of a few steps have no room for the rise: they start at the peak.
  if (peak > 0 && step <= peak) return cosineBetween(lowest, rate, step / peak);
  const start = Math.max(0, peak);
  const share = last > start ? (step - start) / (last - start) : 0;
  return cosineBetween(rate, lowest / ONE_CYCLE_END_DIVISOR, Math.min(1, share));
}

/** `from` at share 0, `to` at share 1, along half a cosine. */
function cosineBetween(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
}
