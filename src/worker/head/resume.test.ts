/** A run that was interrupted and goes on is the run that was not. */
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import type { EpochMetrics } from '../../domain/metrics.ts';
import type { ResumePoint } from '../../domain/unfinished-run.ts';
import type { EngineRequestMap, TrainOutcome } from '../../protocol/engine-messages.ts';
import { madeUpData, recordingContext, settings } from '../../testing/head-fixtures.ts';
import { openInNode } from '../../testing/node-backends.ts';
import type { CreateHeadMath } from './head-math.ts';
import { createHeadService } from './head-service.ts';
import { createPlainHeadMath } from './plain-head-math.ts';
import { createTensorHeadMath } from './tensor-head-math.ts';

const DATA = madeUpData({
  trainPerClass: 11,
  validationPerClass: 6,
  dim: 20,
  classCount: 3,
  separation: 1.5,
});

interface Trained {
  readonly outcome: TrainOutcome;
  readonly curve: readonly EpochMetrics[];
  readonly points: readonly ResumePoint[];
}

async function train(
  changes: Partial<Hyperparameters>,
  createMath: CreateHeadMath,
  extra: Partial<EngineRequestMap['head/train']['in']> = {},
): Promise<Trained> {
  const service = createHeadService({ createMath });
  const { events, context } = recordingContext();
  await service['head/load-data'](DATA, context);
  const request = { runId: 'run', dataKey: DATA.dataKey, hyperparameters: settings(changes) };
  const outcome = (await service['head/train']({ ...request, ...extra }, context)) as TrainOutcome;
  return {
    outcome,
    curve: events.flatMap((event) => (event.type === 'train/epoch' ? [event.metrics] : [])),
    points: events.flatMap((event) => (event.type === 'train/point' ? [event.point] : [])),
  };
}

const EVERY_EPOCH = { afterMs: 0, everyMs: 0, bytesPerMs: Infinity };
const withoutTime = (curve: readonly EpochMetrics[]) =>
  curve.map((metrics) => ({ ...metrics, elapsedMs: 0 }));

const CASES: readonly [string, Partial<Hyperparameters>][] = [
  ['linear, adam', { epochs: 12 }],
  [
    'hidden layer, dropout, adamw',
    { hiddenUnits: 8, dropout: 0.4, optimizer: 'adamw', weightDecay: 0.01, epochs: 12 },
  ],
  [
    'momentum, a schedule and warm-up',
    { optimizer: 'momentum', momentum: 0.9, schedule: 'cosine', warmup: 0.1, epochs: 12 },
  ],
  [
    'rmsprop with clipping',
    { optimizer: 'rmsprop', gradientClip: 0.5, hiddenUnits: 4, epochs: 12 },
  ],
  ['plain sgd', { optimizer: 'sgd', epochs: 12 }],
  [
    'early stopping',
    { earlyStopping: true, patience: 8, minDelta: 0, epochs: 60, learningRate: 0.1 },
  ],
];

beforeAll(() => openInNode('cpu'));

describe.each<[string, CreateHeadMath]>([
  ['plain', createPlainHeadMath],
  ['tensors on cpu', createTensorHeadMath],
])('going on with %s', (_name, createMath) => {
  it.each(CASES)(
    'gives the same curve, the same stop and the same head: %s',
    async (_case, changes) => {
      const whole = await train(changes, createMath, { points: EVERY_EPOCH });
      const epochs = whole.outcome.epochsDone;
      expect(whole.points.length).toBeGreaterThan(4);
      for (const at of [1, Math.floor(epochs / 2), whole.points.length]) {
        // Through a clone, as it goes through the database.
        const point = structuredClone(whole.points.find(({ epoch }) => epoch === at));
        if (point === undefined) throw new Error(`no point at ${String(at)}`);
        const metrics = whole.curve.slice(0, at);
        const rest = await train(changes, createMath, { resume: { point, metrics } });
        expect(withoutTime([...metrics, ...rest.curve])).toEqual(withoutTime(whole.curve));
        const { end, epochsDone, bestEpoch, stoppedEpoch, steps, bestHead } = rest.outcome;
        const { outcome } = whole;
        expect({ end, epochsDone, bestEpoch, stoppedEpoch, steps }).toEqual({
          end: outcome.end,
          epochsDone: outcome.epochsDone,
          bestEpoch: outcome.bestEpoch,
          stoppedEpoch: outcome.stoppedEpoch,
          steps: outcome.steps,
        });
        expect(bestHead).toEqual(outcome.bestHead);
      }
    },
  );

  it('leaves no tensors behind, and its clock goes on', async () => {
    const whole = await train({ epochs: 6 }, createMath, { points: EVERY_EPOCH });
    const before = memory().numTensors;
    const [, second] = whole.points;
    if (second === undefined) throw new Error('no point');
    const point = { ...second, elapsedMs: 5_000 };
    const resume = { point, metrics: whole.curve.slice(0, 2) };
    const rest = await train({ epochs: 6 }, createMath, { resume });
    expect(memory().numTensors).toBe(before);
    expect(rest.outcome.elapsedMs).toBeGreaterThan(5_000);
  });
});

describe('points', () => {
  it('are not taken from a short run', async () => {
    const { points } = await train({ epochs: 5 }, createPlainHeadMath, {
      points: { ...EVERY_EPOCH, afterMs: 60_000 },
    });
    expect(points).toEqual([]);
  });

  it('are not taken more often than asked', async () => {
    const { points } = await train({ epochs: 50 }, createPlainHeadMath, {
      points: { ...EVERY_EPOCH, everyMs: 3_600_000 },
    });
    expect(points.length).toBeLessThan(2);
  });

  it('of a large head are taken less often', async () => {
    const { points } = await train({ epochs: 50 }, createPlainHeadMath, {
      points: { ...EVERY_EPOCH, bytesPerMs: 1e-6 },
    });
    expect(points).toHaveLength(1);
  });

  it('of other settings or damaged ones are refused', async () => {
    const { points, curve } = await train({ epochs: 4 }, createPlainHeadMath, {
      points: EVERY_EPOCH,
    });
    const [point] = points;
    if (point === undefined) throw new Error('no point');
    const metrics = curve.slice(0, 1);
    const refused = (resume: { point: ResumePoint; metrics: readonly EpochMetrics[] }) =>
      expect(
        train({ epochs: 4, hiddenUnits: resume.point === point ? 6 : 0 }, createPlainHeadMath, {
          resume,
        }),
      ).rejects.toMatchObject({ code: 'bad-request' });
    await refused({ point, metrics });
    await refused({ point: { ...point, order: Int32Array.of(0) }, metrics });
    await refused({ point: { ...point, layers: [] }, metrics });
    await refused({ point: { ...point, epoch: 2 }, metrics });
  });
});
