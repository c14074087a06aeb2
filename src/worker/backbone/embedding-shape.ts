/** Brings what an embedding node gives, [n, width], [n, 1, 1, width] or a map to be pooled, to [n, width]. */
import { mean, reshape, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { BackboneCard } from '../../domain/backbone-card.ts';
import { invalidBackbone } from './model-artifacts.ts';

/** @throws EngineError `backbone-invalid` if the shape is not what the card promises. */
export function toEmbedding(card: BackboneCard, output: Tensor): Tensor2D {
  const { width, pool } = card.embedding;
  const shape = output.shape;
  const count = shape[0];
  const isMap = shape.length === 4 && shape[3] === width;
  if (pool && isMap) return mean(output, [1, 2]);
  const isFlat = shape.length === 2 && shape[1] === width;
  const isPooledMap = isMap && shape[1] === 1 && shape[2] === 1;
  if (!pool && (isFlat || isPooledMap)) return reshape(output, [count, width]);
  const got = `[${shape.join(', ')}]`;
  const wanted = pool ? `a map of ${width} channels` : `${width} numbers a picture`;
  throw invalidBackbone(
    card,
    `node "${card.embedding.node}" gives ${got}, the card says ${wanted}`,
    {
      outputShape: got,
      embeddingWidth: width,
    },
  );
}
