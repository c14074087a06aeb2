/** A project: its classes, how it splits and what it trains with. Photos and runs refer to it. */
import type { ClassInfo, FitMode } from './photo.ts';
import type { Hyperparameters } from './hyperparameters.ts';

export type ProjectId = string;

export interface SplitSettings {
  /** Seed of the split; fixed for the life of the project unless the person asks for a new split. */
  readonly seed: number;
  /** Share of photos on the validation side, 0.05 to 0.5. */
  readonly validationShare: number;
  /** Share kept untouched as the test side, 0 (off) to 0.4. */
  readonly testShare: number;
}

export interface Project {
  readonly id: ProjectId;
  readonly name: string;
  readonly createdAt: number;
  readonly usedAt: number;
  readonly classes: readonly ClassInfo[];
  readonly split: SplitSettings;
  readonly fit: FitMode;
  readonly backboneId: string;
  readonly hyperparameters: Hyperparameters;
}
