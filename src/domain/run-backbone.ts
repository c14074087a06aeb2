/**
 * Was a run made on this very backbone? The id alone does not tell: a newer version of the app can
 * bring other weights under the same id, and a head means nothing on the numbers of other weights.
 */
import type { Run } from './run.ts';

export interface BackboneIdentity {
  readonly backboneId: string;
  /** SHA-256 (hex) of all weights. */
  readonly weightsSha256: string;
}

export function isMadeOn(
  run: Pick<Run, 'backboneId' | 'backboneSha256'>,
  backbone: BackboneIdentity,
): boolean {
  return run.backboneId === backbone.backboneId && run.backboneSha256 === backbone.weightsSha256;
}
