import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { headLogits } from '../../domain/head-forward.ts';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import type { EpochMetrics } from '../../domain/metrics.ts';
import { headOfEpoch } from '../../domain/head-history.ts';
import type { HeadWeights } from '../../domain/head.ts';
import { lossAndAccuracy } from '../../domain/classification-metrics.ts';
import { applyEarlyStopping } from '../../domain/early-stopping.ts';
import type { TrainingData, TrainOutcome } from '../../protocol/engine-messages.ts';
import { madeUpData, recordingContext, settings } from '../../testing/head-fixtures.ts';
import { openInNode } from '../../testing/node-backends.ts';
import { valueOf } from '../dispatch.ts';
import type { CreateHeadMath } from './head-math.ts';
import { createHeadService, type HeadHandlers } from './head-service.ts';
import { createPlainHeadMath } from './plain-head-math.ts';
import { createTensorHeadMath } from './tensor-head-math.ts';

const EASY = madeUpData({
  trainPerClass: 12,
  validationPerClass: 6,
  dim: 20,
  classCount: 3,
  separation: 4,
});
/** Little to learn and much to memorise: validation loss turns up. */
const NOISE = madeUpData({
  trainPerClass: 10,
  validationPerClass: 10,
  dim: 40,
  classCount: 2,
  separation: 1.2,
  seed: 5,
});

interface Finished {
  readonly outcome: TrainOutcome;
  readonly curve: readonly EpochMetrics[];
  readonly service: HeadHandlers;
}

async function train(
  data: TrainingData,
  changes: Partial<Hyperparameters> = {},
  createMath?: CreateHeadMath,
): Promise<Finished> {
  const service = createHeadService(createMath === undefined ? {} : { createMath });
  const { events, context } = recordingContext();
  await service['head/load-data'](data, context);
  const request = { runId: 'run', dataKey: data.dataKey, hyperparameters: settings(changes) };
  const outcome = (await service['head/train'](request, context)) as TrainOutcome;
  const curve = events.flatMap((event) => (event.type === 'train/epoch' ? [event.metrics] : []));
  return { outcome, curve, service };
}

function lossOf(head: HeadWeights, data: TrainingData, rows: Int32Array): number {
  const x = new Float32Array(rows.length * data.dim);
  rows.forEach((row, i) =>
    x.set(data.embeddings.subarray(row * data.dim, (row + 1) * data.dim), i * data.dim),
  );
  const labels = rows.map((row) => data.labels[row]!);
  return lossAndAccuracy(headLogits(head, x, rows.length), labels, data.classCount)?.loss ?? NaN;
}

const withoutTime = (curve: readonly EpochMetrics[]) =>
  curve.map((metrics) => ({ ...metrics, elapsedMs: 0 }));

beforeAll(() => openInNode('wasm'));

