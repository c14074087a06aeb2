import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_HYPERPARAMETERS } from '../domain/hyperparameter-specs.ts';
import type { EpochMetrics } from '../domain/metrics.ts';
import { buildRun } from '../testing/build-project.ts';
import { ArchiveError } from './archive-error.ts';
import { readRunFile, toRunFile, writeRunFile } from './run-file.ts';

const measure = fc.oneof(
  fc.double(),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 0.1 + 0.2, Number.MIN_VALUE),
);
const metrics = fc.array(
  fc.record({
    trainLoss: measure,
    trainAccuracy: measure,
    validationLoss: fc.option(measure),
    validationAccuracy: fc.option(measure),
    learningRate: measure,
    elapsedMs: measure,
  }),
  { maxLength: 8 },
);

describe('a run as JSON', () => {
  it('comes back to the last bit, odd numbers included', () => {
    fc.assert(
      fc.property(metrics, fc.string({ maxLength: 100 }), (points, name) => {
        const run = buildRun('r', 'p', {
          name,
          metrics: points.map((point, i): EpochMetrics => ({ epoch: i + 1, ...point })),
          split: { seed: 3, validationShare: 0.2, testShare: 0 },
          photosFingerprint: 'f'.repeat(64),
        });
        expect(readRunFile(writeRunFile(run))).toEqual(toRunFile(run));
      }),
    );
  });

  it('holds no photo ids, no weights and no ids at all', () => {
    const json = writeRunFile(buildRun('secret-id', 'secret-project', { name: 'Run 1' }));
    for (const hidden of ['secret', '"p1"', 'class-a', 'outputKernel']) {
      expect(json).not.toContain(hidden);
    }
    expect(json).toContain('"Ants"');
  });

  const refusal = (text: string): unknown => {
    try {
      readRunFile(text);
    } catch (error) {
      return error instanceof ArchiveError ? [error.code, error.params['where']] : error;
    }
    return 'taken';
  };
  const changed = (change: object): string =>
    JSON.stringify({ ...toRunFile(buildRun('r', 'p')), ...change });

  it('is refused by name when it is something else, newer, or edited', () => {
    expect(refusal('nonsense')).toEqual(['edited', 'JSON']);
    expect(refusal('{"format":"other"}')).toEqual(['not-a-project', undefined]);
    expect(refusal(changed({ version: 2 }))).toEqual(['from-the-future', undefined]);
    expect(refusal(changed({ backend: 'abacus' }))).toEqual(['edited', 'backend']);
    expect(refusal(changed({ epochs: [{ epoch: 1 }] }))).toEqual(['edited', 'epochs.0.trainLoss']);
    const settings = { ...DEFAULT_HYPERPARAMETERS, learningRate: 1e9 };
    expect(refusal(changed({ settings }))).toEqual(['edited', 'settings.learningRate']);
  });

  it('is taken without a knob that came later', () => {
    const { seed: _seed, ...settings } = DEFAULT_HYPERPARAMETERS;
    expect(refusal(changed({ settings }))).toBe('taken');
  });
});
