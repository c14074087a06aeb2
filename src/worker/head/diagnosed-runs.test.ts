import { describe, expect, it } from 'vitest';
import { diagnose, type Diagnosis } from '../../domain/diagnosis.ts';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import type { TrainingData, TrainOutcome } from '../../protocol/engine-messages.ts';
import {
  madeUpData,
  recordingContext,
  settings,
  type MadeUpData,
} from '../../testing/head-fixtures.ts';
import { createHeadService } from './head-service.ts';
import { createPlainHeadMath } from './plain-head-math.ts';

/** Trains for real and reads the curves. */
async function diagnosed(
  data: TrainingData,
  changes: Partial<Hyperparameters>,
): Promise<Diagnosis & { lowestAt: number }> {
  const service = createHeadService({ createMath: createPlainHeadMath });
  const { events, context } = recordingContext();
  await service['head/load-data'](data, context);
  const hyperparameters = settings({ earlyStopping: false, ...changes });
  const request = { runId: 'run', dataKey: data.dataKey, hyperparameters };
  const outcome = (await service['head/train'](request, context)) as TrainOutcome;
  const metrics = events.flatMap((event) => (event.type === 'train/epoch' ? [event.metrics] : []));
  const diagnosis = diagnose({
    metrics,
    classCount: data.classCount,
    validationCount: data.validationRows.length,
    diverged: outcome.end === 'diverged',
  });
  return { ...diagnosis, lowestAt: outcome.bestEpoch };
}

const few: MadeUpData = {
  trainPerClass: 12,
  validationPerClass: 40,
  dim: 60,
  classCount: 2,
  separation: 1.5,
};
const plenty: MadeUpData = { ...few, trainPerClass: 200, dim: 8, separation: 3 };
const seeds = [1, 2, 3, 4, 5];

describe('diagnose on really trained curves', () => {
  it.each(seeds)(
    'few photos, many numbers: overfitting, near the lowest loss (data %i)',
    async (seed) => {
      const result = await diagnosed(madeUpData({ ...few, seed }), {
        epochs: 80,
        learningRate: 0.01,
      });
      expect(result.code).toBe('overfitting');
      expect(Math.abs((result.sinceEpoch ?? 0) - result.lowestAt)).toBeLessThanOrEqual(6);
    },
  );

  it.each(seeds)('plenty of photos and some weight decay: a good fit (data %i)', async (seed) => {
    const result = await diagnosed(madeUpData({ ...plenty, seed }), {
      epochs: 40,
      learningRate: 0.01,
      weightDecay: 0.02,
    });
    expect(result.code).toBe('good-fit');
  });

  it.each(seeds)('a tiny learning rate: still learning (data %i)', async (seed) => {
    const result = await diagnosed(madeUpData({ ...plenty, seed }), {
      epochs: 10,
      learningRate: 1e-4,
    });
    expect(result.code).toBe('still-learning');
  });

  it.each(seeds)('a huge learning rate: too high or diverging (data %i)', async (seed) => {
    const result = await diagnosed(madeUpData({ ...few, seed }), {
      epochs: 40,
      learningRate: 10,
      optimizer: 'sgd',
      batchSize: 2,
    });
    expect(['learning-rate-too-high', 'diverging']).toContain(result.code);
  });

  it('six validation photos: nobody can tell', async () => {
    const result = await diagnosed(madeUpData({ ...few, validationPerClass: 3 }), { epochs: 40 });
    expect(result.code).toBe('too-few-validation');
  });
});
