/** What is known about a run beside its curves: photos that may be wrongly labelled, photos that leak. */
import type { PhotoId } from '../domain/photo.ts';
import type { RunId } from '../domain/run.ts';

export interface RunSignals {
  readonly runId: RunId;
  readonly trainingCount: number;
  /** Validation photos with a near-duplicate on the training side. */
  readonly leakedIds: readonly PhotoId[];
  /** Training photos whose label is disputed, the clearest first. */
  readonly disputedIds: readonly PhotoId[];
  /** It trained on augmented copies as well. */
  readonly trainingIsHarder: boolean;
}

export interface RunSignalsSlice {
  /** Of the run on screen; null until they are worked out, or when that cannot be done. */
  readonly runSignals: RunSignals | null;
}