describe.each<[string, CreateHeadMath]>([
  ['plain', createPlainHeadMath],
  ['tensors on wasm', createTensorHeadMath],
])('training with %s', (_name, createMath) => {
  it('learns, tells each epoch once in order, and returns a head with the losses it reported', async () => {
    const { outcome, curve } = await train(EASY, { epochs: 12, hiddenUnits: 8 }, createMath);
    expect(curve.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(curve.at(-1)!.trainLoss).toBeLessThan(curve[0]!.trainLoss / 2);
    expect(outcome).toMatchObject({
      end: 'completed',
      epochsDone: 12,
      steps: 12 * 5,
      stoppedEpoch: null,
    });
    const best = curve[outcome.bestEpoch - 1]!;
    expect(lossOf(outcome.bestHead, EASY, EASY.validationRows)).toBeCloseTo(
      best.validationLoss!,
      4,
    );
    expect(lossOf(outcome.bestHead, EASY, EASY.trainRows)).toBeCloseTo(best.trainLoss, 4);
  });

  it('gives the same curve bit for bit for the same seed, another for another', async () => {
    const chosen = { hiddenUnits: 6, dropout: 0.3, epochs: 4 };
    const first = await train(EASY, chosen, createMath);
    const again = await train(EASY, chosen, createMath);
    const other = await train(EASY, { ...chosen, seed: 2 }, createMath);
    expect(withoutTime(again.curve)).toEqual(withoutTime(first.curve));
    expect(again.outcome.bestHead).toEqual(first.outcome.bestHead);
    expect(withoutTime(other.curve)).not.toEqual(withoutTime(first.curve));
  });

  it('keeps every epoch, and restores the arg-best when the rule stops it', async () => {
    const chosen = { earlyStopping: true, patience: 3, epochs: 200, learningRate: 0.03 };
    const { outcome, curve, service } = await train(NOISE, chosen, createMath);
    expect(outcome.end).toBe('early-stopped');
    expect(outcome.stoppedEpoch).toBe(curve.length);
    expect(applyEarlyStopping(curve, settings(chosen))).toEqual({
      bestEpoch: outcome.bestEpoch,
      stoppedEpoch: outcome.stoppedEpoch,
    });
    const losses = curve.map(({ validationLoss }) => validationLoss!);
    expect(outcome.bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
    const { context } = recordingContext();
    for (const { epoch, validationLoss } of curve) {
      const answer = await service['head/checkpoint']({ runId: 'run', epoch }, context);
      const { head } = answer as { head: HeadWeights };
      expect(lossOf(head, NOISE, NOISE.validationRows)).toBeCloseTo(validationLoss!, 4);
    }
    expect(lossOf(outcome.bestHead, NOISE, NOISE.validationRows)).toBeCloseTo(
      Math.min(...losses),
      4,
    );
  });

  it('hands out the heads of all epochs at once, as each was', async () => {
    const { curve, service } = await train(EASY, { hiddenUnits: 4, epochs: 6 }, createMath);
    const { context } = recordingContext();
    const request = { runId: 'run', budgetBytes: 1e6, important: [] };
    const { history } = valueOf(await service['head/history'](request, context));
    if (history === null) throw new Error('no history');
    expect(history.epochs).toEqual([1, 2, 3, 4, 5, 6]);
    for (const { epoch, validationLoss } of curve) {
      const head = headOfEpoch(history, epoch)!;
      expect(lossOf(head, EASY, EASY.validationRows)).toBeCloseTo(validationLoss!, 4);
    }
    const nobody = await service['head/history']({ ...request, runId: 'nobody' }, context);
    expect(valueOf(nobody)).toEqual({ history: null });
  });

  it('thins them to the budget, but keeps what is asked for and the last', async () => {
    const { service } = await train(EASY, { epochs: 60 }, createMath);
    const { context } = recordingContext();
    const request = { runId: 'run', budgetBytes: 1, important: [17, 41] };
    const { history } = valueOf(await service['head/history'](request, context));
    if (history === null) throw new Error('no history');
    expect(history.epochs).toHaveLength(8);
    expect(history.epochs).toEqual(expect.arrayContaining([17, 41, 60]));
  });

  it('in teaching mode goes on past the stop but restores what stopping would have', async () => {
    const chosen = { earlyStopping: true, patience: 3, epochs: 40, learningRate: 0.03 };
    const stopped = await train(NOISE, chosen, createMath);
    const taught = await train(NOISE, { ...chosen, continueAfterStop: true }, createMath);
    expect(taught.outcome.end).toBe('completed');
    expect(taught.curve).toHaveLength(40);
    expect(taught.outcome.stoppedEpoch).toBe(stopped.outcome.stoppedEpoch);
    expect(taught.outcome.bestHead).toEqual(stopped.outcome.bestHead);
    expect(taught.curve.at(-1)!.validationLoss!).toBeGreaterThan(
      stopped.curve.at(-1)!.validationLoss!,
    );
  });

  it('ends as diverged when numbers blow up, with the last good epoch kept', async () => {
    const broken: CreateHeadMath = (inputs) => {
      const math = createMath(inputs);
      let epochs = 0;
      return {
        ...math,
        beginEpoch: (order) => {
          epochs += 1;
          math.beginEpoch(order);
        },
        step: (step) => math.step(epochs < 4 ? step : { ...step, learningRate: 1e38 }),
      };
    };
    const { outcome, curve } = await train(EASY, { epochs: 20, optimizer: 'sgd' }, broken);
    expect(outcome.end).toBe('diverged');
    expect(outcome.epochsDone).toBe(3);
    expect(curve).toHaveLength(3);
    expect(outcome.bestEpoch).toBe(3);
    expect(outcome.bestHead.outputKernel.every(Number.isFinite)).toBe(true);
  });

  it('takes 2 photos, no validation, 200 classes, and batches larger than the set', async () => {
    const two = madeUpData({
      trainPerClass: 1,
      validationPerClass: 0,
      dim: 6,
      classCount: 2,
      separation: 3,
    });
    const small = await train(two, { batchSize: 1024, epochs: 3, earlyStopping: true }, createMath);
    expect(small.outcome).toMatchObject({
      end: 'completed',
      bestEpoch: 3,
      steps: 3,
      stoppedEpoch: null,
    });
    expect(small.curve[0]!.validationLoss).toBeNull();
    const many = madeUpData({
      trainPerClass: 2,
      validationPerClass: 1,
      dim: 12,
      classCount: 200,
      separation: 12,
    });
    const wide = await train(many, { batchSize: 64, epochs: 6, learningRate: 0.05 }, createMath);
    expect(wide.outcome.steps).toBe(6 * 7);
    expect(wide.curve.at(-1)!.trainAccuracy).toBeGreaterThan(0.5);
  });

  it('leaves no tensor behind', async () => {
    const before = memory().numTensors;
    await train(
      EASY,
      {
        hiddenUnits: 5,
        dropout: 0.2,
        gradientClip: 1,
        balanceClasses: true,
        optimizer: 'adamw',
        weightDecay: 0.1,
      },
      createMath,
    );
    expect(memory().numTensors).toBe(before);
  });
});

describe('agreement of implementations', () => {
  it.each<[string, Partial<Hyperparameters>]>([
    ['linear, adamw', { optimizer: 'adamw', weightDecay: 0.1 }],
    ['linear with dropout, momentum', { optimizer: 'momentum', dropout: 0.4, learningRate: 0.01 }],
    ['hidden with dropout, adam', { hiddenUnits: 9, dropout: 0.3 }],
    [
      'hidden, rmsprop, clipped',
      { hiddenUnits: 9, optimizer: 'rmsprop', gradientClip: 0.5, learningRate: 0.001 },
    ],
  ])('%s: losses of plain, cpu and wasm within 1e-4', async (_name, chosen) => {
    const changes = { epochs: 8, ...chosen };
    const plain = await train(EASY, changes, createPlainHeadMath);
    const wasm = await train(EASY, changes, createTensorHeadMath);
    await openInNode('cpu');
    const cpu = await train(EASY, changes, createTensorHeadMath);
    await openInNode('wasm');
    for (const { curve } of [wasm, cpu]) {
      curve.forEach((metrics, index) => {
        const reference = plain.curve[index]!;
        expect(Math.abs(metrics.trainLoss - reference.trainLoss)).toBeLessThan(1e-4);
        expect(Math.abs(metrics.validationLoss! - reference.validationLoss!)).toBeLessThan(1e-4);
      });
    }
  });
});

describe('requests', () => {
  const long = { epochs: 5000, hiddenUnits: 64 };

  /** Starts a run that would take long, and waits for its first epoch. */
  async function startLong(service: HeadHandlers, runId: string) {
    const { events, abort, context } = recordingContext();
    await service['head/load-data'](EASY, context);
    const result = Promise.resolve(
      service['head/train'](
        { runId, dataKey: EASY.dataKey, hyperparameters: settings(long) },
        context,
      ),
    ) as Promise<TrainOutcome>;
    while (events.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    return { events, abort, context, result };
  }

  it('stop ends the run soon, with the best weights so far', async () => {
    const service = createHeadService();
    const { events, context, result } = await startLong(service, 'a');
    expect(await service['head/stop']({ runId: 'a' }, context)).toEqual({ stopped: true });
    const outcome = await result;
    expect(outcome.end).toBe('stopped');
    expect(outcome.epochsDone).toBe(events.length);
    expect(outcome.epochsDone).toBeLessThan(5000);
    expect(outcome.bestHead.outputKernel.every(Number.isFinite)).toBe(true);
    expect(await service['head/stop']({ runId: 'a' }, context)).toEqual({ stopped: false });
  });

  it('pause holds it, does not count as time, and stop works on a paused run', async () => {
    const service = createHeadService();
    const { events, context, result } = await startLong(service, 'a');
    expect(await service['head/pause']({ runId: 'a' }, context)).toEqual({ paused: true });
    await new Promise((resolve) => setTimeout(resolve, 60));
    const held = events.length;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(events.length).toBe(held);
    expect(await service['head/resume']({ runId: 'a' }, context)).toEqual({ paused: false });
    while (events.length === held) await new Promise((resolve) => setTimeout(resolve, 1));
    const last = events.at(-1);
    const before = events[held - 1];
    if (last?.type !== 'train/epoch' || before?.type !== 'train/epoch')
      throw new Error('no epochs');
    expect(last.metrics.elapsedMs - before.metrics.elapsedMs).toBeLessThan(150);
    await service['head/pause']({ runId: 'a' }, context);
    await service['head/stop']({ runId: 'a' }, context);
    expect((await result).end).toBe('stopped');
  });

  it('a cancelled run rejects with "aborted"; the next one waits its turn and runs', async () => {
    const service = createHeadService();
    const { abort, result } = await startLong(service, 'a');
    const { context } = recordingContext();
    const request = { runId: 'b', dataKey: EASY.dataKey, hyperparameters: settings() };
    const next = service['head/train'](request, context);
    abort.abort();
    await expect(result).rejects.toMatchObject({ code: 'aborted' });
    expect(await next).toMatchObject({ end: 'completed' });
  });

  it('refuses unknown data, impossible settings and a run id used twice', async () => {
    const { service } = await train(EASY);
    const { context } = recordingContext();
    const request = { runId: 'x', dataKey: EASY.dataKey, hyperparameters: settings() };
    const call = async (changes: object): Promise<unknown> =>
      service['head/train']({ ...request, ...changes }, context);
    await expect(call({ dataKey: 'none' })).rejects.toMatchObject({ code: 'data-not-loaded' });
    await expect(call({ hyperparameters: settings({ learningRate: NaN }) })).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('learningRate') as string,
    });
    await expect(call({ runId: 'run' })).rejects.toMatchObject({ code: 'bad-request' });
    expect(await service['head/checkpoint']({ runId: 'nobody', epoch: 1 }, context)).toEqual({
      head: null,
    });
  });

  it('a run stopped before its first epoch hands back the untrained head', async () => {
    const service = createHeadService();
    const { context } = recordingContext();
    await service['head/load-data'](EASY, context);
    const request = {
      runId: 'a',
      dataKey: EASY.dataKey,
      hyperparameters: settings({ hiddenUnits: 4 }),
    };
    const result = service['head/train'](request, context);
    await service['head/stop']({ runId: 'a' }, context);
    expect(await result).toMatchObject({ end: 'stopped', epochsDone: 0, bestEpoch: 0, steps: 0 });
  });
});
