import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type {
  CrossValidation,
  Evaluation,
  LearningCurveMeasurement,
} from '../../domain/evaluation.ts';
import { createRandom } from '../../domain/random.ts';
import type { TrainingData } from '../../protocol/engine-messages.ts';
import type { EvaluationPhotos } from '../../protocol/evaluation-messages.ts';
import { headLogits } from '../../domain/head-forward.ts';
import type { TrainOutcome } from '../../protocol/engine-messages.ts';
import { madeUpData, recordingContext, settings } from '../../testing/head-fixtures.ts';
import { openInNode } from '../../testing/node-backends.ts';
import { createHeadService } from '../head/head-service.ts';
import { createPlainHeadMath } from '../head/plain-head-math.ts';
import { createTensorHeadMath } from '../head/tensor-head-math.ts';
import { createEvaluateService } from './evaluate-service.ts';
import { gatherEmbeddings } from './gather-embeddings.ts';

const DATA = madeUpData({
  trainPerClass: 20,
  validationPerClass: 10,
  dim: 24,
  classCount: 3,
  separation: 3.2,
});
const HYPERPARAMETERS = settings({ epochs: 12 });

function photosOf(data: TrainingData): EvaluationPhotos {
  return { ...data, groups: Int32Array.from(data.labels, (_, row) => row) };
}

/** Every photo and its copy, which is in the group of the first. */
function twice(photos: EvaluationPhotos): EvaluationPhotos {
  return {
    ...photos,
    count: 2 * photos.count,
    embeddings: Float32Array.from([...photos.embeddings, ...photos.embeddings]),
    labels: Int32Array.from([...photos.labels, ...photos.labels]),
    groups: Int32Array.from([...photos.groups, ...photos.groups]),
  };
}

async function trainedHead(data: TrainingData): Promise<TrainOutcome> {
  const service = createHeadService({ createMath: createPlainHeadMath });
  const { context } = recordingContext();
  await service['head/load-data'](data, context);
  const request = { runId: 'run', dataKey: data.dataKey, hyperparameters: HYPERPARAMETERS };
  return (await service['head/train'](request, context)) as TrainOutcome;
}

async function crossValidated(
  photos: EvaluationPhotos,
  folds = 5,
  service = createEvaluateService(() => createPlainHeadMath),
) {
  const recorded = recordingContext();
  const reply = await service['evaluate/cross-validate'](
    {
      jobId: 'job',
      photos,
      folds,
      seed: 1,
      epochs: 12,
      hyperparameters: HYPERPARAMETERS,
    },
    recorded.context,
  );
  return { reply: reply as { result: CrossValidation } | { problem: { code: string } }, recorded };
}

function resultOf(reply: { result: CrossValidation } | { problem: object }): CrossValidation {
  if (!('result' in reply)) throw new Error('a problem instead of a result');
  return reply.result;
}

beforeAll(() => openInNode('wasm'));

