/**
 * Products of rows with rows, a block at a time: how alike photos are to each other. On wasm and GPU
 * one matMul a block does what loops over pairs take ten times as long for; on cpu the loops that
 * training uses (`plain-kernels`) do it.
 */
import { dispose, getBackend, matMul, tensor2d, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { multiplyByRows } from './plain-kernels.ts';

export interface RowProducts {
  /** Of references. */
  readonly count: number;
  /** queries [count, dim] → [count, references], until the next call. */
  of(queries: Float32Array, count: number): Promise<Float32Array>;
  /** Disposes what lies on the backend. */
  dispose(): void;
}

/** `references` [·, dim] stays the caller's and must not change meanwhile. */
export type CreateRowProducts = (references: Float32Array, dim: number) => RowProducts;

/** The open backend's. */
export const createRowProducts: CreateRowProducts = (references, dim) =>
  getBackend() === 'cpu'
    ? createPlainRowProducts(references, dim)
    : createTensorRowProducts(references, dim);

export const createPlainRowProducts: CreateRowProducts = (references, dim) => {
  const width = references.length / dim;
  let result = new Float32Array(0);
  return {
    count: width,
    of(queries, count) {
      if (result.length < count * width) result = new Float32Array(count * width);
      multiplyByRows(queries, references, result, count, dim, width, width);
      return Promise.resolve(result.subarray(0, count * width));
    },
    dispose() {
      // Typed arrays only: nothing to hand back.
    },
  };
};

export const createTensorRowProducts: CreateRowProducts = (references, dim) => {
  // Transposed and packed once: wasm's fast kernel takes untransposed operands only.
  const width = references.length / dim;
  const columns: Tensor2D = tidy(() => transpose(tensor2d(references, [width, dim])));
  return {
    count: width,
    async of(queries, count) {
      const product = tidy(() =>
        matMul(tensor2d(queries.subarray(0, count * dim), [count, dim]), columns),
      );
      const values = await product.data<'float32'>();
      dispose(product);
      return values;
    },
    dispose() {
      dispose(columns);
    },
  };
};
