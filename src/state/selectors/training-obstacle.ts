/** Why Train cannot be pressed now; null when it can. Memoised on what it reads. */
import { validateHyperparameters } from '../../domain/hyperparameter-specs.ts';
import { continuedDatasetObstacle, datasetObstacle } from '../services/training-rows.ts';
import type { AppState, TrainingObstacle } from '../store-types.ts';

type Inputs = Pick<
  AppState,
  'classes' | 'photos' | 'backboneStatus' | 'intake' | 'hyperparameters'
>;

export function createTrainingObstacle(): (state: Inputs) => TrainingObstacle | null {
  let last: Inputs | null = null;
  let answer: TrainingObstacle | null = null;
  return (state) => {
    const same =
      last !== null &&
      last.classes === state.classes &&
      last.photos === state.photos &&
      last.backboneStatus === state.backboneStatus &&
      (last.intake === null) === (state.intake === null) &&
      last.hyperparameters === state.hyperparameters;
    if (!same) {
      last = state;
      answer = findObstacle(state);
    }
    return answer;
  };
}

export const trainingObstacle = createTrainingObstacle();

/** Why a trained head cannot go on with the photos of now. */
export function continuationObstacle(state: Inputs): TrainingObstacle | null {
  return findObstacle(state, continuedDatasetObstacle(state.photos));
}

function findObstacle(
  state: Inputs,
  dataset = datasetObstacle(state.classes, state.photos),
): TrainingObstacle | null {
  if (state.intake !== null) return { code: 'intake-running' };
  if (dataset !== null) return dataset;
  if (state.backboneStatus.kind !== 'ready') return { code: 'backbone-not-ready' };
  const problems = validateHyperparameters(state.hyperparameters);
  return problems.ok ? null : { code: 'invalid-settings' };
}
