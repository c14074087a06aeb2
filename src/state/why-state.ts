/** What the store holds of looking at why the model answers as it does. */
import type { ClassId } from '../domain/photo.ts';

export interface WhySettings {
  /** Predictions come with maps of the evidence for each class. */
  readonly isOn: boolean;
  /** Whose evidence is shown; null: that of the class that was answered. */
  readonly classId: ClassId | null;
  /** Opacity of the strongest evidence, 0 to 1. */
  readonly strength: number;
  /** `evidence`: what adds up to the answer; `hiding`: what matters when it is hidden. */
  readonly layer: 'evidence' | 'hiding';
}

export interface WhySlice {
  readonly why: WhySettings & {
    /** Counts up whenever `services/close-look` has something else to show. */
    readonly revision: number;
  };
  /** Switching on looks again at the photo on screen. */
  setWhy(change: Partial<WhySettings>): void;
}
