/** Findings about single photos that show little: dark, bright, of one colour, blurred, tiny. */
import { findingOfSets, isFinding, type Finding, type FindingKind } from './finding.ts';
import type { Photo } from './photo.ts';

/** Mean luminance, 0 to 1. */
export const DARK_BELOW = 0.1;
export const BRIGHT_ABOVE = 0.93;
/**
 * Standard deviation of luminance that goes with them: a small bright thing at night and a thing cut
 * out on white are dark and bright by their mean alone, and fine to learn from.
 */
export const FAINT_BELOW = 0.09;
/** Standard deviation of luminance, 0 to 1. */
export const FLAT_BELOW = 0.025;
/** Shortest side of the stored photo in pixels; the smallest backbone input is 128. */
export const TINY_BELOW_PX = 64;
/**
 * Variance of the Laplacian at 128 px: a photo has to be below this, and far below what is usual in
 * its project, so that soft light or plain subjects are not called blurred.
 */
export const BLURRED_BELOW = 60;
export const BLURRED_SHARE_OF_MEDIAN = 0.08;

type QualityKind = Extract<FindingKind, 'one-colour' | 'dark' | 'bright' | 'blurred' | 'tiny'>;

/** Each photo is in at most one of them: a black photo is dark, not also of one colour and blurred. */
export function qualityFindings(photos: readonly Photo[]): readonly Finding[] {
  const found = new Map<QualityKind, Photo[]>();
  const limit = blurLimit(photos);
  for (const photo of photos) {
    const kind = judge(photo, limit);
    if (kind === null) continue;
    const list = found.get(kind);
    if (list === undefined) found.set(kind, [photo]);
    else list.push(photo);
  }
  return [...found].map(([kind, list]) => findingOfSets(kind, [list])).filter(isFinding);
}

function judge({ width, height, stats }: Photo, blurredBelow: number): QualityKind | null {
  if (Math.min(width, height) < TINY_BELOW_PX) return 'tiny';
  const isFaint = stats.contrast < FAINT_BELOW;
  if (isFaint && stats.brightness < DARK_BELOW) return 'dark';
  if (stats.contrast < FLAT_BELOW) return 'one-colour';
  if (isFaint && stats.brightness > BRIGHT_ABOVE) return 'bright';
  return stats.sharpness < blurredBelow ? 'blurred' : null;
}

function blurLimit(photos: readonly Photo[]): number {
  const sharpness = Float64Array.from(photos, (photo) => photo.stats.sharpness).sort();
  const median = sharpness[Math.floor(sharpness.length / 2)] ?? 0;
  return Math.min(BLURRED_BELOW, BLURRED_SHARE_OF_MEDIAN * median);
}
