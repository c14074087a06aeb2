/** Keeps `runIsStale` true to the facts: data, settings or backbone differ from those of the run shown. */
import { withDefaults } from '../../domain/hyperparameter-specs.ts';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import { isMadeOn } from '../../domain/run-backbone.ts';
import type { Run } from '../../domain/run.ts';
import { CURVE_KEYS, stoppingOf } from '../../domain/stopping-rule.ts';
import type { AppState } from '../store-types.ts';
import type { AppStore } from '../app-store.ts';
import { collectTrainingRows } from './training-rows.ts';

/** Edits come in bursts; the fingerprint walks over every photo. */
const SETTLE_MS = 150;

const WATCHED = [
  'classes',
  'photos',
  'hyperparameters',
  'currentRun',
  'backboneStatus',
  'fit',
] as const;

/** Returns a function that stops watching. */
export function watchRunStaleness(store: AppStore): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const unsubscribe = store.subscribe((state, before) => {
    if (WATCHED.every((key) => state[key] === before[key])) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      const runIsStale = isStale(store.getState());
      if (runIsStale !== store.getState().runIsStale) store.setState({ runIsStale });
    }, SETTLE_MS);
  });
  return () => {
    if (timer !== null) clearTimeout(timer);
    unsubscribe();
  };
}

export function isStale(state: AppState): boolean {
  const { currentRun: run, hyperparameters, classes, photos, backboneStatus, fit } = state;
  if (run === null) return false;
  if (backboneStatus.kind === 'ready' && !isMadeOn(run, backboneStatus)) return true;
  if (fit !== run.fit) return true;
  if (settingsDiffer(run, hyperparameters)) return true;
  return collectTrainingRows(classes, photos).fingerprint !== run.dataFingerprint;
}

/**
 * Would these settings have made another curve? Early stopping only reads the curve, so it makes none
 * stale, unless the run ended at its stop and would go on by the settings of now.
 */
export function settingsDiffer(run: Run, settings: Hyperparameters): boolean {
  const before = withDefaults(run.hyperparameters);
  if (CURVE_KEYS.some((key) => settings[key] !== before[key])) return true;
  return run.end === 'early-stopped' && stoppingOf(run.metrics, settings).stoppedEpoch === null;
}
