/** Judges a trained head on photos it did not learn from, beside baselines on the same photos. */
import { fitTemperature } from '../../domain/calibration.ts';
import type { Evaluation } from '../../domain/evaluation.ts';
import { headLogits, softmaxRows } from '../../domain/head-forward.ts';
import { gatherEmbeddings } from './gather-embeddings.ts';
import type { EvaluationPhotos, EvaluationRequestMap } from '../../protocol/evaluation-messages.ts';
import { EngineError } from '../../protocol/errors.ts';
import { askNeighbours, largestClass } from './ask-neighbours.ts';
import { assemble, type Answers } from './assemble.ts';
import type { EvaluationTools } from './evaluation-tools.ts';

type JudgeRequest = EvaluationRequestMap['evaluate/judge']['in'];

export async function judge(
  request: JudgeRequest,
  tools: Pick<EvaluationTools, 'control' | 'createProducts'>,
): Promise<Evaluation> {
  const { photos, head, trainRows, validationRows, judgedRows, seed } = request;
  if (judgedRows.length === 0 || head.classCount !== photos.classCount) {
    throw new EngineError({
      code: 'bad-request',
      message: 'nothing to judge, or a head of other classes',
    });
  }
  const validationLogits = logitsOf(request, validationRows);
  const validationLabels = validationRows.map((row) => photos.labels[row] ?? 0);
  const fitted = fitTemperature(validationLogits, validationLabels, photos.classCount);
  const temperature = fitted ?? 1;
  const answer = async (rows: Int32Array): Promise<Answers> => {
    const logits = rows === validationRows ? validationLogits : logitsOf(request, rows);
    return {
      rows,
      logits,
      probabilities: softmaxRows(logits, photos.classCount, temperature),
      neighbours: await askNeighbours(photos, trainRows, rows, tools),
    };
  };
  const onSamePhotos = sameRows(judgedRows, validationRows);
  const judged = await answer(onSamePhotos ? validationRows : judgedRows);
  const chosenOn = onSamePhotos ? judged : await answer(validationRows);
  return assemble({
    photos,
    judged: {
      ...judged,
      largest: new Int32Array(judgedRows.length).fill(largestClass(photos, trainRows)),
    },
    chosenOn,
    familiar: await familiarDistances(photos, trainRows, chosenOn, tools),
    temperature: {
      value: temperature,
      fittedOn: fitted === null ? null : validationRows.length,
      onSamePhotos,
    },
    seed,
  });
}

/** The limit of what is familiar, from fewer photos, would be a matter of which ones validate. */
const ENOUGH_FOR_A_LIMIT = 100;

/**
 * How far photos like those it learned from lie from these: the validation photos and, where they are
 * few, training photos measured by all others, without their own near-duplicates.
 */
async function familiarDistances(
  photos: EvaluationPhotos,
  trainRows: Int32Array,
  validation: Answers,
  tools: Pick<EvaluationTools, 'control' | 'createProducts'>,
): Promise<readonly number[]> {
  const distances = validation.neighbours.map((each) => each.strangeness);
  const missing = ENOUGH_FOR_A_LIMIT - distances.length;
  if (missing <= 0) return distances;
  const step = Math.ceil(trainRows.length / missing);
  const asked = trainRows.filter((_row, index) => index % step === 0);
  const others = await askNeighbours(photos, trainRows, asked, tools, true);
  return [...distances, ...others.map((each) => each.strangeness)];
}

function logitsOf({ photos, head }: JudgeRequest, rows: Int32Array): Float32Array {
  return headLogits(head, gatherEmbeddings(photos, rows), rows.length);
}

function sameRows(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((row, index) => row === b[index]);
}
