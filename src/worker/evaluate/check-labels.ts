/**
 * The label check's probabilities: those of the heads that did not learn from a photo, averaged with
 * the votes of the photos most like it. A head bends to a wrong label more than a vote of fifteen does;
 * together they find more planted errors than either (docs/DEFAULTS.md).
 */
import { fitTemperature } from '../../domain/calibration.ts';
import { checkLabels, type LabelCheck } from '../../domain/confident-learning.ts';
import { softmaxRows } from '../../domain/head-forward.ts';
import { neighbourLogits, unitRows } from '../../domain/neighbours.ts';
import type { EvaluationPhotos } from '../../protocol/evaluation-messages.ts';
import type { RunControl } from '../head/run-control.ts';
import { abortedByCaller } from './aborted-by-caller.ts';

/**
 * @param rows of the photos that were judged
 * @param byHeads [rows, classCount], out of sample and calibrated
 * @returns suspects name rows of the photos handed in
 */
export async function findSuspects(
  { embeddings, dim, labels, groups, classCount }: EvaluationPhotos,
  rows: Int32Array,
  byHeads: Float32Array,
  control: RunControl,
): Promise<LabelCheck> {
  const ownLabels = rows.map((row) => labels[row] ?? 0);
  const ownGroups = rows.map((row) => groups[row] ?? 0);
  const units = unitRows(embeddings, dim, rows);
  const work = neighbourLogits(units, dim, ownLabels, ownGroups, classCount);
  let step = work.next();
  while (step.done !== true) {
    if (control.isDue && !(await control.turn())) throw abortedByCaller();
    step = work.next();
  }
  const temperature = fitTemperature(step.value, ownLabels, classCount) ?? 1;
  const byNeighbours = softmaxRows(step.value, classCount, temperature);
  const both = byHeads.map((share, at) => (share + (byNeighbours[at] ?? 0)) / 2);
  const check = checkLabels(both, ownLabels, classCount);
  return {
    ...check,
    suspects: check.suspects.map((each) => ({ ...each, row: rows[each.row] ?? 0 })),
  };
}
