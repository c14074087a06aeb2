/** Chooses which epochs a table lists: all of them, or an even choice with the notable ones. */

/**
 * Indices, rising: first, last and `keep` always, others evenly spread, about `maxRows` in all.
 * `count`: how many rows there are.
 */
export function thinRows(
  count: number,
  maxRows: number,
  keep: readonly number[] = [],
): readonly number[] {
  if (count <= maxRows) return Array.from({ length: count }, (_, i) => i);
  const stride = Math.ceil((count - 1) / (maxRows - 1));
  const rows = new Set<number>([count - 1]);
  for (let i = 0; i < count; i += stride) rows.add(i);
  for (const index of keep) if (index >= 0 && index < count) rows.add(index);
  return [...rows].sort((a, b) => a - b);
}
