/** Embeddings of some rows, one after the other. */
import type { EvaluationPhotos } from '../../protocol/evaluation-messages.ts';

/** [rows, dim] */
export function gatherEmbeddings(
  { embeddings, dim }: Pick<EvaluationPhotos, 'embeddings' | 'dim'>,
  rows: Int32Array,
): Float32Array {
  const gathered = new Float32Array(rows.length * dim);
  rows.forEach((row, index) => {
    gathered.set(embeddings.subarray(row * dim, (row + 1) * dim), index * dim);
  });
  return gathered;
}
