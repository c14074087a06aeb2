import { describe, expect, it } from 'vitest';
import { buildRun } from '../testing/build-project.ts';
import { DEFAULT_HYPERPARAMETERS } from './hyperparameter-specs.ts';
import { dataWarnings, runDifferences, varyingSettings } from './run-difference.ts';
import type { Run } from './run.ts';
import { summariseRun } from './run-summary.ts';

const run = (id: string, change: Partial<Run> = {}) => summariseRun(buildRun(id, 'p', change));
const settings = (change: object) => ({
  hyperparameters: { ...DEFAULT_HYPERPARAMETERS, ...change },
});

describe('runDifferences', () => {
  it('is empty for one run and for equal runs', () => {
    expect(runDifferences([run('a')])).toEqual([]);
    expect(runDifferences([run('a'), run('b', { name: 'other', startedAt: 1 })])).toEqual([]);
  });

  it('lists only what differs, one value a run in their order', () => {
    const runs = [
      run('a'),
      run('b', { ...settings({ learningRate: 0.01, hiddenUnits: 64 }), backend: 'cpu' }),
      run('c', settings({ learningRate: 0.01 })),
    ];
    expect(runDifferences(runs)).toEqual([
      { kind: 'setting', key: 'learningRate', values: [0.003, 0.01, 0.01] },
      { kind: 'setting', key: 'hiddenUnits', values: [0, 64, 0] },
      { kind: 'fact', key: 'backend', values: ['wasm', 'cpu', 'wasm'] },
    ]);
  });

  it('takes a knob that an old run did not have as its default', () => {
    const { seed: _seed, ...without } = DEFAULT_HYPERPARAMETERS;
    const old = run('a', { hyperparameters: without as Run['hyperparameters'] });
    expect(varyingSettings([old, run('b')])).toEqual([]);
    expect(varyingSettings([old, run('b', settings({ seed: 9 }))])).toEqual(['seed']);
  });
});

describe('dataWarnings', () => {
  const data = { dataFingerprint: 'd1', photosFingerprint: 'f1' };
  it('says nothing about runs on the same data', () => {
    expect(dataWarnings([run('a', data), run('b', data)])).toEqual([]);
  });
  it('tells another split from other photos, and names fit and backbone', () => {
    const split = { dataFingerprint: 'd2', photosFingerprint: 'f1' };
    const photos = { dataFingerprint: 'd3', photosFingerprint: 'f2' };
    expect(dataWarnings([run('a', data), run('b', split)])).toEqual(['split']);
    expect(dataWarnings([run('a', data), run('b', photos)])).toEqual(['photos']);
    expect(
      dataWarnings([run('a', data), run('b', { ...data, fit: 'pad', backboneSha256: 'other' })]),
    ).toEqual(['fit', 'backbone']);
  });
  it('does not know of a split without the fingerprint of the photos', () => {
    expect(dataWarnings([run('a'), run('b', { dataFingerprint: 'other' })])).toEqual(['photos']);
  });
});
