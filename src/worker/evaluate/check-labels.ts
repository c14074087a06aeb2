/**
 * The label check's probabilities: those of the heads that did not learn from a photo, averaged with
 * the votes of the photos most like it. A head bends to a wrong label more than a vote of fifteen does;
 * together they find more planted errors than either (docs/DEFAULTS.md).
 */
import { fitTemperature } from '../../domain/calibration.ts';
import { checkLabels, type LabelCheck } from '../../domain/confident-learning.ts';
import { softmaxRows } from '../../domain/head-forward.ts';
import { mostAlike, unitRows, voteLogits, VOTERS } from '../../domain/neighbours.ts';
import type { EvaluationPhotos } from '../../protocol/evaluation-messages.ts';
import type { EvaluationTools } from './evaluation-tools.ts';
import { eachRowOf } from './likeness-rows.ts';

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
  tools: Pick<EvaluationTools, 'control' | 'createProducts'>,
  onShare: (share: number) => void,
): Promise<LabelCheck> {
  const { labels, classCount } = photos;
  const ownLabels = rows.map((row) => labels[row] ?? 0);
  const logits = await logitsOfVotes(photos, rows, ownLabels, tools, onShare);
  const temperature = fitTemperature(logits, ownLabels, classCount) ?? 1;
  const byNeighbours = softmaxRows(logits, classCount, temperature);
  const both = byHeads.map((share, at) => (share + (byNeighbours[at] ?? 0)) / 2);
  const check = checkLabels(both, ownLabels, classCount);
  return {
    ...check,
    suspects: check.suspects.map((each) => ({ ...each, row: rows[each.row] ?? 0 })),
  };
}

/** More would be messages that nobody sees. */
const PROGRESS_STEPS = 50;

/** [rows, classCount]: every photo is judged without itself and its copies. */
async function logitsOfVotes(
  { embeddings, dim, groups, classCount }: EvaluationPhotos,
  rows: Int32Array,
  labels: Int32Array,
  { control, createProducts }: Pick<EvaluationTools, 'control' | 'createProducts'>,
  onShare: (share: number) => void,
): Promise<Float32Array> {
  const ownGroups = rows.map((row) => groups[row] ?? 0);
  const units = unitRows(embeddings, dim, rows);
  const logits = new Float32Array(rows.length * classCount);
  const step = Math.ceil(rows.length / PROGRESS_STEPS);
  const products = createProducts(units, dim);
  try {
    await eachRowOf(products, units, dim, control, (likenesses, row) => {
      const group = ownGroups[row];
      const voters = mostAlike(likenesses, VOTERS, (other) => ownGroups[other] !== group);
      logits.set(voteLogits(voters, labels, classCount), row * classCount);
      if ((row + 1) % step === 0 || row + 1 === rows.length) onShare((row + 1) / rows.length);
    });
  } finally {
    products.dispose();
  }
  return logits;
}
