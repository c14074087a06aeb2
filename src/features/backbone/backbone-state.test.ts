import { describe, expect, it } from 'vitest';
import type { BackboneCard, BackboneSourceKind } from '../../domain/backbone-card.ts';
import { BACKBONE_CATALOGUE } from '../../domain/backbone-catalogue.ts';
import { NOT_FOLDED } from '../../domain/folding.ts';
import '../../i18n/all-messages.ts';
import { isMessageKey } from '../../i18n/messages.ts';
import type { BackboneDownload, BackboneStatus } from '../../state/store-types.ts';
import { backboneReach, backboneState, groupBackbones, isRemovable } from './backbone-state.ts';

function known(
  overrides: Partial<{
    status: BackboneStatus;
    available: string[];
    partial: string[];
    download: BackboneDownload | null;
  }> = {},
) {
  return {
    backboneStatus: overrides.status ?? { kind: 'none' },
    availableBackbones: new Set(overrides.available ?? []),
    partialBackbones: new Set(overrides.partial ?? []),
    download: overrides.download ?? null,
  } as const;
}

const download = (status: BackboneDownload['status']): BackboneDownload => ({
  backboneId: 'a',
  receivedBytes: 1,
  totalBytes: 2,
  status,
  errorCode: null,
});

function card(id: string, kind: BackboneSourceKind): BackboneCard {
  const [first] = BACKBONE_CATALOGUE;
  if (first === undefined) throw new Error('the catalogue is empty');
  return { ...first, id, source: { ...first.source, kind } };
}

const READY: BackboneStatus = {
  kind: 'ready',
  backboneId: 'a',
  weightsSha256: 'aa',
  loadMs: 1,
  goldenError: null,
  folding: NOT_FOLDED,
};

describe('backboneState', () => {
  it('tells what is here from what is not', () => {
    expect(backboneState('a', known())).toBe('remote');
    expect(backboneState('a', known({ partial: ['a'] }))).toBe('partial');
    expect(backboneState('a', known({ available: ['a'] }))).toBe('available');
  });

  it('puts the chosen one before what is here', () => {
    const available = ['a'];
    expect(backboneState('a', known({ available, status: READY }))).toBe('in-use');
    expect(backboneState('b', known({ available: ['b'], status: READY }))).toBe('available');
    const failed: BackboneStatus = { kind: 'failed', backboneId: 'a', code: 'http' };
    expect(backboneState('a', known({ available, status: failed }))).toBe('failed');
  });

  it('shows a download even of one that failed to load', () => {
    const status: BackboneStatus = { kind: 'failed', backboneId: 'a', code: 'offline' };
    expect(backboneState('a', known({ status, download: download('verifying') }))).toBe(
      'downloading',
    );
    expect(backboneState('a', known({ status, download: download('failed') }))).toBe(
      'download-failed',
    );
    expect(backboneState('b', known({ download: download('running') }))).toBe('remote');
  });
});

describe('backboneReach', () => {
  it('promises offline use only where files and page are both kept', () => {
    const builtIn = card('a', 'built-in');
    const state = known({ available: ['a'] });
    expect(backboneReach(builtIn, { ...state, offline: 'ready' })).toBe('offline');
    expect(backboneReach(builtIn, { ...state, offline: 'unsupported' })).toBe('no-download');
    expect(backboneReach(builtIn, { ...known(), offline: 'ready' })).toBe('needs-network');
    expect(backboneReach(builtIn, { ...known({ partial: ['a'] }), offline: 'ready' })).toBe(
      'partial',
    );
  });

  it('counts a self-hosted one as kept once it was used', () => {
    const hosted = card('a', 'self-hosted');
    const state = known({ available: ['a'] });
    expect(backboneReach(hosted, { ...state, offline: 'ready' })).toBe('after-use');
    const used = known({ available: ['a'], status: READY });
    expect(backboneReach(hosted, { ...used, offline: 'ready' })).toBe('offline');
  });
});

describe('groupBackbones', () => {
  it('puts self-hosted ones first, keeps the order within, leaves out empty groups', () => {
    const groups = groupBackbones([
      card('x', 'download'),
      card('own', 'built-in'),
      card('y', 'download'),
      card('school', 'self-hosted'),
    ]);
    expect(groups.map(({ kind, cards }) => [kind, cards.map(({ id }) => id)])).toEqual([
      ['self-hosted', ['school']],
      ['built-in', ['own']],
      ['download', ['x', 'y']],
    ]);
    expect(groupBackbones([card('own', 'built-in')])).toHaveLength(1);
  });
});

describe('isRemovable', () => {
  it('takes only what was downloaded, and not while it is arriving', () => {
    expect(isRemovable(card('a', 'download'), known({ available: ['a'] }))).toBe(true);
    expect(isRemovable(card('a', 'download'), known({ partial: ['a'] }))).toBe(true);
    expect(isRemovable(card('a', 'download'), known())).toBe(false);
    expect(isRemovable(card('a', 'built-in'), known({ available: ['a'] }))).toBe(false);
    const arriving = known({ partial: ['a'], download: download('running') });
    expect(isRemovable(card('a', 'download'), arriving)).toBe(false);
  });
});

describe('summaries', () => {
  it('has a sentence for every backbone of the catalogue', () => {
    for (const { summaryKey } of BACKBONE_CATALOGUE) expect(isMessageKey(summaryKey)).toBe(true);
  });
});
