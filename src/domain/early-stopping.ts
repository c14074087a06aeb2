/**
 * Early stopping as a pure rule over a recorded curve. The trainer feeds it epoch by epoch and the
 * screen applies it again to a finished curve while patience is dragged: same code, same answer.
 *
 * The rule (Prechelt, "Early stopping, but when?", 1998, in the form Keras uses):
 * - An epoch *improves* when it beats the last improving epoch by more than `minDelta`.
 * - The rule fires at the first epoch that completes `patience` epochs in a row without improving.
 * - The *best* epoch is the plain arg-best over the epochs up to the firing one, ties to the
 *   earliest, whatever `minDelta` is: no recorded epoch before the stop was better than it.
 * An epoch whose value is not a finite number neither improves nor is ever best. Where the monitored
 * metric is not recorded (no validation photos) nothing is better than anything else: the rule never
 * fires and best is the last epoch.
 */
import type { Hyperparameters, MonitoredMetric } from './hyperparameters.ts';
import type { EpochMetrics } from './metrics.ts';

export type EarlyStoppingRule = Pick<Hyperparameters, 'monitor' | 'patience' | 'minDelta'>;

export interface EarlyStoppingResult {
  /** 0 when nothing was recorded. */
  readonly bestEpoch: number;
  /** Epoch at which the rule fires, null if it never does. */
  readonly stoppedEpoch: number | null;
}

export interface EarlyStoppingMonitor extends EarlyStoppingResult {
  /**
   * Takes the next epoch; returns true when it is the new best. After the rule has fired, further
   * epochs change nothing.
   */
  add(metrics: EpochMetrics): boolean;
}

/**
 * The incremental form. With `rule` null early stopping is off: it never fires, and best is the
 * arg-best of `monitor` over everything seen.
 */
export function createEarlyStoppingMonitor(
  monitor: MonitoredMetric,
  rule: Pick<EarlyStoppingRule, 'patience' | 'minDelta'> | null,
): EarlyStoppingMonitor {
  let bestEpoch = 0;
  let bestCost = Infinity;
  let improvedCost = Infinity;
  let epochsSinceImproved = 0;
  let stoppedEpoch: number | null = null;

  return {
    get bestEpoch() {
      return bestEpoch;
    },
    get stoppedEpoch() {
      return stoppedEpoch;
    },
    add(metrics) {
      if (stoppedEpoch !== null) return false;
      const cost = monitoredCost(metrics, monitor);
      if (cost === null) {
        bestEpoch = metrics.epoch;
        return true;
      }
      if (rule !== null) {
        if (cost < improvedCost - (improvedCost === Infinity ? 0 : rule.minDelta)) {
          improvedCost = cost;
          epochsSinceImproved = 0;
        } else {
          epochsSinceImproved += 1;
          if (epochsSinceImproved >= rule.patience) stoppedEpoch = metrics.epoch;
        }
      }
      if (!(cost < bestCost)) return false;
      bestCost = cost;
      bestEpoch = metrics.epoch;
      return true;
    },
  };
}

/** Applies the rule to a whole recorded curve, in the order recorded. */
export function applyEarlyStopping(
  metrics: readonly EpochMetrics[],
  rule: EarlyStoppingRule,
): EarlyStoppingResult {
  const monitor = createEarlyStoppingMonitor(rule.monitor, rule);
  for (const point of metrics) {
    monitor.add(point);
    if (monitor.stoppedEpoch !== null) break;
  }
  return { bestEpoch: monitor.bestEpoch, stoppedEpoch: monitor.stoppedEpoch };
}

/** Arg-best of a monitored metric over the whole curve; the last epoch when it is not recorded. */
export function bestEpochOf(metrics: readonly EpochMetrics[], monitor: MonitoredMetric): number {
  const all = createEarlyStoppingMonitor(monitor, null);
  for (const point of metrics) all.add(point);
  return all.bestEpoch;
}

/** Lower is better; Infinity for a value that is not finite; null when not recorded. */
function monitoredCost(metrics: EpochMetrics, monitor: MonitoredMetric): number | null {
  const value = monitor === 'validation-loss' ? metrics.validationLoss : metrics.validationAccuracy;
  if (value === null) return null;
  if (!Number.isFinite(value)) return Infinity;
  return monitor === 'validation-loss' ? value : -value;
}
