/** What the screen shows of the epoch that is looked at: its answers, and those of the one in use. */
import type { EpochAnswers } from '../../domain/epoch-answers.ts';
import type { ClassInfo, Photo } from '../../domain/photo.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';

export interface EpochView {
  /** Another run is under way: what is shown is the one before it, to look at but not to travel in. */
  readonly isBusy: boolean;
  /** Rising. */
  readonly keptEpochs: readonly number[];
  /** Looked at: the chosen one, else the one in use. */
  readonly epoch: number;
  readonly epochInUse: number;
  readonly classes: readonly ClassInfo[];
  /** Row by row what the answers speak about. */
  readonly photos: readonly Photo[];
  /** Null while the validation photos cannot be asked. */
  readonly answers: EpochAnswers | null;
  readonly answersInUse: EpochAnswers | null;
}

/** Null without a finished run. Stays while the next one runs, so that nothing under it jumps. */
export function useEpochView(): EpochView | null {
  const { timeline } = useAppHandle().tools;
  const run = useApp((state) => state.currentRun);
  const status = useApp((state) => state.training.status);
  const lab = useApp((state) => state.lab);
  const isBusy = status === 'running' || status === 'paused' || status === 'preparing';
  if (run === null || lab.ruleEpoch === null) return null;
  const epoch = lab.chosenEpoch ?? lab.ruleEpoch;
  const canAsk = lab.validation === 'ready';
  return {
    isBusy,
    keptEpochs: lab.keptEpochs,
    epoch,
    epochInUse: lab.ruleEpoch,
    classes: run.classes,
    photos: timeline.validationPhotos,
    answers: canAsk ? timeline.answers(epoch) : null,
    answersInUse: canAsk ? timeline.answers(lab.ruleEpoch) : null,
  };
}
