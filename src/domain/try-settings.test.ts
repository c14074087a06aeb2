import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_TRY_SETTINGS, isBelowThreshold, readTrySettings } from './try-settings.ts';

describe('readTrySettings', () => {
  it('gives back what it wrote', () => {
    const own = {
      smoothingSeconds: 1.5,
      turns: 3 as const,
      isMirrored: false,
      thresholds: { a: 0.8 },
      holdFrames: 12,
    };
    expect(readTrySettings(JSON.parse(JSON.stringify(own)))).toEqual(own);
  });

  it('makes valid settings of anything', () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        const { smoothingSeconds, turns, holdFrames, thresholds } = readTrySettings(stored);
        expect(smoothingSeconds).toBeGreaterThanOrEqual(0);
        expect([0, 1, 2, 3]).toContain(turns);
        expect(holdFrames).toBeGreaterThanOrEqual(1);
        for (const value of Object.values(thresholds)) expect(value).toBeGreaterThan(0);
      }),
    );
  });

  it('drops single values that are out of range and keeps the others', () => {
    const stored = { smoothingSeconds: 99, holdFrames: 2.5, thresholds: { a: 2, b: 0.5, c: 'x' } };
    expect(readTrySettings(stored)).toEqual({ ...DEFAULT_TRY_SETTINGS, thresholds: { b: 0.5 } });
    expect(readTrySettings(null)).toEqual(DEFAULT_TRY_SETTINGS);
    expect(readTrySettings({ thresholds: null })).toEqual(DEFAULT_TRY_SETTINGS);
  });
});

describe('isBelowThreshold', () => {
  const classes = [{ id: 'a' }, { id: 'b' }];

  it('asks only the most probable class', () => {
    expect(isBelowThreshold([0.6, 0.4], classes, { a: 0.7 })).toBe(true);
    expect(isBelowThreshold([0.6, 0.4], classes, { b: 0.7 })).toBe(false);
    expect(isBelowThreshold([0.6, 0.4], classes, {})).toBe(false);
  });

  it('says a class that is exactly as probable as it needs to be', () => {
    expect(isBelowThreshold([0.6, 0.4], classes, { a: 0.6 })).toBe(false);
  });
});
