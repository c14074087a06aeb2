/** Likenesses of many rows to many others, a few rows at a time so that a job can be cancelled between. */
import type { RowProducts } from '../head/row-products.ts';
import type { RunControl } from '../head/run-control.ts';
import { abortedByCaller } from './aborted-by-caller.ts';

/** Multiplications between two looks at the message queue: some 20 to 50 ms on wasm. */
const PRODUCTS_AT_ONCE = 150e6;

/**
 * Calls `look` with each query's likenesses to all references, in order; they are good until it
 * returns. Throws EngineError 'aborted' when the caller cancelled.
 * @param queries [·, dim]
 */
export async function eachRowOf(
  products: RowProducts,
  queries: Float32Array,
  dim: number,
  control: RunControl,
  look: (likenesses: Float32Array, query: number) => void,
): Promise<void> {
  const count = queries.length / dim;
  const perBlock = Math.max(4, Math.floor(PRODUCTS_AT_ONCE / Math.max(1, products.count * dim)));
  for (let begin = 0; begin < count; begin += perBlock) {
    if (control.isDue && !(await control.turn())) throw abortedByCaller();
    const size = Math.min(perBlock, count - begin);
    const block = await products.of(queries.subarray(begin * dim, (begin + size) * dim), size);
    for (let row = 0; row < size; row++) {
      look(block.subarray(row * products.count, (row + 1) * products.count), begin + row);
    }
  }
}
