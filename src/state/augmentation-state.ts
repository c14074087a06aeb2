/** Augmented copies of training photos, as the screen knows them: what they cost and how far they are. */
import type { Progress } from './store-types.ts';

export interface AugmentationCost {
  readonly copies: number;
  readonly photos: number;
  /** Copies that have to be embedded before a run with the settings of now; the others are kept. */
  readonly missing: number;
  /** Of all that is missing, by the measured rate; null as long as nothing was measured. */
  readonly estimatedMs: number | null;
}

/** RGB bytes [size, size, 3] each. */
export interface AugmentationPreview {
  readonly size: number;
  readonly copies: readonly Uint8Array[];
}

export interface AugmentationSlice {
  readonly augmentation: {
    /** While copies are embedded. */
    readonly progress: Progress | null;
    /** Measured on this device in this visit: from the stored photo to the stored embedding. */
    readonly msPerCopy: number | null;
  };
  augmentationCost(): Promise<AugmentationCost>;
  /** Copies of the first training photo, or of this one; also measures the rate. Null without one. */
  previewAugmentation(photoId: string | null): Promise<AugmentationPreview | null>;
}
