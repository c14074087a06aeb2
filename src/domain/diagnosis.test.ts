import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose, type DiagnosisInput } from './diagnosis.ts';
import type { EpochMetrics } from './metrics.ts';
import { createRandom } from './random.ts';

interface Shape {
  readonly train: (epoch: number) => number;
  readonly validation: ((epoch: number) => number) | null;
  readonly trainAccuracy?: number;
  readonly validationAccuracy?: number;
}

function input(
  shape: Shape,
  epochs: number,
  changes: Partial<DiagnosisInput> = {},
): DiagnosisInput {
  const metrics = Array.from({ length: epochs }, (_, index): EpochMetrics => {
    const epoch = index + 1;
    return {
      epoch,
      trainLoss: shape.train(epoch),
      trainAccuracy: shape.trainAccuracy ?? 0.95,
      validationLoss: shape.validation?.(epoch) ?? null,
      validationAccuracy: shape.validation === null ? null : (shape.validationAccuracy ?? 0.9),
      learningRate: 0.01,
      elapsedMs: epoch,
    };
  });
  return { metrics, classCount: 3, validationCount: 100, diverged: false, ...changes };
}

const falling =
  (rate: number, floor = 0) =>
  (epoch: number) =>
    floor + 1.1 * Math.exp(-rate * epoch);
/** Falls to about 0.45 at `turn`, then rises. */
const turning = (turn: number, slope: number) => (epoch: number) =>
  epoch <= turn ? 0.45 + 0.65 * Math.exp((-5 * epoch) / turn) : 0.455 + slope * (epoch - turn);
const noisy = (curve: (epoch: number) => number, noise: number, seed: number) => {
  const random = createRandom(seed);
  return (epoch: number): number => curve(epoch) + noise * random.normal();
};

