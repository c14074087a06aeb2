/** How far an embedding of the golden input is from the one that the card names. */
import type { GoldenEmbedding } from '../../domain/backbone-card.ts';

/** Largest of: relative difference of the sum, absolute differences of the first values. */
export function goldenDifference(golden: GoldenEmbedding, embedding: Float32Array): number {
  const sum = sumOf(embedding);
  let largest = Math.abs(sum - golden.sum) / Math.max(Math.abs(golden.sum), 1e-6);
  golden.first.forEach((wanted, i) => {
    largest = Math.max(largest, Math.abs((embedding[i] ?? NaN) - wanted));
  });
  return largest;
}

export function sumOf(embedding: Float32Array): number {
  let sum = 0;
  for (const value of embedding) sum += value;
  return sum;
}
