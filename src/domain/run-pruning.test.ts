import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEPT_HISTORIES, KEPT_UNPINNED_RUNS, planPruning } from './run-pruning.ts';

const run = fc.record({
  id: fc.uuid(),
  startedAt: fc.integer({ min: 0, max: 1e6 }),
  pinned: fc.boolean(),
  named: fc.boolean(),
  hasHistory: fc.boolean(),
});
const runs = fc.uniqueArray(run, { selector: ({ id }) => id, maxLength: 120 });

describe('planPruning', () => {
  it('clears nothing away while there is room', () => {
    const few = Array.from({ length: KEPT_UNPINNED_RUNS }, (_, i) => ({
      id: String(i),
      startedAt: i,
      pinned: false,
      named: false,
      hasHistory: i < KEPT_HISTORIES,
    }));
    expect(planPruning(few, new Set())).toEqual({ remove: [], dropHistory: [] });
  });

  it('clears away the oldest run, and the heads of the fourth newest', () => {
    const many = Array.from({ length: KEPT_UNPINNED_RUNS + 1 }, (_, i) => ({
      id: String(i),
      startedAt: i,
      pinned: false,
      named: false,
      hasHistory: i >= KEPT_UNPINNED_RUNS - KEPT_HISTORIES,
    }));
    expect(planPruning(many, new Set())).toEqual({ remove: ['0'], dropHistory: ['27'] });
    expect(planPruning(many, new Set(['0', '27']))).toEqual({ remove: [], dropHistory: [] });
  });

  it('never touches pinned, named or shown runs, keeps the newest, and is done after one pass', () => {
    fc.assert(
      fc.property(runs, fc.nat(), (all, pick) => {
        const onScreen = new Set(all.length === 0 ? [] : [all[pick % all.length]?.id ?? '']);
        const plan = planPruning(all, onScreen);
        const removed = all.filter(({ id }) => plan.remove.includes(id));
        expect(removed.some(({ pinned, named, id }) => pinned || named || onScreen.has(id))).toBe(
          false,
        );
        const left = all
          .filter(({ id }) => !plan.remove.includes(id))
          .map((each) => ({
            ...each,
            hasHistory: each.hasHistory && !plan.dropHistory.includes(each.id),
          }));
        const loose = left.filter(({ pinned, named }) => !pinned && !named);
        expect(loose.length).toBeLessThanOrEqual(KEPT_UNPINNED_RUNS + onScreen.size);
        for (const gone of removed) {
          const newer = loose.filter(({ startedAt }) => startedAt >= gone.startedAt);
          expect(newer.length).toBeGreaterThanOrEqual(KEPT_UNPINNED_RUNS);
        }
        const heavy = left.filter(({ hasHistory }) => hasHistory);
        expect(heavy.length).toBeLessThanOrEqual(KEPT_HISTORIES + onScreen.size);
        expect(planPruning(left, onScreen)).toEqual({ remove: [], dropHistory: [] });
      }),
    );
  });
});