describe('evaluate/judge', () => {
  it('counts what the head answers, beside likeness and luck, on the same photos', async () => {
    const { bestHead } = await trainedHead(DATA);
    const photos = photosOf(DATA);
    const service = createEvaluateService(() => createPlainHeadMath);
    const evaluation = (await service['evaluate/judge'](
      {
        jobId: 'job',
        photos,
        head: bestHead,
        trainRows: DATA.trainRows,
        validationRows: DATA.validationRows,
        judgedRows: DATA.validationRows,
        seed: 1,
      },
      recordingContext().context,
    )) as Evaluation;
    const logits = headLogits(bestHead, gatherEmbeddings(DATA, DATA.validationRows), 30);
    evaluation.rows.forEach((row, index) => {
      const own = logits.subarray(index * 3, index * 3 + 3);
      expect(row.answer).toBe(own.indexOf(Math.max(...own)));
      expect(row.row).toBe(DATA.validationRows[index]);
      expect(row.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
      expect(row.nearest).toHaveLength(5);
      expect(row.nearest.every((near) => DATA.trainRows.includes(near))).toBe(true);
    });
    const { scorecard, contenders, calibration } = evaluation;
    expect(scorecard.hits).toBe(
      evaluation.rows.filter(({ truth, answer }) => truth === answer).length,
    );
    expect(contenders.map(({ id }) => id)).toEqual([
      'model',
      'neighbours',
      'class-mean',
      'largest-class',
      'random',
    ]);
    const accuracyOf = (id: string): number =>
      contenders.find((each) => each.id === id)?.accuracy.value ?? NaN;
    expect(accuracyOf('model')).toBe(scorecard.accuracy.value);
    expect(accuracyOf('largest-class')).toBeCloseTo(1 / 3, 12);
    expect(accuracyOf('model')).toBeGreaterThan(0.6);
    expect(accuracyOf('class-mean')).toBeGreaterThan(0.6);
    expect(calibration).toMatchObject({ fittedOn: 30, onSamePhotos: true });
  });
});

describe('the limit of what is familiar', () => {
  it('does not hang on a few validation photos that happen to be close, nor on copies', async () => {
    const { bestHead } = await trainedHead(DATA);
    const doubled = twice(photosOf(DATA));
    const trainRows = Int32Array.from([...DATA.trainRows, ...DATA.trainRows.map((r) => r + 90)]);
    const service = createEvaluateService(() => createPlainHeadMath);
    const judgedOn = (validationRows: Int32Array): Promise<Evaluation> =>
      service['evaluate/judge'](
        {
          jobId: 'job',
          photos: doubled,
          head: bestHead,
          trainRows,
          validationRows,
          judgedRows: validationRows,
          seed: 1,
        },
        recordingContext().context,
      ) as Promise<Evaluation>;
    const { rows } = await judgedOn(DATA.validationRows);
    const byDistance = rows.toSorted((a, b) => a.strangeness - b.strangeness);
    const close = byDistance.slice(0, 10);
    const { abstention } = await judgedOn(Int32Array.from(close, ({ row }) => row));
    const limit = abstention.suggested.strangenessLimit ?? NaN;
    const within = rows.filter(({ strangeness }) => strangeness <= limit).length;
    expect(within).toBeGreaterThanOrEqual(0.8 * rows.length);
    expect(limit).toBeLessThan(1.2 * (byDistance.at(-1)?.strangeness ?? NaN));
  });
});

describe('evaluate/cross-validate', () => {
  it('judges every photo once, never by its own fold or its own copies', async () => {
    const doubled = twice(photosOf(DATA));
    const result = resultOf((await crossValidated(doubled)).reply);
    expect(result.rows.map(({ row }) => row).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 180 }, (_, row) => row),
    );
    for (const { row, nearest } of result.rows) {
      expect(nearest.some((near) => near % 90 === row % 90)).toBe(false);
    }
    expect(result.scorecard).toMatchObject({ photos: 180, groups: 90 });
  });

  it('is the same for the same seed, and close on the tensor path', async () => {
    const photos = photosOf(DATA);
    const plain = resultOf((await crossValidated(photos)).reply);
    expect(resultOf((await crossValidated(photos)).reply)).toEqual(plain);
    const before = memory().numTensors;
    const tensors = createEvaluateService(() => createTensorHeadMath);
    const tensor = resultOf((await crossValidated(photos, 5, tensors)).reply);
    expect(memory().numTensors).toBe(before);
    expect(tensor.scorecard.hits).toBe(plain.scorecard.hits);
    expect(tensor.scorecard.logLoss.value).toBeCloseTo(plain.scorecard.logLoss.value, 3);
  });

  it('finds labels that were swapped', async () => {
    const easy = photosOf(
      madeUpData({
        trainPerClass: 30,
        validationPerClass: 10,
        dim: 30,
        classCount: 3,
        separation: 6,
      }),
    );
    const flipped = new Set([3, 17, 40, 66, 91, 110]);
    const labels = easy.labels.map((label, row) => (flipped.has(row) ? (label + 1) % 3 : label));
    const { labelCheck } = resultOf((await crossValidated({ ...easy, labels })).reply);
    const top = labelCheck.suspects.slice(0, 6).map(({ row }) => row);
    expect(top.filter((row) => flipped.has(row)).length).toBeGreaterThanOrEqual(5);
  });

  it.each([1, 2, 3])('finds one label in ten that was changed (data %i)', async (seed) => {
    const made = { trainPerClass: 60, validationPerClass: 0, dim: 24, classCount: 3, seed };
    const data = madeUpData({ ...made, separation: 6 });
    const random = createRandom(seed);
    const flipped = new Set(random.shuffle([...data.labels.keys()]).slice(0, 18));
    const labels = data.labels.map((label, row) =>
      flipped.has(row) ? (label + 1 + random.int(2)) % 3 : label,
    );
    const { reply } = await crossValidated(photosOf({ ...data, labels }));
    const { suspects, estimatedErrors } = resultOf(reply).labelCheck;
    const found = suspects.filter(({ row }) => flipped.has(row)).length;
    expect(found / flipped.size).toBeGreaterThanOrEqual(0.7);
    expect(found / suspects.length).toBeGreaterThanOrEqual(0.5);
    expect(estimatedErrors).toBeGreaterThan(8);
    for (const { labelShare, suggestedShare, margin } of suspects) {
      expect(labelShare - suggestedShare).toBeCloseTo(margin, 6);
    }
  });

  it('explains instead of judging when photos are too few or all of one group', async () => {
    const photos = photosOf(DATA);
    const oneGroup = { ...photos, groups: new Int32Array(90) };
    expect((await crossValidated(oneGroup)).reply).toMatchObject({
      problem: { code: 'too-few-groups' },
    });
    const oneClass = { ...photos, labels: new Int32Array(90) };
    expect((await crossValidated(oneClass)).reply).toMatchObject({
      problem: { code: 'one-class' },
    });
  });

  it('reports progress and stops when cancelled', async () => {
    const photos = photosOf(DATA);
    const { recorded } = await crossValidated(photos);
    const done = recorded.events.flatMap((event) =>
      event.type === 'evaluate/progress' ? [event.done] : [],
    );
    // Five folds, then the label check photo by photo.
    expect(done.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(6);

    const cancelled = recordingContext();
    cancelled.abort.abort();
    await expect(
      createEvaluateService(() => createPlainHeadMath)['evaluate/cross-validate'](
        {
          jobId: 'job',
          photos,
          folds: 5,
          seed: 1,
          epochs: 500,
          hyperparameters: settings({ epochs: 500 }),
        },
        cancelled.context,
      ),
    ).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('evaluate/learning-curve', () => {
  it('measures rising sizes with falling errors, and every class', async () => {
    const service = createEvaluateService(() => createPlainHeadMath);
    const reply = await service['evaluate/learning-curve'](
      {
        jobId: 'job',
        photos: photosOf(DATA),
        folds: 4,
        seed: 1,
        epochs: 12,
        hyperparameters: HYPERPARAMETERS,
      },
      recordingContext().context,
    );
    if (!('result' in reply)) throw new Error('no result');
    const { points, classGains } = (reply as { result: LearningCurveMeasurement }).result;
    const sizes = points.map(({ photos }) => photos);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(new Set(sizes).size).toBe(5);
    expect(points.every(({ errors }) => errors.length === 4)).toBe(true);
    const meanOf = (errors: readonly number[] = []): number =>
      errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(meanOf(points.at(-1)?.errors)).toBeLessThan(meanOf(points[0]?.errors));
    expect(classGains.map(({ classIndex }) => classIndex).sort()).toEqual([0, 1, 2]);
  });
});
