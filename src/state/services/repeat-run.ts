/**
 * Trains a stored run once more, with its settings, on the data of now, and compares. Refused where
 * the data are not those it learned from: another result would then say nothing.
 */
import { compareRepeat, dataDifferences } from '../../domain/repeat-comparison.ts';
import type { Run, RunId, RunRepeat } from '../../domain/run.ts';
import type { RepeatState } from '../runs-state.ts';
import { trainingObstacle } from '../selectors/training-obstacle.ts';
import type { SliceTools } from '../slice-tools.ts';
import { collectTrainingRows } from './training-rows.ts';

export interface RepeatSteps {
  /** False when the settings are out of range today. */
  readonly takeSettings: (run: Run) => boolean;
  readonly report: (state: RepeatState) => void;
  readonly keep: (runId: RunId, result: RunRepeat) => Promise<void>;
}

export async function repeatRun(
  { get, services, embedder }: SliceTools,
  id: RunId,
  { takeSettings, report, keep }: RepeatSteps,
): Promise<void> {
  const listed = get().runs.list.find((run) => run.id === id);
  const original = await services.storage.getRun(id);
  if (listed === undefined || original === null) {
    report({ status: 'refused', name: listed?.name ?? '', reasons: ['gone'] });
    return;
  }
  const { name } = original;
  const obstacle = trainingObstacle(get());
  if (['preparing', 'running', 'paused'].includes(get().training.status)) {
    report({ status: 'refused', name, reasons: ['busy'] });
    return;
  }
  const rows = collectTrainingRows(get().classes, get().photos);
  const differences = dataDifferences(original, {
    dataFingerprint: rows.fingerprint,
    photosFingerprint: rows.photosFingerprint,
    backboneSha256: embedder.source?.weightsSha256 ?? '',
    fit: get().fit,
  });
  if (differences.length > 0 || obstacle !== null) {
    const reasons = differences.length > 0 ? differences : (['obstacle'] as const);
    report({ status: 'refused', name, reasons });
    return;
  }
  const live = get().lab.liveRetrain;
  // Live retraining would start a run of its own for the settings taken over here.
  if (live) get().setLiveRetrain(false);
  try {
    if (!takeSettings(original)) {
      report({ status: 'refused', name, reasons: ['settings'] });
      return;
    }
    report({ status: 'running', of: id, name });
    const before = get().currentRun?.id;
    await get().train();
    const repeat = get().currentRun;
    if (repeat === null || repeat.id === before || get().training.status !== 'finished') {
      report({ status: 'unfinished', name });
      return;
    }
    const result = compareRepeat(original, repeat);
    await keep(repeat.id, result);
    report({ status: 'done', result, otherBackend: repeat.backend !== original.backend });
  } finally {
    if (live) get().setLiveRetrain(true);
  }
}
