/**
 * Whether photos that look alike by their hash look alike to the backbone too. What "alike" means
 * differs between backbones and projects, so it is measured: closer than nearly all pairs of
 * different pictures of one class.
 */

/** Cosine distance, 0 (same direction) to 2; 2 when one of them is all zero. */
export function cosineDistance(a: Float32Array, b: Float32Array): number {
  let [dot, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    dot += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA === 0 || ofB === 0 ? 2 : 1 - dot / Math.sqrt(ofA * ofB);
}

/** Of pairs of different pictures, the share that is closer than the limit. */
const CLOSER_SHARE = 0.02;
const FEWEST_PAIRS = 20;

/** Null when there are too few pairs to say. @param distances of pairs of different pictures */
export function likenessLimit(distances: readonly number[]): number | null {
  if (distances.length < FEWEST_PAIRS) return null;
  const sorted = Float64Array.from(distances).sort();
  return sorted[Math.floor(CLOSER_SHARE * sorted.length)] ?? null;
}

/**
 * Members of a set that stand apart: not within the limit of any other member.
 *
 * @param members embeddings, null where there is none; those are never said to stand apart
 * @returns their places in the set
 */
export function standApart(members: readonly (Float32Array | null)[], limit: number): number[] {
  return members.flatMap((own, i) => {
    if (own === null) return [];
    const others = members.filter((other, j) => j !== i && other !== null);
    if (others.length === 0) return [];
    const isNear = others.some((other) => other !== null && cosineDistance(own, other) <= limit);
    return isNear ? [] : [i];
  });
}
