import { describe, expect, it } from 'vitest';
import { embeddingKey, imageHashOfEmbeddingKey } from './embedding-key.ts';

const parts = {
  imageHash: 'a'.repeat(64),
  backboneId: 'headstart-v2-050',
  weightsSha256: 'b'.repeat(64),
  inputSize: 128,
  fit: 'crop',
} as const;

describe('embeddingKey', () => {
  it('differs whenever anything that changes the numbers differs', () => {
    const keys = new Set([
      embeddingKey(parts),
      embeddingKey({ ...parts, imageHash: 'c'.repeat(64) }),
      embeddingKey({ ...parts, backboneId: 'mobilenet-v2-100' }),
      embeddingKey({ ...parts, weightsSha256: 'd'.repeat(64) }),
      embeddingKey({ ...parts, inputSize: 224 }),
      embeddingKey({ ...parts, fit: 'pad' }),
      embeddingKey({ ...parts, fit: 'stretch' }),
    ]);
    expect(keys.size).toBe(7);
  });

  it('gives the image hash back', () => {
    expect(imageHashOfEmbeddingKey(embeddingKey(parts))).toBe(parts.imageHash);
  });
});
