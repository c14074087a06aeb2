/**
 * Is a model as sure as it should be? Reliability bins, expected calibration error (Naeini et al.,
 * AAAI 2015; Guo et al., ICML 2017) with its interval, and temperature scaling, which divides all
 * logits by one number so that confidence meets accuracy without changing a single answer.
 */
import { bootstrapIntervals } from './bootstrap.ts';
import { wilsonInterval, type Interval } from './classification-metrics.ts';
import type { Estimate } from './scorecard.ts';

export interface ReliabilityBin {
  /** Confidences from `from` (exclusive, but for 0) to `to` (inclusive). */
  readonly from: number;
  readonly to: number;
  readonly photos: number;
  readonly hits: number;
  /** Means; null for an empty bin. */
  readonly confidence: number | null;
  readonly accuracy: (Interval & { readonly value: number }) | null;
}

export const RELIABILITY_BINS = 10;

/** What calibration looks at: how sure each answer was and whether it was right. */
export interface SuredAnswers {
  /** [rows], probability of the class answered. */
  readonly confidence: ArrayLike<number>;
  /** [rows], 1 where the answer was right. */
  readonly right: ArrayLike<number>;
  /** [rows] */
  readonly groups: ArrayLike<number>;
}

function binOf(confidence: number, bins: number): number {
  return Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
}

/** Bins of equal width over [0, 1]. */
export function reliabilityBins(
  { confidence, right }: Pick<SuredAnswers, 'confidence' | 'right'>,
  bins = RELIABILITY_BINS,
): readonly ReliabilityBin[] {
  const tally = Array.from({ length: bins }, () => ({ photos: 0, hits: 0, confidence: 0 }));
  for (let row = 0; row < confidence.length; row++) {
    const bin = tally[binOf(confidence[row] ?? 0, bins)];
    if (bin === undefined) continue;
    bin.photos += 1;
    bin.hits += right[row] ?? 0;
    bin.confidence += confidence[row] ?? 0;
  }
  return tally.map(({ photos, hits, confidence: sum }, index) => ({
    from: index / bins,
    to: (index + 1) / bins,
    photos,
    hits,
    confidence: photos === 0 ? null : sum / photos,
    accuracy: photos === 0 ? null : { value: hits / photos, ...wilsonInterval(hits, photos) },
  }));
}

/** Σ over bins of share of photos × |accuracy − confidence|, in [0, 1]; NaN without photos. */
export function expectedCalibrationError(
  { confidence, right }: Pick<SuredAnswers, 'confidence' | 'right'>,
  weights: ArrayLike<number> | null = null,
  bins = RELIABILITY_BINS,
): number {
  // A bin's |Σ right − Σ confidence| is its photos × |accuracy − confidence|.
  const gaps = new Float64Array(bins);
  let photos = 0;
  for (let row = 0; row < confidence.length; row++) {
    const weight = weights === null ? 1 : (weights[row] ?? 0);
    const sure = confidence[row] ?? 0;
    gaps[binOf(sure, bins)]! += weight * ((right[row] ?? 0) - sure);
    photos += weight;
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / photos;
}

/** With a bootstrap interval. On few photos chance alone makes the error large: read the interval. */
export function calibrationError(answers: SuredAnswers, seed: number): Estimate {
  const value = expectedCalibrationError(answers);
  const [interval] = bootstrapIntervals(
    answers.groups,
    (weights) => [expectedCalibrationError(answers, weights)],
    seed,
  );
  return { value, low: interval?.low ?? value, high: interval?.high ?? value };
}

/** Fewer photos say nothing about a temperature. */
export const FEWEST_PHOTOS_FOR_TEMPERATURE = 10;
export const LOWEST_TEMPERATURE = 0.1;
export const HIGHEST_TEMPERATURE = 20;

/**
 * The temperature T for which softmax(logits / T) has the least log loss. In 1/T the loss is convex, so
 * its slope is bisected. As in Platt's scaling (1999) the true class is asked to get (n + 1)/(n + C)
 * rather than 1: otherwise a handful of photos that are all right would ask for certainty.
 *
 * @param logits [rows, classCount]
 * @returns within [LOWEST_TEMPERATURE, HIGHEST_TEMPERATURE]; null for too few rows
 */
export function fitTemperature(
  logits: Float32Array,
  labels: ArrayLike<number>,
  classCount: number,
): number | null {
  const rows = labels.length;
  if (rows < FEWEST_PHOTOS_FOR_TEMPERATURE || classCount < 2) return null;
  const onTrue = (rows + 1) / (rows + classCount);
  const onOther = (1 - onTrue) / (classCount - 1);
  /** d loss / d (1/T), rising in 1/T. */
  const slope = (inverse: number): number => {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const start = row * classCount;
      let highest = -Infinity;
      for (let k = 0; k < classCount; k++) highest = Math.max(highest, logits[start + k] ?? 0);
      let total = 0;
      let expected = 0;
      let wanted = 0;
      for (let k = 0; k < classCount; k++) {
        // Shifting all logits of a row changes neither side.
        const logit = (logits[start + k] ?? 0) - highest;
        const weight = Math.exp(inverse * logit);
        total += weight;
        expected += weight * logit;
        wanted += logit * (k === labels[row] ? onTrue : onOther);
      }
      sum += expected / total - wanted;
    }
    return sum;
  };
  let low = 1 / HIGHEST_TEMPERATURE;
  let high = 1 / LOWEST_TEMPERATURE;
  if (!(slope(low) < 0)) return HIGHEST_TEMPERATURE;
  if (!(slope(high) > 0)) return LOWEST_TEMPERATURE;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  return 2 / (low + high);
}
