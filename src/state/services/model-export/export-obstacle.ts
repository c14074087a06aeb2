/** Why the model cannot leave now; null when it can. */
import { isMadeOn } from '../../../domain/run-backbone.ts';
import type { ModelExportObstacle } from '../../model-export-state.ts';
import type { AppState } from '../../store-types.ts';

type Known = Pick<AppState, 'currentRun' | 'training' | 'intake' | 'backboneStatus' | 'importing'>;

const UNDER_WAY: readonly string[] = ['preparing', 'running', 'paused'];

export function modelExportObstacle(state: Known): ModelExportObstacle | null {
  const { currentRun: run, backboneStatus: status } = state;
  if (UNDER_WAY.includes(state.training.status)) return 'training';
  if (run === null) return 'no-run';
  if (run.metrics.length === 0 && run.opened === undefined) return 'no-epoch';
  if (state.intake !== null) return 'busy';
  if (status.kind === 'loading' || status.kind === 'none') return 'backbone-loading';
  if (status.kind !== 'ready' || !isMadeOn(run, status)) return 'other-backbone';
  return null;
}
