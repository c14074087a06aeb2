/** The switch "Retrain as I change settings": a change trains again, the run under way is cancelled. */
import { augmentationCode, augmentationOf } from '../../domain/augmentation.ts';
import { withDefaults } from '../../domain/hyperparameter-specs.ts';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import type { Run } from '../../domain/run.ts';
import { trainingObstacle } from '../selectors/training-obstacle.ts';
import type { AppStore } from '../app-store.ts';
import type { AppState } from '../store-types.ts';
import { settingsDiffer } from './run-staleness.ts';

/** A slider reports every step; one run for where it comes to rest. */
const SETTLE_MS = 150;

/** Returns a function that stops watching. */
export function watchLiveRetrain(store: AppStore): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const unsubscribe = store.subscribe((state, before) => {
    const changed =
      state.hyperparameters !== before.hyperparameters ||
      state.lab.liveRetrain !== before.lab.liveRetrain;
    if (!changed) return;
    if (timer !== null) clearTimeout(timer);
    timer = state.lab.liveRetrain ? setTimeout(() => follow(store.getState()), SETTLE_MS) : null;
  });
  return () => {
    if (timer !== null) clearTimeout(timer);
    unsubscribe();
  };
}

function follow(state: AppState): void {
  const { currentRun, hyperparameters, training, lab, retrain, cancelTraining } = state;
  if (!lab.liveRetrain) return;
  const isBusy = ['preparing', 'running', 'paused'].includes(training.status);
  // The first run is the person's own press of Train.
  if (currentRun === null && !isBusy) return;
  if (trainingObstacle(state) !== null) return;
  // Copies cost seconds to minutes: those are spent with a press of Train, never by a slider.
  if (wantsOtherCopies(currentRun, hyperparameters)) return;
  if (currentRun === null || settingsDiffer(currentRun, hyperparameters)) void retrain();
  // Back where the run on screen was made: what is under way is no longer wanted.
  else if (isBusy) cancelTraining();
}

function wantsOtherCopies(run: Run | null, settings: Hyperparameters): boolean {
  const wanted = augmentationOf(settings);
  if (wanted.copies === 0) return false;
  const had = run === null ? null : augmentationOf(withDefaults(run.hyperparameters));
  return (
    had === null ||
    had.copies < wanted.copies ||
    augmentationCode(had.kinds) !== augmentationCode(wanted.kinds)
  );
}
