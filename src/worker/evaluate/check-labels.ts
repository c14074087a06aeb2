/**
 * The label check's probabilities: the mean of three voices, each calibrated, none of which learned from
 * the photo it speaks about: the heads of the folds, the photos most alike, and all other photos through
 * a kernel. A head bends to a wrong label more than the other two do; together they find more planted
 * errors than any of them (docs/DEFAULTS.md).
 */
import { fitTemperature } from '../../domain/calibration.ts';
import { checkLabels, type LabelCheck } from '../../domain/confident-learning.ts';
import { softmaxRows } from '../../domain/head-forward.ts';
import { kernelVotes } from '../../domain/kernel-votes.ts';
import { mostAlike, unitRows, voteLogits, VOTERS } from '../../domain/neighbours.ts';
import type { EvaluationPhotos } from '../../protocol/evaluation-messages.ts';
import { measureStandardisation } from '../head/training-set.ts';
import { abortedByCaller } from './aborted-by-caller.ts';
import type { EvaluationTools } from './evaluation-tools.ts';
import { eachRowOf } from './likeness-rows.ts';

type Tools = Pick<EvaluationTools, 'control' | 'createProducts'>;

/** The kernel's cost grows with the cube: more photos are asked in parts, drawn across all classes. */
const MOST_IN_A_KERNEL = 800;

/** What is judged, and what it is judged by. */
interface Judged {
  /** [labels.length, dim], standardised and of length 1. */
  readonly units: Float32Array;
  readonly dim: number;
  readonly labels: Int32Array;
  readonly groups: Int32Array;
  readonly classCount: number;
}

/**
 * @param rows of the photos that were judged
 * @param byHeads [rows, classCount], out of sample and calibrated
 * @param onShare called with the share that is done
 * @returns suspects name rows of the photos handed in
 */
export async function findSuspects(
  photos: EvaluationPhotos,
  rows: Int32Array,
  byHeads: Float32Array,
  tools: Tools,
  onShare: (share: number) => void,
): Promise<LabelCheck> {
  const { classCount } = photos;
  const labels = rows.map((row) => photos.labels[row] ?? 0);
  const judged: Judged = {
    units: standardisedUnits(photos, rows),
    dim: photos.dim,
    labels,
    groups: rows.map((row) => photos.groups[row] ?? 0),
    classCount,
  };
  const calibrated = (logits: Float32Array): Float32Array =>
    softmaxRows(logits, classCount, fitTemperature(logits, labels, classCount) ?? 1);
  const byLikeness = calibrated(
    await neighboursSay(judged, tools, (share) => {
      onShare(share / 2);
    }),
  );
  const byKernel = calibrated(
    await kernelSays(judged, tools, (share) => {
      onShare((1 + share) / 2);
    }),
  );
  const mean = byHeads.map(
    (share, at) => (share + (byLikeness[at] ?? 0) + (byKernel[at] ?? 0)) / 3,
  );
  const check = checkLabels(mean, labels, classCount);
  return {
    ...check,
    suspects: check.suspects.map((each) => ({ ...each, row: rows[each.row] ?? 0 })),
  };
}

/** [rows, dim]: raw embeddings are all above zero, and their cosines hardly differ. */
function standardisedUnits(photos: EvaluationPhotos, rows: Int32Array): Float32Array {
  const { embeddings, dim } = photos;
  const { mean, scale } = measureStandardisation({ embeddings, dim, trainRows: rows });
  const values = new Float32Array(rows.length * dim);
  rows.forEach((row, index) => {
    for (let d = 0; d < dim; d++) {
      values[index * dim + d] =
        ((embeddings[row * dim + d] ?? 0) - (mean[d] ?? 0)) / (scale[d] ?? 1);
    }
  });
  return unitRows(values, dim, [...rows.keys()]);
}

/** More would be messages that nobody sees. */
const PROGRESS_STEPS = 50;

/** [rows, classCount]: every photo is judged without itself and its copies. */
async function neighboursSay(
  { units, dim, labels, groups, classCount }: Judged,
  { control, createProducts }: Tools,
  onShare: (share: number) => void,
): Promise<Float32Array> {
  const count = labels.length;
  const logits = new Float32Array(count * classCount);
  const step = Math.ceil(count / PROGRESS_STEPS);
  const products = createProducts(units, dim);
  try {
    await eachRowOf(products, units, dim, control, (likenesses, row) => {
      const group = groups[row];
      const voters = mostAlike(likenesses, VOTERS, (other) => groups[other] !== group);
      logits.set(voteLogits(voters, labels, classCount), row * classCount);
      if ((row + 1) % step === 0 || row + 1 === count) onShare((row + 1) / count);
    });
  } finally {
    products.dispose();
  }
  return logits;
}

/** [rows, classCount], as `neighboursSay`. */
async function kernelSays(
  { units, dim, labels, groups, classCount }: Judged,
  { control, createProducts }: Tools,
  onShare: (share: number) => void,
): Promise<Float32Array> {
  const count = labels.length;
  const parts = Math.ceil(count / MOST_IN_A_KERNEL);
  const scores = new Float32Array(count * classCount);
  for (let part = 0; part < parts; part++) {
    const own = Int32Array.from(labels.keys()).filter((row) => row % parts === part);
    const ownUnits = unitRows(units, dim, own);
    const likeness = new Float32Array(own.length * own.length);
    const products = createProducts(ownUnits, dim);
    try {
      await eachRowOf(products, ownUnits, dim, control, (row, index) => {
        likeness.set(row, index * own.length);
      });
    } finally {
      products.dispose();
    }
    const [ownLabels, ownGroups] = [
      own.map((row) => labels[row] ?? 0),
      own.map((row) => groups[row] ?? 0),
    ];
    const work = kernelVotes(likeness, ownLabels, ownGroups, classCount);
    let step = work.next();
    while (step.done !== true) {
      if (control.isDue && !(await control.turn())) throw abortedByCaller();
      step = work.next();
    }
    const said = step.value;
    own.forEach((row, index) => {
      scores.set(said.subarray(index * classCount, (index + 1) * classCount), row * classCount);
    });
    onShare((part + 1) / parts);
  }
  return scores;
}
