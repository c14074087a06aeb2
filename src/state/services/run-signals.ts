/**
 * Works out what is known about the run on screen beside its curves. A few forward passes over the
 * training photos: tens of milliseconds in pieces, after a run or when a project is opened.
 */
import { augmentationOf } from '../../domain/augmentation.ts';
import { headProbabilities } from '../../domain/head-forward.ts';
import { withDefaults } from '../../domain/hyperparameter-specs.ts';
import { disputedRows, epochsToAsk } from '../../domain/label-disputes.ts';
import type { Photo, PhotoId } from '../../domain/photo.ts';
import type { Run } from '../../domain/run.ts';
import type { RunSignals } from '../run-signals-state.ts';
import type { SliceTools } from '../slice-tools.ts';

/** Epochs whose heads are asked. */
const EPOCHS_ASKED = 6;
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
    answers.push(headProbabilities(head, embeddings, training.length));
    // Between the passes the screen gets its turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
  const rows = disputedRows(answers, labels, run.classes.length);
  const disputedIds = rows.flatMap((row): PhotoId[] => {
    const photo = training[row];
    return photo === undefined ? [] : [photo.id];
  });
  return { ...base, disputedIds };
}

/** Groups stand on one side, unless a person pinned part of one to the other. */
function leakedIds(run: Run, photos: ReadonlyMap<PhotoId, Photo>): readonly PhotoId[] {
  const trained = new Set(run.trainIds.flatMap((id) => photos.get(id)?.groupId ?? []));
  return run.validationIds.filter((id) => {
    const group = photos.get(id)?.groupId;
    return group !== undefined && trained.has(group);
  });
}
