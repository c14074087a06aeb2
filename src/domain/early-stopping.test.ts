import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEarlyStopping, bestEpochOf, createEarlyStoppingMonitor } from './early-stopping.ts';
import type { EpochMetrics } from './metrics.ts';

function curve(losses: readonly (number | null)[], accuracies?: readonly number[]): EpochMetrics[] {
  return losses.map((loss, index) => ({
    epoch: index + 1,
    trainLoss: 1,
    trainAccuracy: 0.5,
    validationLoss: loss,
    validationAccuracy: accuracies?.[index] ?? (loss === null ? null : 0.5),
    learningRate: 0.01,
    elapsedMs: index,
  }));
}

const loss = (patience: number, minDelta = 0) =>
  ({ monitor: 'validation-loss', patience, minDelta }) as const;

const arbitraryCurve = fc.array(
  fc.oneof(
    fc.double({ min: 0, max: 5, noNaN: true }),
    fc.constantFrom(0.5, 0.5, 1),
    fc.constant(NaN),
  ),
  { maxLength: 60 },
);
const arbitraryPatience = fc.integer({ min: 1, max: 20 });
const arbitraryDelta = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }));

describe('applyEarlyStopping', () => {
  it('fires after `patience` epochs without improvement and restores the best one', () => {
    const metrics = curve([1, 0.8, 0.6, 0.7, 0.65, 0.9, 0.1]);
    expect(applyEarlyStopping(metrics, loss(3))).toEqual({ bestEpoch: 3, stoppedEpoch: 6 });
    expect(applyEarlyStopping(metrics, loss(4))).toEqual({ bestEpoch: 7, stoppedEpoch: null });
  });

  it('counts gains of at most minDelta as no improvement but still restores the plain best', () => {
    const metrics = curve([1, 0.99, 0.98, 0.97, 0.5]);
    expect(applyEarlyStopping(metrics, loss(3, 0.1))).toEqual({ bestEpoch: 4, stoppedEpoch: 4 });
  });

  it('adds small gains up until they pass minDelta together', () => {
    const metrics = curve([1, 0.94, 0.88, 0.82, 0.76]);
    expect(applyEarlyStopping(metrics, loss(2, 0.1)).stoppedEpoch).toBeNull();
  });

  it('takes the earliest of equals', () => {
    expect(applyEarlyStopping(curve([0.5, 0.5, 0.5]), loss(9)).bestEpoch).toBe(1);
  });

  it('maximises accuracy', () => {
    const metrics = curve([1, 1, 1, 1], [0.5, 0.75, 0.75, 0.7]);
    expect(
      applyEarlyStopping(metrics, { monitor: 'validation-accuracy', patience: 2, minDelta: 0 }),
    ).toEqual({ bestEpoch: 2, stoppedEpoch: 4 });
  });

  it('without validation never fires and takes the last epoch; without epochs takes none', () => {
    expect(applyEarlyStopping(curve([null, null, null]), loss(1))).toEqual({
      bestEpoch: 3,
      stoppedEpoch: null,
    });
    expect(applyEarlyStopping([], loss(1))).toEqual({ bestEpoch: 0, stoppedEpoch: null });
  });

  it('never stops before patience, restores the arg-best, needs a full stretch without gain', () => {
    fc.assert(
      fc.property(arbitraryCurve, arbitraryPatience, arbitraryDelta, (losses, patience, delta) => {
        const metrics = curve(losses);
        const { bestEpoch, stoppedEpoch } = applyEarlyStopping(metrics, loss(patience, delta));
        const seen = losses.slice(0, stoppedEpoch ?? losses.length);
        const finite = seen.filter((value) => !Number.isNaN(value));
        if (finite.length === 0) expect(bestEpoch).toBe(0);
        else expect(bestEpoch).toBe(seen.indexOf(Math.min(...finite)) + 1);
        if (stoppedEpoch === null) return;
        expect(stoppedEpoch).toBeGreaterThanOrEqual(patience);
        const before = seen.slice(0, -patience).filter((value) => !Number.isNaN(value));
        const stretch = seen.slice(-patience).filter((value) => !Number.isNaN(value));
        // Nothing in the stretch beat what came before it by more than minDelta.
        if (before.length > 0 && stretch.length > 0) {
          expect(Math.min(...stretch)).toBeGreaterThanOrEqual(Math.min(...before) - delta);
        }
      }),
    );
  });

  it('is monotone in patience: more patience never stops earlier nor restores a worse epoch', () => {
    fc.assert(
      fc.property(arbitraryCurve, arbitraryPatience, arbitraryDelta, (losses, patience, delta) => {
        const metrics = curve(losses);
        const less = applyEarlyStopping(metrics, loss(patience, delta));
        const more = applyEarlyStopping(metrics, loss(patience + 1, delta));
        expect(more.stoppedEpoch ?? Infinity).toBeGreaterThanOrEqual(less.stoppedEpoch ?? Infinity);
        const value = (epoch: number): number => losses[epoch - 1] ?? Infinity;
        expect(value(more.bestEpoch)).toBeLessThanOrEqual(value(less.bestEpoch));
      }),
    );
  });

  it('incremental use gives the same answer, also when fed on after firing', () => {
    fc.assert(
      fc.property(arbitraryCurve, arbitraryPatience, arbitraryDelta, (losses, patience, delta) => {
        const metrics = curve(losses);
        const monitor = createEarlyStoppingMonitor('validation-loss', loss(patience, delta));
        for (const point of metrics) monitor.add(point);
        const whole = applyEarlyStopping(metrics, loss(patience, delta));
        expect({ bestEpoch: monitor.bestEpoch, stoppedEpoch: monitor.stoppedEpoch }).toEqual(whole);
      }),
    );
  });
});

describe('bestEpochOf', () => {
  it('looks at the whole curve', () => {
    expect(bestEpochOf(curve([1, 2, 3, 0.5]), 'validation-loss')).toBe(4);
  });
});
