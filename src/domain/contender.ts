/** Somebody's answers about the judged photos, counted. */
import { wilsonInterval } from './classification-metrics.ts';
import type { Contender, ContenderId } from './evaluation.ts';

/** `answers`, `labels`: [rows]; an answer of −1 is none, and never right. */
export function makeContender(
  id: ContenderId,
  answers: readonly number[],
  labels: ArrayLike<number>,
): Contender {
  const hits = answers.reduce((sum, answer, row) => sum + (answer === labels[row] ? 1 : 0), 0);
  const interval = wilsonInterval(hits, answers.length);
  return { id, answers, hits, accuracy: { value: hits / answers.length, ...interval } };
}
