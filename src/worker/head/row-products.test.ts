import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../domain/random.ts';
import { openInNode } from '../../testing/node-backends.ts';
import { createPlainRowProducts, createTensorRowProducts } from './row-products.ts';

const DIM = 37;

function rows(count: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: count * DIM }, () => random.normal());
}

beforeAll(() => openInNode('wasm'));

describe.each([createPlainRowProducts, createTensorRowProducts])('%o', (create) => {
  it('is the sum of products of each pair, whatever the size of the block', async () => {
    const references = rows(11, 1);
    const tensors = memory().numTensors;
    const products = create(references, DIM);
    expect(products.count).toBe(11);
    for (const count of [7, 1, 4]) {
      const queries = rows(count, count);
      const found = await products.of(queries, count);
      expect(found).toHaveLength(count * 11);
      for (let q = 0; q < count; q++) {
        for (let r = 0; r < 11; r++) {
          let sum = 0;
          for (let d = 0; d < DIM; d++) {
            sum += (queries[q * DIM + d] ?? 0) * (references[r * DIM + d] ?? 0);
          }
          expect(found[q * 11 + r]).toBeCloseTo(sum, 3);
        }
      }
    }
    products.dispose();
    expect(memory().numTensors).toBe(tensors);
  });
});
