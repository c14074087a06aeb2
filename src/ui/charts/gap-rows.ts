/** The area between the curves where validation is worse than training. */
import type { Axis } from './axis-steps.ts';
import type { CurveMetric, CurvePoint } from './curve-series.ts';
import { heldValue } from './line-rows.ts';

export interface GapRow {
  /** Not whole where the lines cross between two epochs. */
  readonly epoch: number;
  /** [low, high]; null where validation is not worse. */
  readonly gap: readonly [number, number] | null;
}

interface Pair {
  readonly epoch: number;
  readonly training: number;
  readonly validation: number;
}

/**
 * Rows of a recharts range area. Validation is worse above for a loss, below for an accuracy. Areas
 * begin and end exactly where the drawn lines cross, which on a log scale is not where straight
 * lines between the values would. Empty when there is no gap.
 */
export function gapRows(
  points: readonly CurvePoint[],
  metric: CurveMetric,
  values: Axis,
): readonly GapRow[] {
  const isLog = values.scale === 'log';
  const gapOf = ({ training, validation }: Pair): number =>
    metric === 'loss' ? validation - training : training - validation;
  const pairs = points.flatMap(({ epoch, training, validation }): Pair[] =>
    training === null || validation === null
      ? []
      : [
          {
            epoch,
            training: heldValue(training, values),
            validation: heldValue(validation, values),
          },
        ],
  );
  if (!pairs.some((pair) => gapOf(pair) > 0)) return [];
  return pairs.flatMap((pair, i): GapRow[] => {
    const row: GapRow = { epoch: pair.epoch, gap: gapOf(pair) >= 0 ? ends(pair) : null };
    const before = pairs[i - 1];
    return before && gapOf(before) * gapOf(pair) < 0
      ? [crossingOf(before, pair, isLog), row]
      : [row];
  });
}

function ends({ training, validation }: Pair): readonly [number, number] {
  return training < validation ? [training, validation] : [validation, training];
}

function crossingOf(a: Pair, b: Pair, isLog: boolean): GapRow {
  const onAxis = isLog ? Math.log : (value: number): number => value;
  const gapA = onAxis(a.validation) - onAxis(a.training);
  const gapB = onAxis(b.validation) - onAxis(b.training);
  const share = gapA / (gapA - gapB);
  const height = onAxis(a.training) + share * (onAxis(b.training) - onAxis(a.training));
  const value = isLog ? Math.exp(height) : height;
  return { epoch: a.epoch + share * (b.epoch - a.epoch), gap: [value, value] };
}
