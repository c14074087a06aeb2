/**
 * Keeps the camera's answer from flickering: a moving average over probabilities that forgets
 * exponentially (Brown, 1956), by time and not by frames, so that it feels the same on slow and fast
 * machines.
 */

/**
 * Probabilities [classes] after `elapsedMs` more: a mix of those shown before and the new ones. The
 * weight of the past falls to 1/e in `timeConstantMs`; 0 forgets at once. Nothing before, or another
 * number of classes: the new ones as they are. A mix of distributions is a distribution.
 */
export function steadyAnswer(
  before: readonly number[] | null,
  fresh: readonly number[],
  elapsedMs: number,
  timeConstantMs: number,
): readonly number[] {
  if (before?.length !== fresh.length || !(timeConstantMs > 0)) return fresh;
  const weight = 1 - Math.exp(-Math.max(0, elapsedMs) / timeConstantMs);
  return fresh.map((value, i) => {
    const past = before[i] ?? value;
    return past + weight * (value - past);
  });
}
