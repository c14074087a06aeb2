/** Hyperparameters and the run on screen. The work itself is in the training runner. */
import {
  DEFAULT_HYPERPARAMETERS,
  validateHyperparameter,
} from '../../domain/hyperparameter-specs.ts';
import { presetSettings } from '../../domain/presets.ts';
import { refuseReader } from '../services/read-only.ts';
import { createTrainingRunner } from '../services/training-runner.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { TrainingSlice } from '../store-types.ts';

export const IDLE_TRAINING: TrainingSlice['training'] = {
  status: 'idle',
  runId: null,
  epoch: 0,
  epochs: 0,
  etaMs: null,
  errorCode: null,
};

export function createTrainingSlice(tools: SliceTools): TrainingSlice {
  const { get, set, editor } = tools;
  const runner = createTrainingRunner(tools);
  return {
    hyperparameters: DEFAULT_HYPERPARAMETERS,
    training: IDLE_TRAINING,
    currentRun: null,
    previousRun: null,
    runIsStale: false,
    unfinishedRun: null,
    setHyperparameter(key, value) {
      const verdict = validateHyperparameter(key, value);
      if (verdict !== 'ok' || refuseReader(get)) return verdict;
      set({ hyperparameters: { ...get().hyperparameters, [key]: value } });
      editor.saveProject();
      return 'ok';
    },
    resetHyperparameters() {
      if (refuseReader(get)) return;
      set({ hyperparameters: DEFAULT_HYPERPARAMETERS });
      editor.saveProject();
    },
    applyPreset(id) {
      if (refuseReader(get)) return;
      set({ hyperparameters: presetSettings(id, get().hyperparameters.seed) });
      editor.saveProject();
    },
    train: () => runner.train(),
    trainFrom: (from) => runner.train(from),
    retrain: () => runner.retrain(),
    cancelTraining: () => runner.cancel(),
    findUnfinishedRun: () => runner.findUnfinished(),
    goOnTraining: () => runner.goOn(),
    forgetUnfinishedRun: () => runner.forgetUnfinished(),
    pauseTraining: () => runner.pause(),
    resumeTraining: () => runner.resume(),
    stopTraining: () => runner.stop(),
    findLearningRate: (signal) => runner.findLearningRate(signal),
  };
}
