/** In what runs differ: settings, and the facts around them. Only what differs is listed. */
import {
  DEFAULT_HYPERPARAMETERS,
  HYPERPARAMETER_KEYS,
  type HyperparameterKey,
} from './hyperparameter-specs.ts';
import type { Hyperparameters } from './hyperparameters.ts';
import { dataDifferences, type DataDifference } from './repeat-comparison.ts';
import type { RunSummary } from './run-summary.ts';

export type SettingValue = Hyperparameters[HyperparameterKey];

export type RunFact =
  | 'train-photos'
  | 'validation-photos'
  | 'classes'
  | 'validation-share'
  | 'test-share'
  | 'split-seed'
  | 'fit'
  | 'backbone'
  | 'backend'
  | 'app-version';

export type DifferenceRow =
  /** One value a run, in the order of the runs; null where it was not recorded. */
  | {
      readonly kind: 'setting';
      readonly key: HyperparameterKey;
      readonly values: readonly SettingValue[];
    }
  | {
      readonly kind: 'fact';
      readonly key: RunFact;
      readonly values: readonly (string | number | null)[];
    };

/** A run of an earlier version may lack a knob; it then ran with what is now its default. */
export function settingOf(
  run: Pick<RunSummary, 'hyperparameters'>,
  key: HyperparameterKey,
): SettingValue {
  const settings: Partial<Hyperparameters> = run.hyperparameters;
  return settings[key] ?? DEFAULT_HYPERPARAMETERS[key];
}

/** Settings that are not the same in all of these runs, in the order of the table of knobs. */
export function varyingSettings(
  runs: readonly Pick<RunSummary, 'hyperparameters'>[],
): readonly HyperparameterKey[] {
  return HYPERPARAMETER_KEYS.filter((key) => differ(runs.map((run) => settingOf(run, key))));
}

const FACTS: Readonly<Record<RunFact, (run: RunSummary) => string | number | null>> = {
  'train-photos': (run) => run.trainCount,
  'validation-photos': (run) => run.validationCount,
  classes: (run) => run.classes.map((info) => info.name).join(', '),
  'validation-share': (run) => run.split?.validationShare ?? null,
  'test-share': (run) => run.split?.testShare ?? null,
  'split-seed': (run) => run.split?.seed ?? null,
  fit: (run) => run.fit,
  backbone: (run) => run.backboneId,
  backend: (run) => run.backend,
  'app-version': (run) => run.appVersion,
};
const FACT_KEYS = Object.keys(FACTS) as readonly RunFact[];

/** Settings first. Empty for fewer than two runs and for equal ones. */
export function runDifferences(runs: readonly RunSummary[]): readonly DifferenceRow[] {
  const settings = varyingSettings(runs).map((key): DifferenceRow => ({
    kind: 'setting',
    key,
    values: runs.map((run) => settingOf(run, key)),
  }));
  const facts = FACT_KEYS.flatMap((key): DifferenceRow[] => {
    const values = runs.map(FACTS[key]);
    return differ(values) ? [{ kind: 'fact', key, values }] : [];
  });
  return [...settings, ...facts];
}

/** Why the curves of these runs cannot be compared like with like; empty when they can. */
export function dataWarnings(runs: readonly RunSummary[]): readonly DataDifference[] {
  const [first, ...others] = runs;
  if (first === undefined) return [];
  return [...new Set(others.flatMap((other) => dataDifferences(first, other)))];
}

function differ(values: readonly unknown[]): boolean {
  return values.some((value) => !Object.is(value, values[0]));
}
