/**
 * Saying "I don't know": how accuracy rises when the least sure answers are withheld, the threshold
 * that is a sensible start, and how well a score tells known things from unknown ones.
 */

export interface CoveragePoint {
  /** Answers at least this sure are given. */
  readonly threshold: number;
  /** Share of photos answered, in [0, 1]. */
  readonly coverage: number;
  /** Of those answered; null when none is. */
  readonly accuracy: number | null;
  readonly answered: number;
  readonly hits: number;
}

/** Risk–coverage as in El-Yaniv & Wiener, JMLR 2010: one point for each distinct confidence, rising. */
export function coverageCurve(
  confidence: ArrayLike<number>,
  right: ArrayLike<number>,
): readonly CoveragePoint[] {
  const order = Array.from({ length: confidence.length }, (_, row) => row).sort(
    (a, b) => (confidence[b] ?? 0) - (confidence[a] ?? 0),
  );
  const points: CoveragePoint[] = [];
  let hits = 0;
  order.forEach((row, index) => {
    hits += right[row] ?? 0;
    const threshold = confidence[row] ?? 0;
    const following = order[index + 1];
    if (following !== undefined && confidence[following] === threshold) return;
    const answered = index + 1;
    points.push({
      threshold,
      coverage: answered / order.length,
      accuracy: hits / answered,
      answered,
      hits,
    });
  });
  return points.reverse();
}

/** What a threshold does to these answers. */
export function coverageAt(
  confidence: ArrayLike<number>,
  right: ArrayLike<number>,
  threshold: number,
): CoveragePoint {
  let answered = 0;
  let hits = 0;
  for (let row = 0; row < confidence.length; row++) {
    if ((confidence[row] ?? 0) < threshold) continue;
    answered += 1;
    hits += right[row] ?? 0;
  }
  return {
    threshold,
    coverage: answered / confidence.length,
    accuracy: answered === 0 ? null : hits / answered,
    answered,
    hits,
  };
}

/** Withholding more would leave a model that hardly speaks. */
const LEAST_COVERAGE = 0.5;

/**
 * A start for the dial: the lowest confidence at which at most half of the share of errors is left,
 * but never so high that fewer than half of the photos are answered. 0 (always answer) when there is
 * no error to avoid.
 */
export function defaultThreshold(confidence: ArrayLike<number>, right: ArrayLike<number>): number {
  const curve = coverageCurve(confidence, right);
  const all = curve[0];
  if (all === undefined || all.accuracy === null || all.accuracy === 1) return 0;
  const wanted = 1 - (1 - all.accuracy) / 2;
  const answering = curve.filter(({ coverage }) => coverage >= LEAST_COVERAGE);
  const good = answering.find(({ accuracy }) => (accuracy ?? 0) >= wanted);
  return (good ?? answering.at(-1) ?? all).threshold;
}

/**
 * Area under the ROC curve: the chance that a known photo scores higher than an unknown one, ties
 * counting half (Mann & Whitney 1947; Hanley & McNeil 1982). NaN when either side is empty.
 */
export function areaUnderRoc(known: readonly number[], unknown: readonly number[]): number {
  const all = [
    ...known.map((score) => ({ score, isKnown: true })),
    ...unknown.map((score) => ({ score, isKnown: false })),
  ].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]?.score === all[from]?.score) to += 1;
    const rank = (from + 1 + to) / 2;
    for (let at = from; at < to; at++) if (all[at]?.isKnown === true) rankSum += rank;
    from = to;
  }
  const pairs = known.length * unknown.length;
  return (rankSum - (known.length * (known.length + 1)) / 2) / pairs;
}
