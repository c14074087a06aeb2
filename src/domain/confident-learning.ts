/**
 * Labels that are probably wrong, by confident learning (Northcutt, Jiang & Chuang, "Confident
 * learning: estimating uncertainty in dataset labels", JAIR 70, 2021). Needs probabilities from models
 * that did not learn from the photo they speak about.
 */

export interface SuspectLabel {
  readonly row: number;
  readonly label: number;
  /** What the photo probably shows. */
  readonly suggested: number;
  /** p(label) − p(most likely other class), from −1: the lower the likelier a wrong label. */
  readonly margin: number;
  /** Probability of the label, and of what is suggested. */
  readonly labelShare: number;
  readonly suggestedShare: number;
}

export interface LabelCheck {
  /** Most suspicious first. */
  readonly suspects: readonly SuspectLabel[];
  /**
   * Confident joint [classes × classes], row = given label, column = probable class; each row sums to
   * the photos with that label.
   */
  readonly joint: readonly number[];
  /** Photos whose label is probably wrong by the joint's reckoning. */
  readonly estimatedErrors: number;
}

/**
 * Suspects are the photos that confident learning counts as another class, and those that another class
 * is merely likelier for: a good model finds most planted errors among the latter, and the order by
 * margin keeps them behind. How many labels are wrong is reckoned from the confident ones alone.
 * @param probabilities [rows, classCount], out of sample
 * @param labels [rows], as given
 */
export function checkLabels(
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  classCount: number,
): LabelCheck {
  const thresholds = selfConfidence(probabilities, labels, classCount);
  const counts = new Float64Array(classCount * classCount);
  const suspects: SuspectLabel[] = [];
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? 0;
    const ofRow = probabilities.subarray(row * classCount, (row + 1) * classCount);
    const confident = confidentClass(ofRow, thresholds);
    if (confident !== null) counts[label * classCount + confident]! += 1;
    const isConfident = confident !== null && confident !== label;
    const suggested = isConfident ? confident : ofRow.indexOf(Math.max(...ofRow));
    if (suggested === label) continue;
    suspects.push({
      row,
      label,
      suggested,
      margin: normalisedMargin(ofRow, label),
      labelShare: ofRow[label] ?? 0,
      suggestedShare: ofRow[suggested] ?? 0,
    });
  }
  suspects.sort((a, b) => a.margin - b.margin || a.row - b.row);
  const joint = calibratedJoint(counts, labels, classCount);
  let estimatedErrors = 0;
  joint.forEach((count, cell) => {
    if (Math.floor(cell / classCount) !== cell % classCount) estimatedErrors += count;
  });
  return { suspects, joint, estimatedErrors };
}

/** Mean probability of each class over the photos labelled with it; Infinity for a class without any. */
function selfConfidence(
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  classCount: number,
): Float64Array {
  const sums = new Float64Array(classCount);
  const photos = new Float64Array(classCount);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? 0;
    sums[label]! += probabilities[row * classCount + label] ?? 0;
    photos[label]! += 1;
  }
  return sums.map((sum, index) => (photos[index] === 0 ? Infinity : sum / (photos[index] ?? 1)));
}

/** The likeliest class among those whose probability reaches its threshold; null when none does. */
function confidentClass(ofRow: Float32Array, thresholds: Float64Array): number | null {
  let best: number | null = null;
  ofRow.forEach((probability, index) => {
    if (probability < (thresholds[index] ?? Infinity)) return;
    if (best === null || probability > (ofRow[best] ?? 0)) best = index;
  });
  return best;
}

export function normalisedMargin(ofRow: Float32Array, label: number): number {
  let other = 0;
  ofRow.forEach((probability, index) => {
    if (index !== label) other = Math.max(other, probability);
  });
  return (ofRow[label] ?? 0) - other;
}

/** Each row scaled to the photos that have that label. */
function calibratedJoint(
  counts: Float64Array,
  labels: ArrayLike<number>,
  classCount: number,
): readonly number[] {
  const photos = new Float64Array(classCount);
  for (let row = 0; row < labels.length; row++) photos[labels[row] ?? 0]! += 1;
  return Array.from(counts, (count, cell) => {
    const label = Math.floor(cell / classCount);
    let sum = 0;
    for (let k = 0; k < classCount; k++) sum += counts[label * classCount + k] ?? 0;
    return sum === 0 ? 0 : (count / sum) * (photos[label] ?? 0);
  });
}
