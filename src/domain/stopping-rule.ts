/**
 * The early-stopping settings applied to a curve that is already recorded: which epoch's head is in
 * use, where the flag stands, and what patience would put the flag somewhere else. Pure, so that the
 * screen, the try-out panel and the tests all get the same answer.
 */
import {
  applyEarlyStopping,
  bestEpochOf,
  createEarlyStoppingMonitor,
  type EarlyStoppingResult,
} from './early-stopping.ts';
import { HYPERPARAMETER_KEYS, HYPERPARAMETER_SPECS } from './hyperparameter-specs.ts';
import type { Hyperparameters } from './hyperparameters.ts';
import type { EpochMetrics } from './metrics.ts';

export type StoppingSettings = Pick<
  Hyperparameters,
  'earlyStopping' | 'monitor' | 'patience' | 'minDelta'
>;

/** Settings that only read the recorded curve; changing one needs no new run. */
export const STOPPING_KEYS = HYPERPARAMETER_KEYS.filter(
  (key) => HYPERPARAMETER_SPECS[key].group === 'when-to-stop',
);

/** Every other setting: changing one of them makes another curve. */
export const CURVE_KEYS = HYPERPARAMETER_KEYS.filter((key) => !STOPPING_KEYS.includes(key));

/** Best epoch and stop by these settings; best is 0 for an empty curve. */
export function stoppingOf(
  metrics: readonly EpochMetrics[],
  settings: StoppingSettings,
): EarlyStoppingResult {
  if (settings.earlyStopping) return applyEarlyStopping(metrics, settings);
  return { bestEpoch: bestEpochOf(metrics, settings.monitor), stoppedEpoch: null };
}

/**
 * The patience whose stop lies nearest to `epoch`, the smaller one of two equally near. A patience
 * under which the rule never fires counts as stopping at the end of the curve. The stop never comes
 * earlier with more patience, so a binary search finds it. Null when no patience stops the curve.
 */
export function patienceForStop(
  metrics: readonly EpochMetrics[],
  settings: StoppingSettings,
  epoch: number,
): number | null {
  const { min, max } = HYPERPARAMETER_SPECS.patience;
  const last = metrics.at(-1)?.epoch ?? 0;
  const stopAt = (patience: number): number =>
    applyEarlyStopping(metrics, { ...settings, patience }).stoppedEpoch ?? last + 1;
  if (stopAt(min) > last) return null;
  let low = min;
  let high = max;
  // Smallest patience that stops at `epoch` or later.
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (stopAt(middle) >= epoch) high = middle;
    else low = middle + 1;
  }
  if (low === min) return low;
  return Math.abs(stopAt(low) - epoch) < Math.abs(stopAt(low - 1) - epoch) ? low : low - 1;
}

/**
 * The patience for one step of an arrow key that asks for a stop at `epoch`. Where the stop jumps (an
 * improvement starts the count again), the nearest one would be where it already is, so patience then
 * moves by one. Null when the curve would no longer be stopped.
 */
export function patienceStep(
  metrics: readonly EpochMetrics[],
  settings: StoppingSettings,
  epoch: number,
): number | null {
  const before = applyEarlyStopping(metrics, settings).stoppedEpoch;
  const nearest = patienceForStop(metrics, settings, epoch);
  if (before === null || nearest === null) return nearest;
  const stopAt = (patience: number): number | null =>
    applyEarlyStopping(metrics, { ...settings, patience }).stoppedEpoch;
  const stuck = stopAt(nearest) === before && epoch !== before;
  const patience = stuck ? settings.patience + Math.sign(epoch - before) : nearest;
  if (patience < HYPERPARAMETER_SPECS.patience.min) return null;
  return stopAt(patience) === null ? null : patience;
}

/**
 * Epochs that are best under some patience: those that beat everything before them in validation loss
 * or in validation accuracy, and the last one. Rising.
 */
export function recordEpochs(metrics: readonly EpochMetrics[]): readonly number[] {
  const records = new Set<number>();
  for (const monitor of ['validation-loss', 'validation-accuracy'] as const) {
    const watch = createEarlyStoppingMonitor(monitor, null);
    for (const point of metrics) {
      // Without validation photos every epoch counts as best so far; only the last one stays so.
      if (watch.add(point) && point.validationLoss !== null) records.add(point.epoch);
    }
  }
  const last = metrics.at(-1);
  if (last !== undefined) records.add(last.epoch);
  return [...records].sort((a, b) => a - b);
}
