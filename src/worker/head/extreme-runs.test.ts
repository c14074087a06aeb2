import { describe, expect, it } from 'vitest';
import type { HeadHistory } from '../../domain/head-history.ts';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import type { EpochMetrics } from '../../domain/metrics.ts';
import type { TrainingData, TrainOutcome } from '../../protocol/engine-messages.ts';
import { madeUpData, recordingContext, settings } from '../../testing/head-fixtures.ts';
import { valueOf, type Out } from '../dispatch.ts';
import { createHeadService, type HeadHandlers } from './head-service.ts';
import { createPlainHeadMath } from './plain-head-math.ts';

const BUDGET_BYTES = 256 * 1024;

async function train(
  data: TrainingData,
  changes: Partial<Hyperparameters>,
): Promise<{ outcome: TrainOutcome; curve: EpochMetrics[]; head: HeadHandlers }> {
  const head = createHeadService({
    createMath: createPlainHeadMath,
    checkpointBytes: BUDGET_BYTES,
  });
  const { events, context } = recordingContext();
  await head['head/load-data'](data, context);
  const request = { runId: 'run', dataKey: data.dataKey, hyperparameters: settings(changes) };
  const outcome = (await head['head/train'](request, context)) as TrainOutcome;
  const curve = events.flatMap((event) => (event.type === 'train/epoch' ? [event.metrics] : []));
  return { outcome, curve, head };
}

function historyOf(head: HeadHandlers): HeadHistory {
  const { context } = recordingContext();
  const request = { runId: 'run', budgetBytes: Infinity, important: [] };
  const { history } = valueOf(
    head['head/history'](request, context) as Out<{ readonly history: HeadHistory | null }>,
  );
  if (history === null) throw new Error('no history');
  return history;
}

const made = {
  trainPerClass: 4,
  validationPerClass: 2,
  dim: 12,
  classCount: 3,
  separation: 3,
} as const;

describe('runs at the edges', () => {
  it('5,000 epochs: every point of the curve, heads within the budget', async () => {
    const { outcome, curve, head } = await train(madeUpData(made), {
      epochs: 5000,
      hiddenUnits: 8,
      batchSize: 12,
    });
    expect(outcome).toMatchObject({ end: 'completed', epochsDone: 5000 });
    expect(curve).toHaveLength(5000);
    const history = historyOf(head);
    expect(history.weights.byteLength).toBeLessThanOrEqual(BUDGET_BYTES);
    expect(history.epochs.length).toBeGreaterThan(100);
    expect(history.epochs).toContain(outcome.bestEpoch);
    expect(history.epochs.at(-1)).toBe(5000);
  });

  it('two photos, none of them for validation', async () => {
    const data = madeUpData({ ...made, trainPerClass: 1, validationPerClass: 0, classCount: 2 });
    const { outcome, curve } = await train(data, { epochs: 30, earlyStopping: true });
    expect(outcome).toMatchObject({ end: 'completed', bestEpoch: 30, stoppedEpoch: null });
    expect(curve.at(-1)).toMatchObject({ validationLoss: null, validationAccuracy: null });
    expect(curve.at(-1)?.trainAccuracy).toBe(1);
  });

  it('a batch larger than the training set is the whole set', async () => {
    const { outcome, curve } = await train(madeUpData(made), { batchSize: 1024, epochs: 5 });
    expect(outcome.steps).toBe(5);
    const { curve: whole } = await train(madeUpData(made), { batchSize: 12, epochs: 5 });
    const losses = (points: readonly EpochMetrics[]) => points.map(({ trainLoss }) => trainLoss);
    expect(losses(curve)).toEqual(losses(whole));
  });

  it('a class without a validation photo, balanced classes on', async () => {
    const data = madeUpData(made);
    const validationRows = data.validationRows.filter((row) => data.labels[row] !== 2);
    const { outcome, curve } = await train(
      { ...data, validationRows },
      { epochs: 10, balanceClasses: true },
    );
    expect(outcome.end).toBe('completed');
    for (const { validationLoss } of curve) expect(Number.isFinite(validationLoss)).toBe(true);
  });

  it('200 classes of two photos', async () => {
    const data = madeUpData({ ...made, classCount: 200, trainPerClass: 1, validationPerClass: 1 });
    const { outcome, curve } = await train(data, { epochs: 10, labelSmoothing: 0.1 });
    expect(outcome.bestHead.outputBias).toHaveLength(200);
    expect(curve.at(-1)?.trainLoss).toBeLessThan(Math.log(200));
  });

  it('a loss that is no number ends the run with the best epoch before it', async () => {
    const { outcome, curve } = await train(madeUpData(made), {
      epochs: 200,
      optimizer: 'sgd',
      learningRate: 10,
      weightDecay: 10,
      hiddenUnits: 16,
    });
    expect(outcome.end).toBe('diverged');
    expect(outcome.epochsDone).toBe(curve.length);
    expect(outcome.epochsDone).toBeLessThan(200);
    expect(outcome.bestEpoch).toBeLessThanOrEqual(outcome.epochsDone);
    for (const value of outcome.bestHead.outputKernel) expect(Number.isFinite(value)).toBe(true);
    for (const { trainLoss } of curve) expect(Number.isFinite(trainLoss)).toBe(true);
  });
});
