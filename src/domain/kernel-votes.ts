/**
 * What all other photos together say about each photo, by kernel ridge regression on the classes with
 * every photo left out in turn, in closed form (Rifkin & Lippert, "Notes on regularized least squares",
 * MIT-CSAIL-TR-2007-025, section 3; for groups of near-duplicates all of a group are left out at once).
 * The kernel is Gaussian in the distance of unit embeddings; unlike a head it cannot bend to a single
 * wrong label, unlike a vote of the nearest it knows which neighbours say the same thing twice.
 */

/** Share of the typical squared distance over which likeness falls to 1/e. */
const REACH = 0.5;
/** Weight of smoothness against fit, with the kernel's mean self-likeness as 1. */
const RIDGE = 0.5;
/** How much all photos have in common, which lets classes differ in size. */
const COMMON = 0.3;
/** Distances looked at to know the typical one. */
const SAMPLED_DISTANCES = 4000;

/**
 * Scores like logits, [count, classCount]; each row's own label and those of its group had no part.
 * Takes about count³/3 multiplications; yields now and then.
 * @param likeness [count, count] cosines
 * @param groups [count], equal for near-duplicates
 */
export function* kernelVotes(
  likeness: Float32Array,
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  classCount: number,
): Generator<void, Float32Array> {
  const count = labels.length;
  const system = kernelOf(likeness, count);
  yield* decompose(system, count);
  yield* invertLower(system, count);
  const solved = solve(system, labels, count, classCount);
  const scores = new Float32Array(count * classCount);
  for (const members of membersOf(groups, count)) {
    const without = leftOut(system, solved, members, count, classCount);
    members.forEach((row, at) => {
      for (let k = 0; k < classCount; k++) {
        scores[row * classCount + k] =
          target(labels[row] ?? 0, k, classCount) - (without[at * classCount + k] ?? 0);
      }
    });
    yield;
  }
  return scores;
}

function target(label: number, k: number, classCount: number): number {
  return (label === k ? 1 : 0) - 1 / classCount;
}

/** The centred Gaussian kernel with mean 1 on its diagonal, plus the ridge, [count, count]. */
function kernelOf(likeness: Float32Array, count: number): Float64Array {
  const typical = typicalDistance(likeness, count);
  const kernel = Float64Array.from(likeness, (cosine) =>
    Math.exp((2 * cosine - 2) / (REACH * typical)),
  );
  const means = new Float64Array(count);
  let mean = 0;
  for (let a = 0; a < count; a++) {
    kernel[a * count + a] = 1;
    for (let b = 0; b < count; b++) means[a]! += kernel[a * count + b]! / count;
    mean += means[a]! / count;
  }
  let trace = 0;
  for (let a = 0; a < count; a++) trace += 1 - 2 * means[a]! + mean;
  const scale = count / Math.max(trace, 1e-9);
  const common = COMMON / (1 + COMMON);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const centred = (kernel[a * count + b]! - means[a]! - means[b]! + mean) * scale;
      kernel[a * count + b] = centred * (1 - common) + common;
    }
    kernel[a * count + a]! += RIDGE;
  }
  return kernel;
}

/** Median of 2 − 2·cosine over pairs from all over the matrix. */
function typicalDistance(likeness: Float32Array, count: number): number {
  // A stride that shares no factor with the width walks through all columns.
  const stride = Math.max(1, Math.floor(likeness.length / SAMPLED_DISTANCES)) | 1;
  const distances: number[] = [];
  for (let at = 0; at < likeness.length; at += stride) {
    if (Math.floor(at / count) !== at % count) distances.push(2 - 2 * (likeness[at] ?? 0));
  }
  distances.sort((a, b) => a - b);
  return Math.max(distances[distances.length >> 1] ?? 1, 1e-6);
}

