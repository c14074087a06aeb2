/**
 * Training once more with everything as it was: whether that is possible now, and how far the result
 * is from the first one. On one backend, with the same photos in the same rows, every random choice
 * comes from the seed, so the numbers have to be equal to the last bit.
 */
import type { HeadWeights } from './head.ts';
import type { EpochMetrics } from './metrics.ts';
import type { FitMode } from './photo.ts';
import type { Run, RunRepeat } from './run.ts';

/** What a run learned from. */
export interface RunData {
  readonly dataFingerprint: string;
  /** Missing on runs of earlier versions. */
  readonly photosFingerprint?: string | undefined;
  readonly backboneSha256: string;
  readonly fit: FitMode;
}

/** `split`: the same photos, but other ones are kept for validation. */
export type DataDifference = 'photos' | 'split' | 'fit' | 'backbone';

/** In what the data of two runs differ; empty when both learned from the same numbers. */
export function dataDifferences(a: RunData, b: RunData): readonly DataDifference[] {
  const found: DataDifference[] = [];
  if (a.dataFingerprint !== b.dataFingerprint) {
    const known = a.photosFingerprint !== undefined && b.photosFingerprint !== undefined;
    found.push(known && a.photosFingerprint === b.photosFingerprint ? 'split' : 'photos');
  }
  if (a.fit !== b.fit) found.push('fit');
  if (a.backboneSha256 !== b.backboneSha256) found.push('backbone');
  return found;
}

const LOSSES = ['trainLoss', 'validationLoss'] as const;
const ACCURACIES = ['trainAccuracy', 'validationAccuracy'] as const;

type Recorded = Pick<Run, 'id' | 'name' | 'metrics' | 'head' | 'bestEpoch'>;

/**
 * Compares every epoch that both have: a run that a person stopped is repeated to its end. Times are
 * not compared. The best heads are, unless the two runs chose different epochs or differ in shape.
 */
export function compareRepeat(original: Recorded, repeat: Recorded): RunRepeat {
  const comparedEpochs = Math.min(original.metrics.length, repeat.metrics.length);
  let firstDifference: number | null = null;
  let [lossGap, accuracyGap] = [0, 0];
  for (let i = 0; i < comparedEpochs; i++) {
    const [a, b] = [original.metrics[i], repeat.metrics[i]];
    if (a === undefined || b === undefined) break;
    if (!sameEpoch(a, b)) firstDifference ??= a.epoch;
    for (const key of LOSSES) lossGap = Math.max(lossGap, gapOf(a[key], b[key]));
    for (const key of ACCURACIES) accuracyGap = Math.max(accuracyGap, gapOf(a[key], b[key]));
  }
  const weightGap =
    original.bestEpoch === repeat.bestEpoch ? headGap(original.head, repeat.head) : null;
  // Where the longer run found a better epoch later, only the curves can be compared.
  const sameHead = weightGap === 0 || original.metrics.length !== repeat.metrics.length;
  return {
    runId: original.id,
    name: original.name,
    identical: firstDifference === null && comparedEpochs > 0 && sameHead,
    comparedEpochs,
    firstDifference,
    lossGap,
    accuracyGap,
    weightGap,
  };
}

function sameEpoch(a: EpochMetrics, b: EpochMetrics): boolean {
  const keys = ['epoch', ...LOSSES, ...ACCURACIES, 'learningRate'] as const;
  return keys.every((key) => Object.is(a[key], b[key]));
}

/** Infinity where only one of the two is a number. */
function gapOf(a: number | null, b: number | null): number {
  if (Object.is(a, b)) return 0;
  if (a === null || b === null || !Number.isFinite(a) || !Number.isFinite(b)) return Infinity;
  return Math.abs(a - b);
}

/** Largest difference of any weight; null for heads of different shapes. */
function headGap(a: HeadWeights, b: HeadWeights): number | null {
  const parts = (head: HeadWeights) => [
    head.standardisation?.mean ?? null,
    head.standardisation?.scale ?? null,
    head.hiddenKernel,
    head.hiddenBias,
    head.outputKernel,
    head.outputBias,
  ];
  const others = parts(b);
  let gap = 0;
  for (const [i, part] of parts(a).entries()) {
    const other = others[i] ?? null;
    if ((part === null) !== (other === null) || part?.length !== other?.length) return null;
    if (part === null || other === null) continue;
    for (let k = 0; k < part.length; k++) {
      gap = Math.max(gap, gapOf(part[k] ?? NaN, other[k] ?? NaN));
    }
  }
  return gap;
}
