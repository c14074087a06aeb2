import { describe, expect, it } from 'vitest';
import { headProbabilities } from '../../domain/head-forward.ts';
import { headOfEpoch, type HeadHistory } from '../../domain/head-history.ts';
import { disputedRows, epochsToAsk } from '../../domain/label-disputes.ts';
import { createRandom } from '../../domain/random.ts';
import type { TrainingData, TrainOutcome } from '../../protocol/engine-messages.ts';
import { madeUpData, recordingContext, settings } from '../../testing/head-fixtures.ts';
import { valueOf, type Out } from '../dispatch.ts';
import { createHeadService } from './head-service.ts';
import { createPlainHeadMath } from './plain-head-math.ts';

const CLASSES = 3;

/** Trains for real and gives the training rows whose labels the early heads dispute. */
async function disputedIn(data: TrainingData): Promise<readonly number[]> {
  const service = createHeadService({ createMath: createPlainHeadMath });
  const { context } = recordingContext();
  await service['head/load-data'](data, context);
  const hyperparameters = settings({ epochs: 30, earlyStopping: true, learningRate: 0.003 });
  const request = { runId: 'run', dataKey: data.dataKey, hyperparameters };
  const outcome = (await service['head/train'](request, context)) as TrainOutcome;
  const asked = { runId: 'run', budgetBytes: Infinity, important: [] };
  const { history } = valueOf(
    service['head/history'](asked, context) as Out<{ readonly history: HeadHistory }>,
  );
  const rows = data.trainRows;
  const x = new Float32Array(rows.length * data.dim);
  rows.forEach((row, i) => {
    x.set(data.embeddings.subarray(row * data.dim, (row + 1) * data.dim), i * data.dim);
  });
  const answers = epochsToAsk(history.epochs, outcome.bestEpoch, 6).flatMap((epoch) => {
    const head = headOfEpoch(history, epoch);
    return head === null ? [] : [headProbabilities(head, x, rows.length)];
  });
  const labels = rows.map((row) => data.labels[row] ?? 0);
  return disputedRows(answers, labels, CLASSES);
}

const made = {
  trainPerClass: 60,
  validationPerClass: 30,
  dim: 24,
  classCount: CLASSES,
  separation: 6,
};

describe('disputed labels of really trained heads', () => {
  it.each([1, 2, 3])('are mostly the ones that were changed (data %i)', async (seed) => {
    const clean = madeUpData({ ...made, seed });
    const labels = clean.labels.slice();
    const random = createRandom(seed);
    const wrong = new Set<number>();
    clean.trainRows.forEach((row, i) => {
      if (random.float() >= 0.1) return;
      labels[row] = ((labels[row] ?? 0) + 1 + random.int(CLASSES - 1)) % CLASSES;
      wrong.add(i);
    });
    const disputed = await disputedIn({ ...clean, labels });
    const hits = disputed.filter((row) => wrong.has(row)).length;
    expect(hits).toBeGreaterThanOrEqual(0.5 * wrong.size);
    expect(hits).toBeGreaterThanOrEqual(0.8 * disputed.length);
  });

  it.each([1, 2, 3])('are next to none where all labels are right (data %i)', async (seed) => {
    expect((await disputedIn(madeUpData({ ...made, seed }))).length).toBeLessThan(3);
  });
});
