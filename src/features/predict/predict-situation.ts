/** Whether the model on screen can be tried now, and if not, why. */
import { isMadeOn } from '../../domain/run-backbone.ts';
import type { AppState } from '../../state/store-types.ts';

export type PredictSituation =
  | { readonly kind: 'no-run' }
  | { readonly kind: 'usable' }
  | { readonly kind: 'backbone-loading' }
  | { readonly kind: 'backbone-failed' }
  /** The run was made on another backbone; `here`: it can be loaded without a network. */
  | { readonly kind: 'other-backbone'; readonly backboneId: string; readonly here: boolean }
  /** The run's backbone is not in the catalogue any more, or has other weights now. */
  | { readonly kind: 'backbone-gone'; readonly backboneId: string };

type Known = Pick<AppState, 'currentRun' | 'backboneStatus' | 'backbones' | 'availableBackbones'>;

export function predictSituation(known: Known): PredictSituation {
  const { currentRun: run, backboneStatus: status } = known;
  if (run === null) return { kind: 'no-run' };
  if (status.kind === 'none' || status.kind === 'loading') return { kind: 'backbone-loading' };
  const { backboneId } = run;
  if (status.backboneId === backboneId) {
    if (status.kind === 'failed') return { kind: 'backbone-failed' };
    return isMadeOn(run, status) ? { kind: 'usable' } : { kind: 'backbone-gone', backboneId };
  }
  if (!known.backbones.some((card) => card.id === backboneId)) {
    return { kind: 'backbone-gone', backboneId };
  }
  return { kind: 'other-backbone', backboneId, here: known.availableBackbones.has(backboneId) };
}
