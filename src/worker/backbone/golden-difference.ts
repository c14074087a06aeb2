/** The golden input's embedding, and how far it is from the one that the card names. */
import { tensor4d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import type { GoldenEmbedding } from '../../domain/backbone-card.ts';
import type { BackboneNetwork } from './backbone-network.ts';
import { sineInput } from './pixel-range.ts';

/** [1, width]; the caller disposes it. */
export function embedGoldenInput({
  card,
  inputRange,
  embed,
}: Pick<BackboneNetwork, 'card' | 'inputRange' | 'embed'>): Tensor2D {
  const size = card.inputSize;
  return tidy(() => embed(tensor4d(sineInput(size, inputRange), [1, size, size, 3])));
}

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
