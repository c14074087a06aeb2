/** What the rest of the worker needs from a loaded backbone, whatever its file format. */
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { BackboneCard } from '../../domain/backbone-card.ts';
import type { Folding } from '../../domain/folding.ts';

export interface EmbeddingWithMap {
  /** [n, width] */
  readonly embedding: Tensor2D;
  /** [n, side, side, channels] */
  readonly map: Tensor4D;
}

/** What is left of the network behind the embedding: the classes it was pretrained on. */
export interface BackboneClassifier {
  /** Numbers that it gives for one picture. */
  readonly outputs: number;
  /** embeddings [n, width] → logits [n, outputs]. As `embed`: inside tidy, or dispose of the result. */
  logits(embedding: Tensor2D): Tensor2D;
}

export interface BackboneNetwork {
  readonly card: BackboneCard;
  /** Range of the numbers that `embed` wants for pixels 0 and 255. */
  readonly inputRange: readonly [number, number];
  /**
   * input [n, size, size, 3] → embeddings [n, width]. Runs at once on the current backend; call it
   * inside tidy or dispose of the result.
   */
  embed(input: Tensor4D): Tensor2D;
  /** input → spatial map [n, side, side, channels]; null where the card names none. */
  readonly featureMap: ((input: Tensor4D) => Tensor4D) | null;
  /** Both at once, in one pass through the network; null where the card names no map. */
  readonly embedWithMap: ((input: Tensor4D) => EmbeddingWithMap) | null;
  /** Null when the files hold none. */
  readonly classifier: () => BackboneClassifier | null;
  readonly folding: Folding;
  dispose(): void;
}
