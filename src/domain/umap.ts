/**
 * UMAP: L. McInnes, J. Healy, J. Melville, "UMAP: Uniform manifold approximation and projection",
 * arXiv:1802.03426. Neighbours in many dimensions are drawn near each other on a plane by sampled
 * gradient descent. Starts from principal components, which keeps the large-scale order and makes
 * seeds matter less (D. Kobak, G. C. Linderman, Nature Biotechnology 39, 2021). Seeded throughout.
 */
import type { NearestRows } from './nearest-rows.ts';
import { createRandom } from './random.ts';

/** Curve 1 / (1 + a·d^(2b)) fitted to a minimum distance of 0.1 at spread 1, as in the paper's code. */
const CURVE_A = 1.577;
const CURVE_B = 0.8951;
const NEGATIVE_SAMPLES = 5;
const FIRST_STEP = 1;
/** Largest move of a coordinate by one sample, before the step size. */
const LARGEST_PULL = 4;
const START_RADIUS = 10;

export interface UmapOptions {
  readonly epochs: number;
  readonly seed: number;
}

export interface FuzzyEdges {
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  /** 0 to 1 */
  readonly weights: Float32Array;
}

/** Enough for the picture to stand still: fewer samples for each point when there are many. */
export function umapEpochs(count: number): number {
  return count <= 1000 ? 400 : 250;
}

/**
 * `start` [count, 2] is where the points are at first. Returns positions [count, 2]; yields the share
 * of the work done, once an epoch.
 */
export function* umap(
  nearest: NearestRows,
  start: Float32Array,
  options: UmapOptions,
): Generator<number, Float32Array> {
  const count = start.length / 2;
  const random = createRandom(options.seed);
  const positions = scaledStart(start, random);
  if (count < 3) return Float32Array.from(positions);
  const edges = fuzzyEdges(nearest, count);
  const strongest = edges.weights.reduce((most, weight) => Math.max(most, weight), 0);
  // An edge of weight w is pulled at w × epochs of the epochs, evenly spread.
  const due = Float64Array.from(edges.weights, (weight) => strongest / weight);
  const next = due.slice();
  for (let epoch = 1; epoch <= options.epochs; epoch++) {
    const step = FIRST_STEP * (1 - (epoch - 1) / options.epochs);
    for (let e = 0; e < next.length; e++) {
      if ((next[e] as number) > epoch) continue;
      next[e] = (next[e] as number) + (due[e] as number);
      const head = edges.heads[e] as number;
      pull(positions, head, edges.tails[e] as number, step);
      for (let n = 0; n < NEGATIVE_SAMPLES; n++) {
        push(positions, head, Math.floor(random.float() * count), step);
      }
    }
    yield epoch / options.epochs;
  }
  return Float32Array.from(positions);
}

/** Both directions of every edge of the fuzzy union of the points' neighbourhoods. */
export function fuzzyEdges(nearest: NearestRows, count: number): FuzzyEdges {
  const { k, indices } = nearest;
  const strengths = neighbourStrengths(nearest, count);
  const oneWay = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    for (let n = 0; n < k; n++) {
      const j = indices[i * k + n] as number;
      oneWay.set(i * count + j, strengths[i * k + n] as number);
    }
  }
  const heads: number[] = [];
  const tails: number[] = [];
  const weights: number[] = [];
  for (const [key, forth] of oneWay) {
    const i = Math.floor(key / count);
    const j = key % count;
    const back = oneWay.get(j * count + i);
    // Each pair once: from the lower side, or from the only side that has it.
    if (back !== undefined && j < i) continue;
    const weight = forth + (back ?? 0) - forth * (back ?? 0);
    if (!(weight > 0)) continue;
    heads.push(i, j);
    tails.push(j, i);
    weights.push(weight, weight);
  }
  return {
    heads: Int32Array.from(heads),
    tails: Int32Array.from(tails),
    weights: Float32Array.from(weights),
  };
}

/** [count, k]: exp(−(d − nearest) / sigma), with sigma such that each row sums to log2(k). */
function neighbourStrengths({ k, distances }: NearestRows, count: number): Float32Array {
  const strengths = new Float32Array(count * k);
  const target = Math.log2(Math.max(2, k));
  const overallMean = distances.reduce((sum, d) => sum + d, 0) / Math.max(1, distances.length);
  for (let i = 0; i < count; i++) {
    const row = distances.subarray(i * k, (i + 1) * k);
    const nearest = row.find((d) => d > 0) ?? 0;
    const sigma = Math.max(findSigma(row, nearest, target), 1e-3 * overallMean, 1e-12);
    row.forEach((distance, n) => {
      strengths[i * k + n] = Math.exp(-Math.max(0, distance - nearest) / sigma);
    });
  }
  return strengths;
}

function findSigma(row: Float32Array, nearest: number, target: number): number {
  let low = 0;
  let high = Infinity;
  let sigma = 1;
  for (let step = 0; step < 64; step++) {
    let sum = 0;
    for (const distance of row) sum += Math.exp(-Math.max(0, distance - nearest) / sigma);
    if (Math.abs(sum - target) < 1e-5) break;
    if (sum > target) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? sigma * 2 : (low + high) / 2;
  }
  return sigma;
}

/** Into a square of ±10, moved a little so that equal photos can part. */
function scaledStart(start: Float32Array, random: { normal(): number }): Float64Array<ArrayBuffer> {
  let largest = 0;
  for (const value of start) largest = Math.max(largest, Math.abs(value));
  const factor = largest > 0 ? START_RADIUS / largest : 0;
  return Float64Array.from(start, (value) => value * factor + 1e-3 * random.normal());
}

function squaredDistance(positions: Float64Array, i: number, j: number): number {
  const dx = (positions[2 * i] as number) - (positions[2 * j] as number);
  const dy = (positions[2 * i + 1] as number) - (positions[2 * j + 1] as number);
  return dx * dx + dy * dy;
}

/** Moves both ends of an edge towards each other. */
function pull(positions: Float64Array, i: number, j: number, step: number): void {
  const square = squaredDistance(positions, i, j);
  if (square <= 0) return;
  const power = square ** CURVE_B;
  const force = (-2 * CURVE_A * CURVE_B * (power / square)) / (CURVE_A * power + 1);
  for (let axis = 0; axis < 2; axis++) {
    const at = 2 * i + axis;
    const other = 2 * j + axis;
    const move = step * clip(force * ((positions[at] as number) - (positions[other] as number)));
    positions[at] = (positions[at] as number) + move;
    positions[other] = (positions[other] as number) - move;
  }
}

/** Moves point i away from point j. */
function push(positions: Float64Array, i: number, j: number, step: number): void {
  if (i === j) return;
  const square = squaredDistance(positions, i, j);
  if (square <= 0) return;
  const force = (2 * CURVE_B) / ((0.001 + square) * (CURVE_A * square ** CURVE_B + 1));
  for (let axis = 0; axis < 2; axis++) {
    const at = 2 * i + axis;
    const apart = (positions[at] as number) - (positions[2 * j + axis] as number);
    positions[at] = (positions[at] as number) + step * clip(force * apart);
  }
}

function clip(value: number): number {
  return Math.max(-LARGEST_PULL, Math.min(LARGEST_PULL, value));
}
