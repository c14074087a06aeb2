/** What likeness alone answers: for each photo its nearest ones among those learned from, and their say. */
import {
  classMeans,
  mostAlike,
  nearest,
  NEIGHBOURS,
  strangeness,
  unitRows,
  voteOf,
} from '../../domain/neighbours.ts';
import type { EvaluationPhotos } from '../../protocol/evaluation-messages.ts';
import type { EvaluationTools } from './evaluation-tools.ts';
import { eachRowOf } from './likeness-rows.ts';

export interface NeighbourAnswer {
  readonly nearest: readonly number[];
  readonly strangeness: number;
  readonly byNeighbours: number;
  readonly byClassMean: number;
}

/** One answer for each of `askedRows`; `onlyOthers`: near-duplicates of the photo asked about are no neighbours. */
export async function askNeighbours(
  photos: EvaluationPhotos,
  trainRows: Int32Array,
  askedRows: Int32Array,
  { control, createProducts }: Pick<EvaluationTools, 'control' | 'createProducts'>,
  onlyOthers = false,
): Promise<readonly NeighbourAnswer[]> {
  const { embeddings, dim, classCount } = photos;
  const references = unitRows(embeddings, dim, trainRows);
  const labels = trainRows.map((row) => photos.labels[row] ?? 0);
  const means = classMeans(references, dim, labels, classCount);
  const queries = unitRows(embeddings, dim, askedRows);
  const answers: NeighbourAnswer[] = [];
  const products = createProducts(references, dim);
  try {
    await eachRowOf(products, queries, dim, control, (likenesses, index) => {
      const group = photos.groups[askedRows[index] ?? 0];
      const isOther = (at: number): boolean => photos.groups[trainRows[at] ?? 0] !== group;
      const found = mostAlike(likenesses, NEIGHBOURS, onlyOthers ? isOther : undefined);
      const query = queries.subarray(index * dim, (index + 1) * dim);
      answers.push({
        nearest: found.map((each) => trainRows[each.index] ?? 0),
        strangeness: strangeness(found),
        byNeighbours: voteOf(found, labels, classCount),
        byClassMean: nearest(query, means, dim, 1)[0]?.index ?? 0,
      });
    });
  } finally {
    products.dispose();
  }
  return answers;
}

/** The class that most of these photos have. */
export function largestClass(photos: EvaluationPhotos, rows: Int32Array): number {
  const counts = new Int32Array(photos.classCount);
  for (const row of rows) counts[photos.labels[row] ?? 0]! += 1;
  return counts.indexOf(Math.max(...counts));
}
