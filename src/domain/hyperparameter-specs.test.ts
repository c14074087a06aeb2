import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_HYPERPARAMETERS,
  HYPERPARAMETER_KEYS,
  HYPERPARAMETER_SPECS,
  validateHyperparameter,
  validateHyperparameters,
} from './hyperparameter-specs.ts';

describe('HYPERPARAMETER_SPECS', () => {
  it('has defaults that are inside their own ranges', () => {
    expect(validateHyperparameters(DEFAULT_HYPERPARAMETERS)).toEqual({
      ok: true,
      value: DEFAULT_HYPERPARAMETERS,
    });
    expect(HYPERPARAMETER_KEYS).toHaveLength(27);
  });

  it('can draw every log slider: its left end is above 0', () => {
    for (const key of HYPERPARAMETER_KEYS) {
      const spec = HYPERPARAMETER_SPECS[key];
      if (spec.kind !== 'number') continue;
      expect(spec.min).toBeLessThan(spec.max);
      expect(spec.step).toBeGreaterThan(0);
      if (spec.scale === 'log') expect(spec.logFloor ?? spec.min).toBeGreaterThan(0);
      if (spec.scale === 'log' && spec.min === 0) expect(spec.logFloor).not.toBeNull();
    }
  });

  it('says when a setting changes nothing', () => {
    const adam = { ...DEFAULT_HYPERPARAMETERS, optimizer: 'adam' as const };
    expect(HYPERPARAMETER_SPECS.momentum.applies(adam)).toBe(false);
    expect(HYPERPARAMETER_SPECS.momentum.applies({ ...adam, optimizer: 'rmsprop' })).toBe(true);
    expect(HYPERPARAMETER_SPECS.patience.applies({ ...adam, earlyStopping: false })).toBe(false);
    expect(HYPERPARAMETER_SPECS.warmup.applies({ ...adam, schedule: 'one-cycle' })).toBe(false);
  });
});

describe('validateHyperparameter', () => {
  it.each([
    ['learningRate', NaN, 'not-a-number'],
    ['learningRate', '0.1', 'not-a-number'],
    ['learningRate', Infinity, 'not-a-number'],
    ['learningRate', 0, 'out-of-range'],
    ['learningRate', 0.1, 'ok'],
    ['epochs', 5000, 'ok'],
    ['epochs', 5001, 'out-of-range'],
    ['epochs', 2.5, 'out-of-range'],
    ['optimizer', 'adam', 'ok'],
    ['optimizer', 'lbfgs', 'out-of-range'],
    ['earlyStopping', 1, 'out-of-range'],
    ['seed', 4294967295, 'ok'],
  ] as const)('%s = %s is %s', (key, value, verdict) => {
    expect(validateHyperparameter(key, value)).toBe(verdict);
  });
});

describe('validateHyperparameters', () => {
  it('names everything that is wrong', () => {
    const { epochs, ...rest } = DEFAULT_HYPERPARAMETERS;
    expect(epochs).toBeGreaterThan(0);
    const check = validateHyperparameters({ ...rest, learningRate: NaN, dropout: 2 });
    expect(check).toEqual({
      ok: false,
      problems: [
        { key: 'epochs', verdict: 'missing' },
        { key: 'learningRate', verdict: 'not-a-number' },
        { key: 'dropout', verdict: 'out-of-range' },
      ],
    });
  });

  it('takes anything at all without throwing and lets nothing unknown through', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        expect(validateHyperparameters(input).ok).toBe(false);
      }),
    );
    const check = validateHyperparameters({ ...DEFAULT_HYPERPARAMETERS, extra: 1 });
    expect(check.ok && 'extra' in check.value).toBe(false);
  });
});
