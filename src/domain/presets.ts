/**
 * Sets of settings with a purpose: a sound start, and three ways to go wrong on purpose. Data only;
 * worker/head/preset-runs.test.ts trains with each and checks that it does what its name says.
 */
import { DEFAULT_HYPERPARAMETERS, HYPERPARAMETER_KEYS } from './hyperparameter-specs.ts';
import type { Hyperparameters } from './hyperparameters.ts';

export type PresetId = 'sensible' | 'overfit' | 'underfit' | 'diverge' | 'few-photos';

/** What each changes from the defaults. */
const CHANGES: Readonly<Record<PresetId, Partial<Hyperparameters>>> = {
  sensible: {},
  /** Many units, nothing that holds back, long enough to learn every photo by heart. */
  overfit: {
    epochs: 80,
    learningRate: 0.003,
    // Large embeddings would throw a hidden layer far off in the first epoch.
    warmup: 0.1,
    optimizer: 'adam',
    hiddenUnits: 64,
    weightDecay: 0,
    dropout: 0,
    labelSmoothing: 0,
  },
  /** Held back so hard that not even the training photos are learned. */
  underfit: { learningRate: 0.003, hiddenUnits: 0, weightDecay: 10, dropout: 0.9, epochs: 40 },
  /** Steps so long that each one lands further out than the last. */
  diverge: { optimizer: 'momentum', learningRate: 10, hiddenUnits: 32, weightDecay: 0, epochs: 30 },
  /** More steps out of few photos, and nothing taken at its word: dropout and softened labels. */
  'few-photos': { batchSize: 8, labelSmoothing: 0.1, dropout: 0.3 },
};

export const PRESET_IDS = Object.keys(CHANGES) as readonly PresetId[];

/** The whole settings; the seed is the person's own and stays. */
export function presetSettings(id: PresetId, seed: number): Hyperparameters {
  return { ...DEFAULT_HYPERPARAMETERS, ...CHANGES[id], seed };
}

/** The preset these settings are, null when they are none (any more). */
export function presetOf(settings: Hyperparameters): PresetId | null {
  return (
    PRESET_IDS.find((id) => {
      const preset = presetSettings(id, settings.seed);
      return HYPERPARAMETER_KEYS.every((key) => preset[key] === settings[key]);
    }) ?? null
  );
}
