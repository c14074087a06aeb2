/**
 * Works out what is known about the run on screen beside its curves. A few forward passes over the
 * training photos: tens of milliseconds in pieces, after a run or when a project is opened.
 */
import { augmentationOf } from '../../domain/augmentation.ts';
import { headProbabilities } from '../../domain/head-forward.ts';
import { numbersPerHead } from '../../domain/head-history.ts';
import type { HeadWeights } from '../../domain/head.ts';
import { withDefaults } from '../../domain/hyperparameter-specs.ts';
import { disputedRows, epochsToAsk } from '../../domain/label-disputes.ts';
import type { Photo, PhotoId } from '../../domain/photo.ts';
import type { Run } from '../../domain/run.ts';
import type { RunSignals } from '../run-signals-state.ts';
import type { SliceTools } from '../slice-tools.ts';

/** Epochs whose heads are asked. */
const EPOCHS_ASKED = 6;
/** Multiplications in one go: a few milliseconds. */
const PRODUCTS_AT_ONCE = 4e6;
/** More training photos than this are not looked at one by one here. */
const MOST_PHOTOS = 3000;

/** Null when its photos or their embeddings are not here. */
export async function readRunSignals(
  { get, embedder, timeline }: SliceTools,
  run: Run,
): Promise<RunSignals | null> {
  const { photos } = get();
  const inUse = get().lab.ruleEpoch ?? run.bestEpoch;
  const training = run.trainIds.map((id) => photos.get(id)).filter((photo) => photo !== undefined);
  const base = {
    runId: run.id,
    trainingCount: run.trainIds.length,
    leakedIds: leakedIds(run, photos),
    trainingIsHarder: augmentationOf(withDefaults(run.hyperparameters)).copies > 0,
  };
  if (training.length === 0 || training.length > MOST_PHOTOS) return { ...base, disputedIds: [] };
  const indexOf = new Map(run.classes.map((info, i) => [info.id, i]));
  const labels = Int32Array.from(training, (photo) => indexOf.get(photo.classId) ?? 0);
  const embeddings = await embedder.read(training);
  const answers: Float32Array[] = [];
  for (const epoch of epochsToAsk(get().lab.keptEpochs, inUse, EPOCHS_ASKED)) {
    const head = timeline.headAt(epoch);
    if (head === null || head.inputDim * training.length !== embeddings.length) continue;
    answers.push(await answerInPieces(head, embeddings, training.length));
  }
  const rows = disputedRows(answers, labels, run.classes.length);
  const disputedIds = rows.flatMap((row): PhotoId[] => {
    const photo = training[row];
    return photo === undefined ? [] : [photo.id];
  });
  return { ...base, disputedIds };
}

/** [count, classCount]; between the pieces the screen gets its turn. */
async function answerInPieces(
  head: HeadWeights,
  embeddings: Float32Array,
  count: number,
): Promise<Float32Array> {
  const { inputDim, classCount } = head;
  const probabilities = new Float32Array(count * classCount);
  const rowsAtOnce = Math.max(1, Math.floor(PRODUCTS_AT_ONCE / numbersPerHead(head)));
  for (let begin = 0; begin < count; begin += rowsAtOnce) {
    const end = Math.min(count, begin + rowsAtOnce);
    const part = embeddings.subarray(begin * inputDim, end * inputDim);
    probabilities.set(headProbabilities(head, part, end - begin), begin * classCount);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return probabilities;
}

/** Groups stand on one side, unless a person pinned part of one to the other. */
function leakedIds(run: Run, photos: ReadonlyMap<PhotoId, Photo>): readonly PhotoId[] {
  const trained = new Set(run.trainIds.flatMap((id) => photos.get(id)?.groupId ?? []));
  return run.validationIds.filter((id) => {
    const group = photos.get(id)?.groupId;
    return group !== undefined && trained.has(group);
  });
}
