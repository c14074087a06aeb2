import { describe, expect, it } from 'vitest';
import { isMadeOn } from './run-backbone.ts';

describe('the backbone of a run', () => {
  const run = { backboneId: 'built-in', backboneSha256: 'aa' };

  it('is told by its weights, not by its name alone', () => {
    expect(isMadeOn(run, { backboneId: 'built-in', weightsSha256: 'aa' })).toBe(true);
    expect(isMadeOn(run, { backboneId: 'built-in', weightsSha256: 'bb' })).toBe(false);
    expect(isMadeOn(run, { backboneId: 'other', weightsSha256: 'aa' })).toBe(false);
  });
});
