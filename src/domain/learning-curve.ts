/**
 * How the share of errors falls with more photos: a power law a + b·n^−c (Cortes et al., NIPS 1994;
 * Hestness et al., 2017; Figueroa et al., BMC Med. Inform. 2012) fitted by least squares, with a band
 * from refitting resampled measurements.
 */
import { quantileOfSorted } from './bootstrap.ts';
import { Z_95, type Interval } from './classification-metrics.ts';
import { createRandom } from './random.ts';

export interface LearningPoint {
  /** Photos trained on. */
  readonly photos: number;
  /** Share of errors of each repetition (fold), in [0, 1]. */
  readonly errors: readonly number[];
}

export interface PowerLaw {
  /** What is left with endless photos, at least 0. */
  readonly floor: number;
  readonly scale: number;
  readonly exponent: number;
}

export interface CurveSample extends Interval {
  readonly photos: number;
  readonly error: number;
}

export interface LearningCurveFit {
  readonly law: PowerLaw;
  readonly curve: readonly CurveSample[];
  /** Errors saved by `more` photos on top of the most that was measured, in shares of photos. */
  readonly gain: Interval & { readonly value: number; readonly more: number };
}

export function errorAt({ floor, scale, exponent }: PowerLaw, photos: number): number {
  return Math.min(1, floor + scale * photos ** -exponent);
}

/** Beyond 1 a curve would fall faster than any that was seen; near 0 it would not fall at all. */
const EXPONENTS = Array.from({ length: 29 }, (_, i) => 0.1 + i * 0.05);

/** Null with fewer than 3 different sizes. */
export function fitPowerLaw(points: readonly LearningPoint[]): PowerLaw | null {
  const means = points
    .filter(({ errors }) => errors.length > 0)
    .map(({ photos, errors }) => ({ photos, error: meanOf(errors), weight: errors.length }));
  if (new Set(means.map(({ photos }) => photos)).size < 3) return null;
  let best: PowerLaw | null = null;
  let bestCost = Infinity;
  for (const exponent of EXPONENTS) {
    const law = fitLine(means, exponent);
    const cost = means.reduce(
      (sum, { photos, error, weight }) => sum + weight * (error - errorAt(law, photos)) ** 2,
      0,
    );
    // Of equally good ones the first, slowest: it promises least for photos yet to come.
    if (cost < bestCost - 1e-12) {
      best = law;
      bestCost = cost;
    }
  }
  return best;
}

interface Mean {
  readonly photos: number;
  readonly error: number;
  readonly weight: number;
}

/** Weighted least squares for floor and scale, neither below 0: more photos never make it worse. */
function fitLine(means: readonly Mean[], exponent: number): PowerLaw {
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  for (const { photos, error, weight } of means) {
    const x = photos ** -exponent;
    w += weight;
    wx += weight * x;
    wy += weight * error;
    wxx += weight * x * x;
    wxy += weight * x * error;
  }
  const spread = w * wxx - wx * wx;
  const scale = spread > 0 ? (w * wxy - wx * wy) / spread : 0;
  const floor = (wy - scale * wx) / w;
  if (scale < 0) return { floor: wy / w, scale: 0, exponent };
  if (floor < 0) return { floor: 0, scale: Math.max(0, wxy / wxx), exponent };
  return { floor, scale, exponent };
}

const REFITS = 300;

/** Two-sided 95 % quantiles of Student's t for 1, 2, … degrees of freedom. */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/**
 * Resampling a handful of repetitions gives too narrow a band: it divides by n where n − 1 is due, and
 * knows nothing of Student's t.
 */
function widening(repetitions: number): number {
  if (repetitions < 2) return 1;
  const t = STUDENT[repetitions - 2] ?? Z_95;
  return (t / Z_95) * Math.sqrt(repetitions / (repetitions - 1));
}

/**
 * The fitted curve at `sizes` with a 95 % band, and what `more` photos would bring. Each refit draws
 * every size's repetitions anew, with replacement. Null when there is too little to fit.
 */
export function fitLearningCurve(
  points: readonly LearningPoint[],
  sizes: readonly number[],
  more: number,
  seed: number,
): LearningCurveFit | null {
  const law = fitPowerLaw(points);
  if (law === null) return null;
  const random = createRandom(seed);
  const most = Math.max(...points.map(({ photos }) => photos));
  const repetitions = Math.max(...points.map(({ errors }) => errors.length));
  const refits: PowerLaw[] = [];
  for (let refit = 0; refit < REFITS; refit++) {
    // The same repetitions at every size: what one fold holds is hard or easy at all of them.
    const drawn = Array.from({ length: repetitions }, () => random.int(repetitions));
    const resampled = points.map(({ photos, errors }) => ({
      photos,
      errors: drawn.flatMap((index) => errors[index] ?? []),
    }));
    const fitted = fitPowerLaw(resampled);
    if (fitted !== null) refits.push(fitted);
  }
  const wider = widening(repetitions);
  const band = (of: (fitted: PowerLaw) => number): Interval => {
    const values = refits.map(of).sort((a, b) => a - b);
    const middle = of(law);
    return {
      low: Math.max(0, middle - wider * (middle - quantileOfSorted(values, 0.025))),
      high: Math.min(1, middle + wider * (quantileOfSorted(values, 0.975) - middle)),
    };
  };
  const gainOf = (fitted: PowerLaw): number => errorAt(fitted, most) - errorAt(fitted, most + more);
  return {
    law,
    curve: sizes.map((photos) => ({
      photos,
      error: errorAt(law, photos),
      ...band((fitted) => errorAt(fitted, photos)),
    })),
    gain: { value: gainOf(law), more, ...band(gainOf) },
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
