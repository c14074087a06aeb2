/** What every job of evaluation works with. */
import type { CreateHeadMath } from '../head/head-math.ts';
import type { CreateRowProducts } from '../head/row-products.ts';
import type { RunControl } from '../head/run-control.ts';

export interface EvaluationTools {
  readonly createMath: CreateHeadMath;
  readonly createProducts: CreateRowProducts;
  readonly control: RunControl;
  readonly onProgress: (done: number, total: number) => void;
}
