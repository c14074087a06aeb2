/** Moves labels apart that would overlap, as little as possible. */

/**
 * `wanted`: centre of each label in pixels, in any order. Returns centres in the same order, at
 * least `gap` apart and within [top, bottom] (when they all fit there), keeping their order from
 * top to bottom; equal ones keep the order given.
 */
export function spreadLabels(
  wanted: readonly number[],
  gap: number,
  top: number,
  bottom: number,
): readonly number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  // Groups of touching labels share the shift that is best for them together.
  let groups: { sum: number; members: number[] }[] = [];
  for (const index of order) {
    groups.push({ sum: wanted[index] ?? 0, members: [index] });
    for (;;) {
      const last = groups.at(-1);
      const before = groups.at(-2);
      if (!last || !before || startOf(last, gap) - endOf(before, gap) >= gap - 1e-9) break;
      const merged = { sum: before.sum + last.sum, members: [...before.members, ...last.members] };
      groups = [...groups.slice(0, -2), merged];
    }
  }
  const result = new Array<number>(wanted.length);
  for (const group of groups) {
    group.members.forEach((index, i) => (result[index] = startOf(group, gap) + i * gap));
  }
  return keepInside(result, order, gap, top, bottom);
}

function startOf(group: { sum: number; members: number[] }, gap: number): number {
  const count = group.members.length;
  return group.sum / count - ((count - 1) * gap) / 2;
}

function endOf(group: { sum: number; members: number[] }, gap: number): number {
  return startOf(group, gap) + (group.members.length - 1) * gap;
}

function keepInside(
  centres: number[],
  order: readonly number[],
  gap: number,
  top: number,
  bottom: number,
): readonly number[] {
  let limit = bottom;
  for (const index of [...order].reverse()) {
    centres[index] = Math.min(centres[index] ?? 0, limit);
    limit = centres[index] - gap;
  }
  limit = top;
  for (const index of order) {
    centres[index] = Math.max(centres[index] ?? 0, limit);
    limit = centres[index] + gap;
  }
  return centres;
}
