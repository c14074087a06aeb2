/**
 * Training photos whose label the head disputes: averaged over epochs from before it began to learn
 * photos by heart, it gives their label little and another class much. The average over epochs is the
 * point (Pleiss et al., "Identifying mislabeled data using the area under the margin ranking", NeurIPS
 * 2020): at a single epoch a hard photo looks the same as a mislabelled one.
 */

/** Mean probability of the label below this, and of some other class above that. */
const LABEL_BELOW = 0.25;
const OTHER_ABOVE = 0.6;

/**
 * @param perEpoch probabilities [rows, classCount] of each epoch looked at
 * @param labels [rows]
 * @returns rows, the most disputed first
 */
export function disputedRows(
  perEpoch: readonly Float32Array[],
  labels: Int32Array,
  classCount: number,
): readonly number[] {
  if (perEpoch.length === 0) return [];
  const disputed: { row: number; margin: number }[] = [];
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? 0;
    let own = 0;
    let other = 0;
    for (let k = 0; k < classCount; k++) {
      const sum = perEpoch.reduce((total, p) => total + (p[row * classCount + k] ?? 0), 0);
      const mean = sum / perEpoch.length;
      if (k === label) own = mean;
      else other = Math.max(other, mean);
    }
    if (own < LABEL_BELOW && other > OTHER_ABOVE) disputed.push({ row, margin: own - other });
  }
  return disputed.sort((a, b) => a.margin - b.margin || a.row - b.row).map(({ row }) => row);
}

/** At most `count` of `epochs` (rising) up to `last`, evenly spread, the last one always. */
export function epochsToAsk(
  epochs: readonly number[],
  last: number,
  count: number,
): readonly number[] {
  const early = epochs.filter((epoch) => epoch <= last);
  if (early.length <= count) return early;
  return Array.from(
    { length: count },
    (_, i) => early[Math.round(((i + 1) * early.length) / count) - 1] ?? last,
  );
}
