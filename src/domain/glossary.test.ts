import { describe, expect, it } from 'vitest';
import { curveSketches } from './curve-sketch.ts';
import { GLOSSARY_TERMS, TERM_OF_KNOB } from './glossary.ts';
import { HYPERPARAMETER_KEYS } from './hyperparameter-specs.ts';

describe('glossary', () => {
  it('names each term once and has one for every knob', () => {
    expect(new Set(GLOSSARY_TERMS).size).toBe(GLOSSARY_TERMS.length);
    for (const key of HYPERPARAMETER_KEYS) expect(GLOSSARY_TERMS).toContain(TERM_OF_KNOB[key]);
  });

  it('draws curves that stay in the picture, and two that differ', () => {
    const drawn = GLOSSARY_TERMS.flatMap((term) => {
      const pair = curveSketches(term);
      return pair === null ? [] : [pair];
    });
    expect(drawn.length).toBeGreaterThan(12);
    for (const [little, much] of drawn) {
      expect(little).not.toEqual(much);
      for (const { train, validation } of [little, much]) {
        expect(train).toHaveLength(validation.length);
        for (const loss of [...train, ...validation]) {
          expect(loss).toBeGreaterThanOrEqual(0);
          expect(loss).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it('shows in the drawing what the word says', () => {
    const [good, over] = curveSketches('overfitting') ?? [];
    const end = (losses: readonly number[] = []): number => losses.at(-1) ?? NaN;
    const lowest = (losses: readonly number[] = []): number => Math.min(...losses);
    expect(end(over?.validation)).toBeGreaterThan(1.2 * lowest(over?.validation));
    expect(end(good?.validation)).toBeLessThan(1.05 * lowest(good?.validation));
    const [, under] = curveSketches('underfitting') ?? [];
    expect(lowest(under?.train)).toBeGreaterThan(0.5);
    const [short, long] = curveSketches('patience') ?? [];
    expect(short?.stop ?? 1).toBeLessThan(long?.stop ?? 0);
  });
});
