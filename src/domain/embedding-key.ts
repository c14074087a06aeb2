/**
 * The key under which one photo's embedding is kept. Everything that changes the numbers is in it,
 * so that nothing is computed twice and nothing stale is ever used.
 */
import type { FitMode } from './photo.ts';

/**
 * Version of everything between a stored image and the backbone's input (decoding, resize kernel,
 * fit). Raise it whenever a change there changes pixels.
 *
 * How the backbone itself is computed is no part of it: folded or not, on wasm or on a GPU, the numbers
 * agree to about 1e-6 of the largest (the engine compares when it loads), which no head can tell
 * apart; photos embedded before and after such a change are the same data.
 */
export const PREPROCESSING_VERSION = 1;

export interface EmbeddingKeyParts {
  /** SHA-256 (hex) of the stored image. */
  readonly imageHash: string;
  readonly backboneId: string;
  /** SHA-256 (hex) of all weights; 64 bits of it are enough to tell files of one id apart. */
  readonly weightsSha256: string;
  /** Side of the square input in pixels. */
  readonly inputSize: number;
  readonly fit: FitMode;
  /** Of an augmented copy: what was done to it (`augmentationCode`) and its number, from 0. */
  readonly copy?: { readonly code: string; readonly index: number };
}

const WEIGHTS_DIGITS = 16;

/**
 * `<backbone>/<weights>/p<preprocessing>-<size>-<fit>/<image hash>`. All embeddings of one backbone
 * and setting lie side by side; the image hash comes last, so that storage can tell whose it is.
 */
export function embeddingKey(parts: EmbeddingKeyParts): string {
  const weights = parts.weightsSha256.slice(0, WEIGHTS_DIGITS);
  const preprocessing = `p${PREPROCESSING_VERSION}-${parts.inputSize}-${parts.fit}`;
  const copy = parts.copy === undefined ? '' : `-${parts.copy.code}-${String(parts.copy.index)}`;
  return `${parts.backboneId}/${weights}/${preprocessing}${copy}/${parts.imageHash}`;
}

/** The image hash that a key was made with. */
export function imageHashOfEmbeddingKey(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
