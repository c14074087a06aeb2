/**
 * Classifying by likeness of embeddings, without training: nearest class mean and k nearest
 * neighbours (few-shot baselines, e.g. Wang et al., "SimpleShot", 2019), and how far a photo lies from
 * everything that was learned from (Sun et al., "Out-of-distribution detection with deep nearest
 * neighbors", ICML 2022). Likeness is the cosine.
 */

/** Copies rows of [·, dim], each scaled to length 1 (a row of zeros stays). */
export function unitRows(
  embeddings: Float32Array,
  dim: number,
  rows: ArrayLike<number>,
): Float32Array {
  const result = new Float32Array(rows.length * dim);
  for (let index = 0; index < rows.length; index++) {
    const from = (rows[index] ?? 0) * dim;
    let squares = 0;
    for (let d = 0; d < dim; d++) squares += (embeddings[from + d] ?? 0) ** 2;
    const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let d = 0; d < dim; d++) result[index * dim + d] = (embeddings[from + d] ?? 0) * factor;
  }
  return result;
}

export interface Neighbour {
  /** Position among the references. */
  readonly index: number;
  /** Cosine, at most 1. */
  readonly likeness: number;
}

/** The `k` most alike of `references` [·, dim]; both sides of length 1 (`unitRows`). Most alike first. */
export function nearest(
  query: Float32Array,
  references: Float32Array,
  dim: number,
  k: number,
): readonly Neighbour[] {
  const found: Neighbour[] = [];
  const count = references.length / dim;
  for (let index = 0; index < count; index++) {
    let likeness = 0;
    const from = index * dim;
    for (let d = 0; d < dim; d++) likeness += query[d]! * references[from + d]!;
    if (found.length === k && likeness <= (found[k - 1]?.likeness ?? -Infinity)) continue;
    let place = found.length;
    while (place > 0 && (found[place - 1]?.likeness ?? 0) < likeness) place -= 1;
    found.splice(place, 0, { index, likeness });
    if (found.length > k) found.pop();
  }
  return found;
}

/** The same from likenesses that are known already: the `k` largest of those that `isWanted`. */
export function mostAlike(
  likenesses: Float32Array,
  k: number,
  isWanted: (index: number) => boolean = () => true,
): readonly Neighbour[] {
  const found: Neighbour[] = [];
  let last = -Infinity;
  likenesses.forEach((likeness, index) => {
    if (found.length === k && likeness <= last) return;
    if (!isWanted(index)) return;
    let place = found.length;
    while (place > 0 && (found[place - 1]?.likeness ?? 0) < likeness) place -= 1;
    found.splice(place, 0, { index, likeness });
    if (found.length > k) found.pop();
    last = found.at(-1)?.likeness ?? -Infinity;
  });
  return found;
}

/** Neighbours that vote, and whose mean distance says how far a photo lies from the known ones. */
export const NEIGHBOURS = 5;

/** Mean of 1 − cosine over the neighbours: 0 for a copy of a training photo. Infinity without any. */
export function strangeness(neighbours: readonly Neighbour[]): number {
  if (neighbours.length === 0) return Infinity;
  const sum = neighbours.reduce((total, { likeness }) => total + (1 - likeness), 0);
  return sum / neighbours.length;
}

/** The class that most neighbours have; of equals the one whose neighbours are more alike. */
export function voteOf(
  neighbours: readonly Neighbour[],
  labels: ArrayLike<number>,
  classCount: number,
): number {
  const votes = new Float64Array(classCount);
  // Likeness is at most 1 in size, so a hundredth of it only ever decides between equal counts.
  for (const { index, likeness } of neighbours) votes[labels[index] ?? 0]! += 1 + likeness / 100;
  return votes.indexOf(Math.max(...votes));
}

/** Neighbours whose soft votes say how likely each class is. */
export const VOTERS = 15;
/** How fast a vote loses weight with distance: one that is 0.1 less alike counts a third. */
const VOTE_SHARPNESS = 10;
/** Half a vote for every class, so that nothing is ever ruled out. */
const VOTE_PRIOR = 0.5;

/** The logarithms of the classes' votes, [classCount]: the nearer a neighbour, the heavier its vote. */
export function voteLogits(
  neighbours: readonly Neighbour[],
  labels: ArrayLike<number>,
  classCount: number,
): readonly number[] {
  const votes = new Array<number>(classCount).fill(VOTE_PRIOR);
  const best = neighbours[0]?.likeness ?? 0;
  for (const { index, likeness } of neighbours) {
    const label = labels[index] ?? 0;
    votes[label] = (votes[label] ?? 0) + Math.exp(VOTE_SHARPNESS * (likeness - best));
  }
  return votes.map(Math.log);
}

/** Means of unit rows, scaled to length 1: [classCount, dim]. A class without rows stays 0. */
export function classMeans(
  units: Float32Array,
  dim: number,
  labels: ArrayLike<number>,
  classCount: number,
): Float32Array {
  const sums = new Float32Array(classCount * dim);
  for (let row = 0; row < labels.length; row++) {
    const to = (labels[row] ?? 0) * dim;
    for (let d = 0; d < dim; d++) sums[to + d]! += units[row * dim + d]!;
  }
  return unitRows(
    sums,
    dim,
    Array.from({ length: classCount }, (_, index) => index),
  );
}
