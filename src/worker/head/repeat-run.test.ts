/** The real trainers, twice each: on one backend a repeat has to come out equal to the last bit. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import { compareRepeat } from '../../domain/repeat-comparison.ts';
import type { TrainOutcome } from '../../protocol/engine-messages.ts';
import { madeUpData, recordingContext, settings } from '../../testing/head-fixtures.ts';
import { openInNode } from '../../testing/node-backends.ts';
import type { CreateHeadMath } from './head-math.ts';
import { createHeadService } from './head-service.ts';
import { createPlainHeadMath } from './plain-head-math.ts';
import { createTensorHeadMath } from './tensor-head-math.ts';

async function recorded(createMath: CreateHeadMath, changes: Partial<Hyperparameters>) {
  const data = madeUpData({
    trainPerClass: 15,
    validationPerClass: 8,
    dim: 24,
    classCount: 3,
    separation: 2,
  });
  const service = createHeadService({ createMath });
  const { events, context } = recordingContext();
  await service['head/load-data'](data, context);
  const hyperparameters = settings({ epochs: 12, hiddenUnits: 8, dropout: 0.3, ...changes });
  const request = { runId: 'run', dataKey: data.dataKey, hyperparameters };
  const outcome = (await service['head/train'](request, context)) as TrainOutcome;
  const metrics = events.flatMap((event) => (event.type === 'train/epoch' ? [event.metrics] : []));
  const { bestHead: head, bestEpoch } = outcome;
  return { id: 'run', name: 'Run', metrics, head, bestEpoch };
}

describe.each([
  ['cpu', createPlainHeadMath],
  ['wasm', createTensorHeadMath],
] as const)('a run repeated on %s', (backend, createMath) => {
  beforeAll(() => openInNode(backend));

  it('is identical: every loss, every accuracy, every weight', async () => {
    const [first, second] = [await recorded(createMath, {}), await recorded(createMath, {})];
    expect(compareRepeat(first, second)).toMatchObject({
      identical: true,
      comparedEpochs: 12,
      weightGap: 0,
    });
  });

  it('is not identical with another seed', async () => {
    const [first, other] = [
      await recorded(createMath, {}),
      await recorded(createMath, { seed: 2 }),
    ];
    expect(compareRepeat(first, other)).toMatchObject({ identical: false, firstDifference: 1 });
  });
});
