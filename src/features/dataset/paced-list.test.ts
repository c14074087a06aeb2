import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_PHOTOS, firstOf, grown, MORE_PHOTOS, onlyGrew } from './paced-list.ts';

const list = (count: number) => Array.from({ length: count }, (_, i) => ({ id: String(i) }));

describe('a list shown piece by piece', () => {
  it('begins with a screenful, grows by bounded steps, and ends as the very list', () => {
    fc.assert(
      fc.property(fc.nat(3000), (count) => {
        const all = list(count);
        let shown = firstOf(all);
        expect(shown.length).toBeGreaterThanOrEqual(Math.min(count, FIRST_PHOTOS));
        let steps = 0;
        while (shown !== all) {
          const next = grown(shown, all);
          expect(next.length - shown.length).toBeLessThanOrEqual(MORE_PHOTOS);
          expect(onlyGrew(shown, next)).toBe(true);
          shown = next;
          steps += 1;
        }
        expect(steps).toBeLessThanOrEqual(Math.ceil(count / MORE_PHOTOS));
      }),
      { numRuns: 50 },
    );
  });

  it('shows a short list at once', () => {
    const all = list(MORE_PHOTOS);
    expect(firstOf(all)).toBe(all);
  });

  it('tells growth from any other change', () => {
    const five = list(5);
    expect(onlyGrew(five, list(6))).toBe(true);
    expect(onlyGrew(five, list(5))).toBe(true);
    expect(onlyGrew([], five)).toBe(true);
    expect(onlyGrew(five, five.slice(1))).toBe(false);
    expect(onlyGrew(five, five.slice(0, 4))).toBe(false);
    expect(onlyGrew(five, [...five].reverse())).toBe(false);
    expect(onlyGrew(five, [{ id: 'new' }, ...five])).toBe(false);
  });
});
