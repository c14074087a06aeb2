import { describe, expect, it } from 'vitest';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import type { RateSweep } from '../../domain/learning-rate-range.ts';
import type { TrainOutcome } from '../../protocol/engine-messages.ts';
import { madeUpData, recordingContext, settings } from '../../testing/head-fixtures.ts';
import { createHeadService } from './head-service.ts';
import { createPlainHeadMath } from './plain-head-math.ts';

const data = madeUpData({
  trainPerClass: 60,
  validationPerClass: 30,
  dim: 48,
  classCount: 3,
  separation: 2,
});

async function service() {
  const head = createHeadService({ createMath: createPlainHeadMath });
  const { events, context, abort } = recordingContext();
  await head['head/load-data'](data, context);
  const find = (hyperparameters: Hyperparameters) =>
    head['head/find-rate']({ dataKey: data.dataKey, hyperparameters }, context) as Promise<{
      sweep: RateSweep;
    }>;
  return { head, events, context, abort, find };
}

/** Training loss after 5 epochs: what a rate is worth. */
async function lossWith(learningRate: number, changes: Partial<Hyperparameters>): Promise<number> {
  const { head, events, context } = await service();
  const hyperparameters = settings({ ...changes, learningRate, epochs: 5 });
  (await head['head/train'](
    { runId: 'r', dataKey: data.dataKey, hyperparameters },
    context,
  )) as TrainOutcome;
  const losses = events.flatMap((event) =>
    event.type === 'train/epoch' ? [event.metrics.trainLoss] : [],
  );
  return losses.at(-1) ?? Infinity;
}

describe('head/find-rate', () => {
  it.each([
    { optimizer: 'adam' },
    { optimizer: 'adamw', hiddenUnits: 16 },
    { optimizer: 'momentum' },
    { optimizer: 'sgd' },
  ] as const)(
    'suggests a rate that beats much smaller and much larger ones: %o',
    async (changes) => {
      const { find } = await service();
      const { sweep } = await find(settings(changes));
      const rate = sweep.suggestion?.rate ?? NaN;
      const [at, smaller, larger] = await Promise.all([
        lossWith(rate, changes),
        lossWith(rate / 30, changes),
        lossWith(rate * 300, changes),
      ]);
      expect(at).toBeLessThan(smaller);
      expect(at).toBeLessThan(larger);
    },
  );

  it('gives the same curve for the same seed, and leaves no trace in runs', async () => {
    const { find, head, context } = await service();
    const first = await find(settings({ dropout: 0.2 }));
    const second = await find(settings({ dropout: 0.2 }));
    expect(second.sweep.points).toEqual(first.sweep.points);
    expect(head['head/checkpoint']({ runId: '', epoch: 1 }, context)).toEqual({ head: null });
  });

  it('takes settings a small set cannot fill: one row, a batch larger than the set', async () => {
    const tiny = { ...data, trainRows: data.trainRows.slice(0, 1), dataKey: 'tiny' };
    const { head, context } = await service();
    await head['head/load-data'](tiny, context);
    const request = { dataKey: 'tiny', hyperparameters: settings({ batchSize: 1024 }) };
    const { sweep } = (await head['head/find-rate'](request, context)) as { sweep: RateSweep };
    expect(sweep.points.length).toBeGreaterThan(5);
  });

  it('refuses other data, and ends when it is cancelled', async () => {
    const { head, context, abort, find } = await service();
    const other = { dataKey: 'other', hyperparameters: settings() };
    await expect(head['head/find-rate'](other, context)).rejects.toMatchObject({
      code: 'data-not-loaded',
    });
    abort.abort();
    await expect(find(settings())).rejects.toMatchObject({ code: 'aborted' });
  });
});
