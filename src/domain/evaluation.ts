/** What an evaluation finds, as plain data: shown on screen, written into the report, compared in tests. */
import type { CoveragePoint } from './abstention.ts';
import type { ReliabilityBin } from './calibration.ts';
import type { LabelCheck } from './confident-learning.ts';
import type { Estimate, Scorecard } from './scorecard.ts';

/** Who answered the same photos. */
export type ContenderId =
  'model' | 'largest-class' | 'random' | 'class-mean' | 'neighbours' | 'zero-shot';

export interface Contender {
  readonly id: ContenderId;
  /** Class answered for each judged photo, in the order of `Evaluation.rows`; −1 for none. */
  readonly answers: readonly number[];
  readonly hits: number;
  readonly accuracy: Estimate;
}

export interface JudgedRow {
  /** Row of the photos that were handed in. */
  readonly row: number;
  readonly truth: number;
  readonly answer: number;
  /** Of each class, temperature applied. */
  readonly probabilities: readonly number[];
  /** Probability of the class answered. */
  readonly confidence: number;
  /** Mean cosine distance to the nearest photos learned from. */
  readonly strangeness: number;
  /** Rows of the nearest photos learned from, nearest first. */
  readonly nearest: readonly number[];
}

export interface CalibrationSide {
  readonly error: Estimate;
  readonly bins: readonly ReliabilityBin[];
}

export interface CalibrationCard {
  /** 1 when it could not be fitted. */
  readonly temperature: number;
  /** Photos that it was fitted on; null when there were too few. */
  readonly fittedOn: number | null;
  /** Whether the photos judged here are those it was fitted on. */
  readonly onSamePhotos: boolean;
  readonly before: CalibrationSide;
  readonly after: CalibrationSide;
}

/** When to say "I don't know". */
export interface AbstentionRule {
  /** Answers less sure than this are withheld; 0: none. */
  readonly confidenceFloor: number;
  /** Photos stranger than this are not answered; null: any photo is. */
  readonly strangenessLimit: number | null;
}

export interface AbstentionCard {
  /** By confidence alone, rising thresholds, at most 100 points. */
  readonly curve: readonly CoveragePoint[];
  /** Chosen on the validation photos (on the photos held out, in cross-validation). */
  readonly suggested: AbstentionRule;
}

export interface Evaluation {
  readonly scorecard: Scorecard;
  readonly contenders: readonly Contender[];
  readonly calibration: CalibrationCard;
  readonly abstention: AbstentionCard;
  readonly rows: readonly JudgedRow[];
}

export interface CrossValidation extends Evaluation {
  readonly folds: number;
  /** Classes that are never judged, because all their photos are one group. */
  readonly loneClasses: readonly number[];
  /** Suspects' rows are rows of the photos that were handed in. */
  readonly labelCheck: LabelCheck;
}

export interface ClassGain {
  readonly classIndex: number;
  /** Share of this class's photos that is got right only since the second half of its photos is there. */
  readonly recallGain: number;
  /** The same of all photos judged. */
  readonly accuracyGain: number;
}

export interface LearningCurveMeasurement {
  readonly points: readonly { readonly photos: number; readonly errors: readonly number[] }[];
  /** Classes that could be halved, largest gain first. */
  readonly classGains: readonly ClassGain[];
}
