import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEarlyStopping } from './early-stopping.ts';
import { DEFAULT_HYPERPARAMETERS } from './hyperparameter-specs.ts';
import type { EpochMetrics } from './metrics.ts';
import {
  CURVE_KEYS,
  patienceForStop,
  patienceStep,
  recordEpochs,
  STOPPING_KEYS,
  stoppingOf,
} from './stopping-rule.ts';

function curve(losses: readonly number[], accuracies: readonly number[] = []): EpochMetrics[] {
  return losses.map((validationLoss, i) => ({
    epoch: i + 1,
    trainLoss: 1,
    trainAccuracy: 0.5,
    validationLoss,
    validationAccuracy: accuracies[i] ?? 0.5,
    learningRate: 0.01,
    elapsedMs: i,
  }));
}

const anyCurve = fc
  .array(fc.double({ min: 0.1, max: 2, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((losses) =>
    curve(
      losses,
      losses.map((loss) => 1 / (1 + loss)),
    ),
  );

describe('stoppingOf', () => {
  const points = curve([1, 0.5, 0.6, 0.7, 0.4, 0.9]);

  it('moves best epoch and flag with patience, and takes the whole curve when switched off', () => {
    const settings = { ...DEFAULT_HYPERPARAMETERS, patience: 2 };
    expect(stoppingOf(points, settings)).toEqual({ bestEpoch: 2, stoppedEpoch: 4 });
    expect(stoppingOf(points, { ...settings, patience: 3 })).toEqual({
      bestEpoch: 5,
      stoppedEpoch: null,
    });
    expect(stoppingOf(points, { ...settings, earlyStopping: false })).toEqual({
      bestEpoch: 5,
      stoppedEpoch: null,
    });
  });
});

describe('STOPPING_KEYS', () => {
  it('are the settings that only read the curve; all others make another one', () => {
    expect([...STOPPING_KEYS].sort()).toEqual(
      ['continueAfterStop', 'earlyStopping', 'minDelta', 'monitor', 'patience'].sort(),
    );
    expect(CURVE_KEYS).toContain('learningRate');
    expect(CURVE_KEYS).not.toContain('patience');
  });
});

describe('patienceForStop', () => {
  it('finds the patience whose stop is nearest, whatever the curve', () => {
    fc.assert(
      fc.property(anyCurve, fc.integer({ min: 1, max: 60 }), (points, epoch) => {
        const settings = { ...DEFAULT_HYPERPARAMETERS, minDelta: 0 };
        const found = patienceForStop(points, settings, epoch);
        const last = points.length;
        const stopAt = (patience: number): number =>
          applyEarlyStopping(points, { ...settings, patience }).stoppedEpoch ?? last + 1;
        if (found === null) {
          expect(stopAt(1)).toBe(last + 1);
          return;
        }
        for (let patience = 1; patience <= 70; patience++) {
          expect(Math.abs(stopAt(found) - epoch)).toBeLessThanOrEqual(
            Math.abs(stopAt(patience) - epoch),
          );
        }
      }),
      { numRuns: 80 },
    );
  });

  it('is null for a curve that improves to its end', () => {
    expect(patienceForStop(curve([3, 2, 1]), DEFAULT_HYPERPARAMETERS, 2)).toBeNull();
  });
});

describe('patienceStep', () => {
  // Stops: patience 1 at 3, patience 2 at 4; the improvement at 5 makes patience 3 stop at 8.
  const points = curve([1, 0.5, 0.6, 0.7, 0.4, 0.9, 0.9, 0.9]);
  const settings = { ...DEFAULT_HYPERPARAMETERS, patience: 2 };

  it('follows the arrow, also across a jump of the stop', () => {
    expect(patienceStep(points, settings, 3)).toBe(1);
    expect(patienceStep(points, settings, 5)).toBe(3);
  });

  it('goes no further than the curve and the range', () => {
    expect(patienceStep(points, { ...settings, patience: 3 }, 9)).toBeNull();
    expect(patienceStep(points, { ...settings, patience: 1 }, 2)).toBeNull();
  });
});

describe('recordEpochs', () => {
  it('holds the best epoch of every patience, and the last', () => {
    fc.assert(
      fc.property(anyCurve, fc.integer({ min: 1, max: 20 }), (points, patience) => {
        const records = recordEpochs(points);
        for (const monitor of ['validation-loss', 'validation-accuracy'] as const) {
          const settings = { ...DEFAULT_HYPERPARAMETERS, patience, monitor, minDelta: 0 };
          expect(records).toContain(stoppingOf(points, settings).bestEpoch);
        }
        expect(records.at(-1)).toBe(points.length);
      }),
      { numRuns: 60 },
    );
  });

  it('is only the last epoch without validation photos', () => {
    const points = curve([1, 2, 3]).map((point) => ({
      ...point,
      validationLoss: null,
      validationAccuracy: null,
    }));
    expect(recordEpochs(points)).toEqual([3]);
    expect(recordEpochs([])).toEqual([]);
  });
});
