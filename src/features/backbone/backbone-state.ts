/** What can be said and done about one backbone in the list, from what the store knows. */
import type { BackboneCard, BackboneSourceKind } from '../../domain/backbone-card.ts';
import type { EngineSlice, ShellSlice } from '../../state/store-types.ts';

export type BackboneState =
  | 'loading' // being loaded now
  | 'in-use'
  | 'failed' // was chosen, could not be loaded
  | 'downloading'
  | 'download-failed'
  | 'available' // can be used without a network
  | 'partial' // some of its files are here
  | 'remote';

type Known = Pick<
  EngineSlice,
  'backboneStatus' | 'availableBackbones' | 'partialBackbones' | 'download'
>;

export function backboneState(id: string, known: Known): BackboneState {
  const { backboneStatus: status, download } = known;
  // Files may be fetched again for one that failed to load, so the download speaks first.
  if (download?.backboneId === id) {
    return download.status === 'failed' ? 'download-failed' : 'downloading';
  }
  if (status.kind !== 'none' && status.backboneId === id) {
    return status.kind === 'ready' ? 'in-use' : status.kind;
  }
  if (known.availableBackbones.has(id)) return 'available';
  return known.partialBackbones.has(id) ? 'partial' : 'remote';
}

/** What it takes to use it: nothing, even unplugged; or how much of a network. */
export type Reach = 'offline' | 'no-download' | 'after-use' | 'partial' | 'needs-network';

/**
 * A backbone works offline when its files are kept and the page itself is: the built-in one comes
 * with the page, a self-hosted one is kept from its first use on, a download lies in storage.
 */
export function backboneReach(
  card: BackboneCard,
  known: Known & Pick<ShellSlice, 'offline'>,
): Reach {
  if (!known.availableBackbones.has(card.id)) {
    return known.partialBackbones.has(card.id) ? 'partial' : 'needs-network';
  }
  if (known.offline !== 'ready') return 'no-download';
  const isUsed = backboneState(card.id, known) === 'in-use';
  return card.source.kind === 'self-hosted' && !isUsed ? 'after-use' : 'offline';
}

const GROUP_ORDER: readonly BackboneSourceKind[] = ['self-hosted', 'built-in', 'file', 'download'];

export interface BackboneGroup {
  readonly kind: BackboneSourceKind;
  readonly cards: readonly BackboneCard[];
}

/** Non-empty groups, self-hosted first; cards keep their order within a group. */
export function groupBackbones(cards: readonly BackboneCard[]): readonly BackboneGroup[] {
  return GROUP_ORDER.map((kind) => ({
    kind,
    cards: cards.filter((card) => card.source.kind === kind),
  })).filter((group) => group.cards.length > 0);
}

/** Only what was downloaded can be removed; the rest belongs to the server. */
export function isRemovable(card: BackboneCard, known: Known): boolean {
  const kept = known.availableBackbones.has(card.id) || known.partialBackbones.has(card.id);
  const isBusy = known.download?.backboneId === card.id && known.download.status !== 'failed';
  const isOurs = card.source.kind === 'download' || card.source.kind === 'file';
  return isOurs && kept && !isBusy;
}
