import { describe, expect, it } from 'vitest';
import { DEFAULT_HYPERPARAMETERS } from './hyperparameter-specs.ts';
import type { Hyperparameters } from './hyperparameters.ts';
import { presetSettings } from './presets.ts';
import { settingToLower } from './setting-to-lower.ts';

const of = (changes: Partial<Hyperparameters>): string =>
  settingToLower({ ...DEFAULT_HYPERPARAMETERS, ...changes });

describe('settingToLower', () => {
  it('names the learning rate as a rule', () => {
    expect(settingToLower(presetSettings('diverge', 1))).toBe('learningRate');
    expect(of({})).toBe('learningRate');
    expect(of({ learningRate: 5, weightDecay: 10 })).toBe('learningRate');
  });

  it('names weight decay where it alone pushes the weights past zero and out', () => {
    expect(of({ optimizer: 'adamw', learningRate: 0.3, weightDecay: 10 })).toBe('weightDecay');
    expect(of({ optimizer: 'momentum', momentum: 0.9, learningRate: 0.05, weightDecay: 10 })).toBe(
      'weightDecay',
    );
    // Adam divides the gradient by its own size, the decay in it too.
    expect(of({ optimizer: 'adam', learningRate: 0.3, weightDecay: 10 })).toBe('learningRate');
  });

  it('names momentum where steps pile up', () => {
    expect(of({ optimizer: 'momentum', momentum: 0.99, learningRate: 0.1 })).toBe('momentum');
  });
});