/** Cholesky in place: the lower triangle becomes L with L·Lᵀ = the matrix. */
function* decompose(matrix: Float64Array, count: number): Generator<void, void> {
  for (let i = 0; i < count; i++) {
    const ownRow = i * count;
    for (let j = 0; j <= i; j++) {
      const otherRow = j * count;
      let rest = matrix[ownRow + j]!;
      for (let k = 0; k < j; k++) rest -= matrix[ownRow + k]! * matrix[otherRow + k]!;
      // The ridge keeps every pivot above zero, up to rounding.
      if (i === j) matrix[ownRow + j] = Math.sqrt(Math.max(rest, 1e-9));
      else matrix[ownRow + j] = rest / matrix[otherRow + j]!;
    }
    yield;
  }
}

/** L⁻¹ in place of L; the upper triangle becomes 0. */
function* invertLower(lower: Float64Array, count: number): Generator<void, void> {
  const row = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    row.fill(0);
    for (let k = 0; k < i; k++) {
      const factor = lower[i * count + k]!;
      const from = k * count;
      for (let j = 0; j <= k; j++) row[j]! -= factor * lower[from + j]!;
    }
    const pivot = 1 / lower[i * count + i]!;
    for (let j = 0; j < i; j++) lower[i * count + j] = row[j]! * pivot;
    lower[i * count + i] = pivot;
    lower.fill(0, i * count + i + 1, (i + 1) * count);
    yield;
  }
}

/** (K + ridge)⁻¹ · targets, [count, classCount]. */
function solve(
  inverseLower: Float64Array,
  labels: ArrayLike<number>,
  count: number,
  classCount: number,
): Float64Array {
  const half = new Float64Array(count * classCount);
  const solved = new Float64Array(count * classCount);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      const factor = inverseLower[i * count + j]!;
      const label = labels[j] ?? 0;
      for (let k = 0; k < classCount; k++) {
        half[i * classCount + k]! += factor * target(label, k, classCount);
      }
    }
    for (let j = 0; j <= i; j++) {
      const factor = inverseLower[i * count + j]!;
      for (let k = 0; k < classCount; k++) {
        solved[j * classCount + k]! += factor * half[i * classCount + k]!;
      }
    }
  }
  return solved;
}

function membersOf(groups: ArrayLike<number>, count: number): readonly (readonly number[])[] {
  const members = new Map<number, number[]>();
  for (let row = 0; row < count; row++) {
    const group = groups[row] ?? 0;
    const own = members.get(group);
    if (own === undefined) members.set(group, [row]);
    else own.push(row);
  }
  return [...members.values()];
}

/**
 * By how much the targets of these rows miss what the others say of them, [members, classCount]: the
 * rows' block of the inverse, solved for their rows of the solution.
 */
function leftOut(
  inverseLower: Float64Array,
  solved: Float64Array,
  members: readonly number[],
  count: number,
  classCount: number,
): Float64Array {
  const size = members.length;
  const block = new Float64Array(size * size);
  members.forEach((a, at) => {
    for (let other = 0; other <= at; other++) {
      const b = members[other] ?? 0;
      let sum = 0;
      for (let i = Math.max(a, b); i < count; i++) {
        sum += inverseLower[i * count + a]! * inverseLower[i * count + b]!;
      }
      block[at * size + other] = sum;
      block[other * size + at] = sum;
    }
  });
  const right = new Float64Array(size * classCount);
  members.forEach((row, at) => {
    right.set(solved.subarray(row * classCount, (row + 1) * classCount), at * classCount);
  });
  eliminate(block, right, size, classCount);
  return right;
}

/** Solves block · x = right in place of `right`; the block is positive definite, so no pivoting. */
function eliminate(block: Float64Array, right: Float64Array, size: number, width: number): void {
  for (let i = 0; i < size; i++) {
    const pivot = block[i * size + i]!;
    for (let k = 0; k < width; k++) right[i * width + k]! /= pivot;
    for (let j = i; j < size; j++) block[i * size + j]! /= pivot;
    for (let r = 0; r < size; r++) {
      const factor = block[r * size + i]!;
      if (r === i || factor === 0) continue;
      for (let j = i; j < size; j++) block[r * size + j]! -= factor * block[i * size + j]!;
      for (let k = 0; k < width; k++) right[r * width + k]! -= factor * right[i * width + k]!;
    }
  }
}
