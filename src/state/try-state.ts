/** Trying the model on many photos, and how it is tried. Files and all answers are beside the store. */
import type { AnswerCounter } from '../domain/answer-counter.ts';
import type { ClassInfo } from '../domain/photo.ts';
import type { RunId } from '../domain/run.ts';
import type { TrySettings } from '../domain/try-settings.ts';
import type { Prediction, Progress, Refusal } from './store-types.ts';

export interface FileToTry {
  readonly file: Blob;
  /** Path inside the folder that was given, with '/'; the bare name of a single file. */
  readonly path: string;
}

export type TriedPhoto = {
  /** Place among the files given, from 0. */
  readonly index: number;
  readonly path: string;
} & (
  | {
      readonly kind: 'answered';
      /** One for each class of the batch, as `Prediction` has them. */
      readonly probabilities: readonly number[];
      readonly withheld: Prediction['withheld'];
      /** Of the first ones alone. */
      readonly thumbnailUrl: string | null;
    }
  | { readonly kind: 'refused'; readonly refusal: Pick<Refusal, 'code' | 'params'> }
);

export interface TryBatch {
  /** 'failed': the engine gave up; what was answered before is there. */
  readonly status: 'running' | 'done' | 'cancelled' | 'failed';
  readonly runId: RunId;
  readonly epoch: number;
  readonly classes: readonly ClassInfo[];
  /** What was set when it was asked; other settings by now may answer otherwise. */
  readonly settingsKey: string;
  readonly progress: Progress;
  readonly answered: number;
  readonly refused: number;
  /** The first of each, in the order given; all of them are in the table that is saved. */
  readonly shown: readonly Extract<TriedPhoto, { kind: 'answered' }>[];
  readonly shownRefusals: readonly Extract<TriedPhoto, { kind: 'refused' }>[];
}

export interface TrySlice {
  readonly trySettings: TrySettings;
  readonly tryBatch: TryBatch | null;
  readonly counter: AnswerCounter;
  /** Reads what this project was tried with last on this device. */
  loadTrySettings(): Promise<void>;
  setTrySettings(change: Partial<TrySettings>): void;
  setCounter(counter: AnswerCounter): void;
  /** Answers about each file in turn; a batch that is under way is replaced. Never rejects. */
  tryMany(files: readonly FileToTry[]): Promise<void>;
  /** The same files again, with the model and settings of now. */
  tryManyAgain(): Promise<void>;
  cancelTryMany(): void;
  clearTryMany(): void;
  /** Everything that is known about the batch, in the order given. */
  triedPhotos(): readonly TriedPhoto[];
  /** A file of the batch, for a closer look; null when it is gone. */
  fileTried(index: number): FileToTry | null;
}
