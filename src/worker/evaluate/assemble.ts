/** Turns what was answered about the judged photos into an evaluation: scores, calibration, contenders. */
import { coverageCurve, defaultThreshold, type CoveragePoint } from '../../domain/abstention.ts';
import { quantileOfSorted } from '../../domain/bootstrap.ts';
import { calibrationError, reliabilityBins } from '../../domain/calibration.ts';
import { argMaxRows } from '../../domain/classification-metrics.ts';
import { makeContender } from '../../domain/contender.ts';
import type {
  AbstentionRule,
  CalibrationSide,
  Contender,
  ContenderId,
  Evaluation,
  JudgedRow,
} from '../../domain/evaluation.ts';
import { softmaxRows } from '../../domain/head-forward.ts';
import { createRandom, deriveSeed } from '../../domain/random.ts';
import { scoreAnswers } from '../../domain/scorecard.ts';
import type { EvaluationPhotos } from '../../protocol/evaluation-messages.ts';
import type { NeighbourAnswer } from './ask-neighbours.ts';

export interface Answers {
  /** Rows of the photos handed in. */
  readonly rows: Int32Array;
  /** [rows, classCount], as the head gave them. */
  readonly logits: Float32Array;
  /** [rows, classCount], temperature applied. */
  readonly probabilities: Float32Array;
  readonly neighbours: readonly NeighbourAnswer[];
}

export interface Judged extends Answers {
  /** [rows], the largest class of what was learned from. */
  readonly largest: Int32Array;
}

export interface AssembleOptions {
  readonly photos: EvaluationPhotos;
  readonly judged: Judged;
  /** What the rule for "I don't know" is chosen on. */
  readonly chosenOn: Answers;
  /** How far photos like those it learned from lie from these. */
  readonly familiar: readonly number[];
  readonly temperature: {
    readonly value: number;
    readonly fittedOn: number | null;
    readonly onSamePhotos: boolean;
  };
  readonly seed: number;
}

export function assemble(options: AssembleOptions): Evaluation {
  const { photos, judged, temperature, seed } = options;
  const { classCount } = photos;
  const labels = judged.rows.map((row) => photos.labels[row] ?? 0);
  const groups = judged.rows.map((row) => photos.groups[row] ?? 0);
  const before = softmaxRows(judged.logits, classCount);
  const sideOf = (probabilities: Float32Array): CalibrationSide => {
    const answers = { ...suredAnswers(probabilities, labels, classCount), groups };
    return {
      error: calibrationError(answers, deriveSeed(seed, 'calibration')),
      bins: reliabilityBins(answers),
    };
  };
  const { confidence, right } = suredAnswers(judged.probabilities, labels, classCount);
  return {
    scorecard: scoreAnswers(
      { probabilities: judged.probabilities, labels, groups, classCount },
      deriveSeed(seed, 'scores'),
    ),
    contenders: contendersOf(options, labels),
    calibration: {
      temperature: temperature.value,
      fittedOn: temperature.fittedOn,
      onSamePhotos: temperature.onSamePhotos,
      before: sideOf(before),
      after: sideOf(judged.probabilities),
    },
    abstention: {
      curve: thinned(coverageCurve(confidence, right)),
      suggested: suggestedRule(photos, options.chosenOn, options.familiar),
    },
    rows: rowsOf(judged, labels, classCount),
  };
}

function suredAnswers(probabilities: Float32Array, labels: Int32Array, classCount: number) {
  const predicted = argMaxRows(probabilities, classCount);
  return {
    confidence: Array.from(predicted, (k, row) => probabilities[row * classCount + k] ?? 0),
    right: Array.from(predicted, (k, row) => (k === labels[row] ? 1 : 0)),
  };
}

/** Of photos like those it learned from, this share lies within the limit. */
const FAMILIAR_SHARE = 0.95;
/** A limit from fewer photos would be the distance of one odd photo. */
const FEWEST_FOR_A_LIMIT = 10;

export function suggestedRule(
  photos: EvaluationPhotos,
  answers: Answers,
  familiar: readonly number[],
): AbstentionRule {
  const labels = answers.rows.map((row) => photos.labels[row] ?? 0);
  const { confidence, right } = suredAnswers(answers.probabilities, labels, photos.classCount);
  const distances = familiar.filter(Number.isFinite).sort((a, b) => a - b);
  return {
    confidenceFloor: defaultThreshold(confidence, right),
    strangenessLimit:
      distances.length < FEWEST_FOR_A_LIMIT ? null : quantileOfSorted(distances, FAMILIAR_SHARE),
  };
}

function rowsOf(judged: Judged, labels: Int32Array, classCount: number): readonly JudgedRow[] {
  const predicted = argMaxRows(judged.probabilities, classCount);
  return Array.from(judged.rows, (row, index) => {
    const answer = predicted[index] ?? 0;
    const start = index * classCount;
    return {
      row,
      truth: labels[index] ?? 0,
      answer,
      probabilities: [...judged.probabilities.subarray(start, start + classCount)],
      confidence: judged.probabilities[start + answer] ?? 0,
      strangeness: judged.neighbours[index]?.strangeness ?? Infinity,
      nearest: judged.neighbours[index]?.nearest ?? [],
    };
  });
}

function contendersOf(options: AssembleOptions, labels: Int32Array): readonly Contender[] {
  const { photos, judged, seed } = options;
  const random = createRandom(deriveSeed(seed, 'random answers'));
  const contender = (id: ContenderId, answers: readonly number[]): Contender =>
    makeContender(id, answers, labels);
  return [
    contender('model', [...argMaxRows(judged.probabilities, photos.classCount)]),
    contender(
      'neighbours',
      judged.neighbours.map((each) => each.byNeighbours),
    ),
    contender(
      'class-mean',
      judged.neighbours.map((each) => each.byClassMean),
    ),
    contender('largest-class', [...judged.largest]),
    contender(
      'random',
      Array.from(labels, () => random.int(photos.classCount)),
    ),
  ];
}

const MOST_CURVE_POINTS = 100;

function thinned(curve: readonly CoveragePoint[]): readonly CoveragePoint[] {
  if (curve.length <= MOST_CURVE_POINTS) return curve;
  const step = (curve.length - 1) / (MOST_CURVE_POINTS - 1);
  return Array.from({ length: MOST_CURVE_POINTS }, (_, i) => curve[Math.round(i * step)]).filter(
    (point) => point !== undefined,
  );
}