describe('diagnose', () => {
  it('names overfitting and the epoch it began at', () => {
    const result = diagnose(input({ train: falling(0.1), validation: turning(20, 0.01) }, 60));
    expect(result.code).toBe('overfitting');
    expect(Math.abs((result.sinceEpoch ?? 0) - 20)).toBeLessThanOrEqual(3);
    expect(result.suggestedKnobs).toHaveLength(2);
    expect(result.evidence.lowestValidationLoss).toBeLessThan(0.47);
  });

  it('finds it through noise, within a few epochs, for any seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
        const validation = noisy(turning(20, 0.012), 0.015, seed);
        const result = diagnose(input({ train: falling(0.1), validation }, 60));
        expect(result.code).toBe('overfitting');
        expect(Math.abs((result.sinceEpoch ?? 0) - 20)).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('does not take jitter on a flat curve for overfitting, for any seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
        const validation = noisy((epoch) => 0.4 + 0.7 * Math.exp(-0.3 * epoch), 0.02, seed);
        expect(diagnose(input({ train: falling(0.1), validation }, 60)).code).not.toBe(
          'overfitting',
        );
      }),
    );
  });

  it('calls a small or short rise no overfitting', () => {
    const slight = input({ train: falling(0.1), validation: turning(20, 0.0002) }, 60);
    expect(diagnose(slight).code).toBe('good-fit');
    const short = input({ train: falling(0.1), validation: turning(20, 0.05) }, 22);
    expect(diagnose(short).code).not.toBe('overfitting');
  });

  it('says when validation loss was still falling', () => {
    const result = diagnose(input({ train: falling(0.02), validation: falling(0.018, 0.1) }, 30));
    expect(result.code).toBe('still-learning');
    expect(result.suggestedKnobs).toContain('epochs');
  });

  it('tells good fit, large gap and underfitting apart', () => {
    const flat = { train: falling(0.3, 0.2), validation: falling(0.3, 0.3) };
    expect(diagnose(input(flat, 50)).code).toBe('good-fit');
    const gap = { ...flat, trainAccuracy: 1, validationAccuracy: 0.6 };
    expect(diagnose(input(gap, 50)).code).toBe('large-gap');
    const poor = {
      train: falling(0.5, 0.8),
      validation: falling(0.5, 0.85),
      trainAccuracy: 0.6,
      validationAccuracy: 0.55,
    };
    expect(diagnose(input(poor, 50)).code).toBe('underfitting');
  });

  it('sees a learning rate too high in jumps and in a loss far above guessing', () => {
    const jumps = {
      train: (epoch: number) => (epoch % 2 === 0 ? 0.3 : 1),
      validation: falling(0.1, 0.3),
    };
    expect(diagnose(input(jumps, 30)).code).toBe('learning-rate-too-high');
    const thrown = {
      train: (epoch: number) => (epoch === 1 ? 40 : 20 / epoch),
      validation: falling(0.1),
    };
    expect(diagnose(input(thrown, 30)).code).toBe('learning-rate-too-high');
  });

  it('does not mind tiny jumps at the bottom', () => {
    const bottom = {
      train: (epoch: number) => (epoch % 2 === 0 ? 0.001 : 0.003),
      validation: falling(0.3, 0.3),
    };
    expect(diagnose(input(bottom, 30)).code).toBe('good-fit');
  });

  it('sees divergence, from the loss or from how the run ended', () => {
    const running = {
      train: (epoch: number) => 1.2 ** epoch,
      validation: (epoch: number) => 1.2 ** epoch,
    };
    expect(diagnose(input(running, 20)).code).toBe('diverging');
    expect(
      diagnose(input({ train: falling(0.1), validation: null }, 2, { diverged: true })).code,
    ).toBe('diverging');
    expect(diagnose(input({ train: () => NaN, validation: null }, 5)).code).toBe('diverging');
  });

  it('does not guess: no validation, too few validation photos, too few epochs', () => {
    expect(diagnose(input({ train: falling(0.1), validation: null }, 30)).code).toBe(
      'no-validation',
    );
    const few = { train: falling(0.1), validation: turning(10, 0.02), validationAccuracy: 0.75 };
    expect(diagnose(input(few, 40, { validationCount: 8 })).code).toBe('too-few-validation');
    expect(diagnose(input(few, 40, { validationCount: 80 })).code).toBe('overfitting');
    expect(diagnose(input(few, 2)).code).toBe('too-early');
    expect(diagnose(input(few, 0)).code).toBe('too-early');
  });

  const signals = {
    trainingCount: 100,
    leakedValidation: 0,
    disputedTraining: 0,
    trainingIsHarder: false,
  };
  const flat = { train: falling(0.3, 0.2), validation: falling(0.3, 0.3) };

  it('suspects a leak where near-duplicates stand on both sides, whatever the curves', () => {
    const leaking = { ...signals, leakedValidation: 20 };
    const result = diagnose(input(flat, 50, { signals: leaking }));
    expect(result.code).toBe('leak-suspected');
    expect(result.suggestedKnobs[0]).toBe('sides');
    const over = { train: falling(0.1), validation: turning(20, 0.01) };
    expect(diagnose(input(over, 60, { signals: leaking })).code).toBe('leak-suspected');
    // A pair or two of a hundred change nothing.
    const few = { ...signals, leakedValidation: 4 };
    expect(diagnose(input(flat, 50, { signals: few })).code).toBe('good-fit');
  });

  it('suspects a leak where validation is better than training from the start', () => {
    const tooGood = {
      train: falling(0.2, 0.4),
      validation: (epoch: number) => 0.6 * falling(0.2, 0.4)(epoch),
      trainAccuracy: 0.8,
      validationAccuracy: 0.98,
    };
    expect(diagnose(input(tooGood, 40)).code).toBe('leak-suspected');
    // Copies make training harder on purpose; and ten photos can be lucky.
    const harder = { ...signals, trainingIsHarder: true };
    expect(diagnose(input(tooGood, 40, { signals: harder })).code).not.toBe('leak-suspected');
    const luck = { ...tooGood, validationAccuracy: 0.9 };
    expect(diagnose(input(luck, 40, { validationCount: 10 })).code).not.toBe('leak-suspected');
    const perfect = { ...tooGood, trainAccuracy: 0.99, validationAccuracy: 1 };
    expect(diagnose(input(perfect, 40)).code).not.toBe('leak-suspected');
  });

  it('suspects wrong labels where training photos are disputed, and says so beside overfitting', () => {
    const noisyLabels = { ...signals, disputedTraining: 9 };
    const result = diagnose(input(flat, 50, { signals: noisyLabels }));
    expect(result.code).toBe('noisy-labels');
    expect(result.suggestedKnobs).toEqual(['labels', 'labelSmoothing']);
    expect(result.also).toEqual([]);
    const over = { train: falling(0.1), validation: turning(20, 0.01) };
    const overfit = diagnose(input(over, 60, { signals: noisyLabels }));
    expect(overfit.code).toBe('overfitting');
    expect(overfit.also).toEqual(['noisy-labels']);
    const two = { ...signals, disputedTraining: 2 };
    expect(diagnose(input(flat, 50, { signals: two })).code).toBe('good-fit');
  });

  it('names two different knobs for every verdict', () => {
    const shapes = [
      input(flat, 50),
      input({ train: falling(0.1), validation: turning(20, 0.01) }, 60),
      input({ train: falling(0.02), validation: falling(0.018, 0.1) }, 30),
      input(flat, 50, { diverged: true }),
      input(flat, 50, { validationCount: 6 }),
    ];
    for (const shape of shapes) {
      const { suggestedKnobs } = diagnose(shape);
      expect(new Set(suggestedKnobs).size).toBe(2);
    }
  });
});
