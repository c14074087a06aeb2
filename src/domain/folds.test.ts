import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFolds } from './folds.ts';
import { createRandom } from './random.ts';

describe('planFolds', () => {
  it('keeps groups together, judges every photo once, and shares classes out evenly', () => {
    const rows = fc.array(
      fc.record({ label: fc.integer({ min: 0, max: 2 }), group: fc.integer({ min: 0, max: 25 }) }),
      { minLength: 30, maxLength: 90 },
    );
    fc.assert(
      fc.property(rows, fc.integer({ min: 2, max: 5 }), fc.integer(), (photos, folds, seed) => {
        const labels = photos.map(({ label }) => label);
        const groups = photos.map(({ group }) => group);
        const plan = planFolds(labels, groups, 3, folds, seed);
        if ('code' in plan) return;
        const lone = new Set(plan.loneClasses);
        const foldOfGroup = new Map<number, number>();
        plan.foldOf.forEach((fold, row) => {
          const group = groups[row] ?? 0;
          expect(foldOfGroup.get(group) ?? fold).toBe(fold);
          foldOfGroup.set(group, fold);
          if (lone.has(labels[row] ?? 0)) expect(fold).toBe(-1);
        });
        expect(plan.foldOf).toEqual(
          (planFolds(labels, groups, 3, folds, seed) as typeof plan).foldOf,
        );
      }),
    );
  });

  it('puts about as many of each class into each fold', () => {
    const random = createRandom(4);
    const labels = Array.from({ length: 300 }, () => random.int(3));
    const plan = planFolds(
      labels,
      labels.map((_, row) => row),
      3,
      5,
      1,
    );
    if ('code' in plan) throw new Error(plan.code);
    for (let label = 0; label < 3; label++) {
      const perFold = Array.from(
        { length: 5 },
        (_, fold) => labels.filter((own, row) => own === label && plan.foldOf[row] === fold).length,
      );
      expect(Math.max(...perFold) - Math.min(...perFold)).toBeLessThanOrEqual(1);
    }
  });

  it('says what keeps it from judging', () => {
    expect(planFolds([0, 0, 0], [0, 1, 2], 1, 2, 1)).toEqual({ code: 'one-class' });
    expect(planFolds([0, 1, 0, 1], [7, 7, 7, 7], 2, 2, 1)).toMatchObject({
      code: 'too-few-groups',
    });
    expect(planFolds([0, 0, 1, 1], [0, 1, 2, 3], 2, 5, 1)).toEqual({
      code: 'too-few-groups',
      groups: 4,
      folds: 5,
    });
    const plan = planFolds([0, 0, 0, 1, 1, 1, 2, 2], [0, 1, 2, 3, 4, 5, 6, 6], 3, 3, 1);
    expect(plan).toMatchObject({ loneClasses: [2] });
    if (!('code' in plan)) expect([...plan.foldOf.slice(6)]).toEqual([-1, -1]);
  });
});
