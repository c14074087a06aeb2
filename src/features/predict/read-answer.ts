/** The one answer out of class probabilities, and whether another class is nearly as likely. */
import type { ClassInfo } from '../../domain/photo.ts';
import type { Prediction } from '../../state/store-types.ts';

export interface Answer {
  readonly top: ClassInfo;
  readonly probability: number;
  /** Said aloud when the model could as well have said this one. */
  readonly nearlyAsLikely: ClassInfo | null;
}

/** Closer than this, the order of two classes says little. */
const CLOSE_PROBABILITY_GAP = 0.15;

/** Null when there is no class or no finite probability. Of equal ones the first class wins. */
export function readAnswer(
  prediction: Pick<Prediction, 'classes' | 'probabilities'>,
): Answer | null {
  const ranked = prediction.classes
    .map((info, i) => ({ info, probability: prediction.probabilities[i] ?? Number.NaN }))
    .filter(({ probability }) => Number.isFinite(probability))
    .sort((a, b) => b.probability - a.probability);
  const [first, second] = ranked;
  if (first === undefined) return null;
  const isClose =
    second !== undefined && first.probability - second.probability < CLOSE_PROBABILITY_GAP;
  return {
    top: first.info,
    probability: first.probability,
    nearlyAsLikely: isClose ? second.info : null,
  };
}
