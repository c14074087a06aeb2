import { describe, expect, it } from 'vitest';
import { diagnose, type DiagnosisCode } from '../../domain/diagnosis.ts';
import type { EpochMetrics } from '../../domain/metrics.ts';
import { PRESET_IDS, presetOf, presetSettings, type PresetId } from '../../domain/presets.ts';
import { validateHyperparameters } from '../../domain/hyperparameter-specs.ts';
import type { TrainOutcome } from '../../protocol/engine-messages.ts';
import { madeUpData, recordingContext, type MadeUpData } from '../../testing/head-fixtures.ts';
import { createHeadService } from './head-service.ts';
import { createPlainHeadMath } from './plain-head-math.ts';

interface Trained {
  readonly outcome: TrainOutcome;
  readonly curve: readonly EpochMetrics[];
  readonly code: DiagnosisCode;
  /** Validation loss of the head that is kept. */
  readonly keptLoss: number;
}

async function trainWith(preset: PresetId, made: MadeUpData): Promise<Trained> {
  const data = madeUpData(made);
  const service = createHeadService({ createMath: createPlainHeadMath });
  const { events, context } = recordingContext();
  await service['head/load-data'](data, context);
  const hyperparameters = presetSettings(preset, 1);
  const request = { runId: 'run', dataKey: data.dataKey, hyperparameters };
  const outcome = (await service['head/train'](request, context)) as TrainOutcome;
  const curve = events.flatMap((event) => (event.type === 'train/epoch' ? [event.metrics] : []));
  const { code } = diagnose({
    metrics: curve,
    classCount: data.classCount,
    validationCount: data.validationRows.length,
    diverged: outcome.end === 'diverged',
  });
  const keptLoss = curve.find(({ epoch }) => epoch === outcome.bestEpoch)?.validationLoss ?? NaN;
  return { outcome, curve, code, keptLoss };
}

/** About as hard as a real set: 40 photos to train on of each of three classes that overlap. */
const usual: MadeUpData = {
  trainPerClass: 40,
  validationPerClass: 30,
  dim: 48,
  classCount: 3,
  separation: 2.2,
};
/** Harder too, so that there is something to memorise. */
const few: MadeUpData = { ...usual, trainPerClass: 8, validationPerClass: 60, separation: 1.5 };
const seeds = [1, 2, 3];

describe('presets do what they say, on really trained curves', () => {
  it.each(seeds)('sensible: ends well, far below guessing (data %i)', async (seed) => {
    const { code, keptLoss, outcome } = await trainWith('sensible', { ...usual, seed });
    expect(['completed', 'early-stopped']).toContain(outcome.end);
    expect(['diverging', 'learning-rate-too-high', 'underfitting']).not.toContain(code);
    expect(keptLoss).toBeLessThan(0.85 * Math.log(3));
  });

  it.each([1, 2])(
    'make it overfit: every photo by heart, the others worse (data %i)',
    async (seed) => {
      const { code, curve } = await trainWith('overfit', { ...usual, seed });
      expect(code).toBe('overfitting');
      expect(curve.at(-1)?.trainAccuracy).toBe(1);
      const lowest = Math.min(...curve.map(({ validationLoss }) => validationLoss ?? NaN));
      expect(curve.at(-1)?.validationLoss ?? 0).toBeGreaterThan(1.2 * lowest);
    },
  );

  it.each(seeds)(
    'make it underfit: the training photos are not learned either (data %i)',
    async (seed) => {
      const { code } = await trainWith('underfit', { ...usual, seed });
      expect(code).toBe('underfitting');
    },
  );

  it.each(seeds)('make it diverge: the loss runs away (data %i)', async (seed) => {
    const { code } = await trainWith('diverge', { ...usual, seed });
    expect(['diverging', 'learning-rate-too-high']).toContain(code);
  });

  it('few photos: lower validation loss than with the sensible settings, far below overfitting', async () => {
    const totals = { 'few-photos': 0, sensible: 0, overfit: 0 };
    for (const seed of seeds) {
      for (const preset of ['few-photos', 'sensible', 'overfit'] as const) {
        const { curve } = await trainWith(preset, { ...few, seed });
        totals[preset] += curve.at(-1)?.validationLoss ?? NaN;
      }
    }
    expect(totals['few-photos']).toBeLessThan(totals.sensible);
    expect(totals['few-photos']).toBeLessThan(0.75 * totals.overfit);
  });
});

describe('presets as data', () => {
  it('are valid settings, keep the seed, and are recognised', () => {
    for (const id of PRESET_IDS) {
      const settings = presetSettings(id, 99);
      expect(validateHyperparameters(settings).ok).toBe(true);
      expect(settings.seed).toBe(99);
      expect(presetOf(settings)).toBe(id);
      expect(presetOf({ ...settings, batchSize: 77 })).toBeNull();
    }
  });
});
