/** Puts class probabilities into the order they are shown in. */
import type { ClassInfo } from '../../domain/photo.ts';

export interface ProbabilityRow {
  readonly info: ClassInfo;
  readonly probability: number;
  readonly isTop: boolean;
}

/**
 * `probabilities`: one per class; what is not a finite number counts as 0. Sorting is stable, so
 * equal ones keep the class order. With a limit, the top class is always among the rows.
 */
export function orderProbabilities(
  classes: readonly ClassInfo[],
  probabilities: readonly number[],
  order: 'class' | 'sorted',
  limit: number,
): readonly ProbabilityRow[] {
  const values = classes.map((_, i) => {
    const value = probabilities[i] ?? 0;
    return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
  });
  const highest = Math.max(0, ...values);
  const topIndex = values.indexOf(highest);
  const rows = classes.map((info, i) => ({
    info,
    probability: values[i] ?? 0,
    isTop: i === topIndex && highest > 0,
  }));
  const ranked = rows.toSorted((a, b) => b.probability - a.probability).slice(0, limit);
  if (order === 'sorted') return ranked;
  const kept = new Set(ranked);
  return rows.filter((row) => kept.has(row));
}
