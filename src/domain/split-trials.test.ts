import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPhoto } from '../testing/build-photo.ts';
import type { ClassInfo, Photo } from './photo.ts';
import { judgeTrials, MOST_TRIAL_PHOTOS, planTrials, TRIALS_OF_EACH } from './split-trials.ts';

const CLASSES: readonly ClassInfo[] = ['class-a', 'class-b'].map((id, i) => ({
  id,
  name: id,
  colorIndex: i,
}));
const SPLIT = { seed: 7, validationShare: 0.2, testShare: 0 };

/** Groups of `size` photos, classes taking turns. */
function grouped(groups: number, size: number): Photo[] {
  return Array.from({ length: groups * size }, (_, i) => {
    const group = Math.floor(i / size);
    return buildPhoto(`p${String(i)}`, {
      classId: group % 2 === 0 ? 'class-a' : 'class-b',
      groupId: `g${String(group)}`,
    });
  });
}

describe('planTrials', () => {
  it('keeps groups whole in honest trials and tears them in leaky ones', () => {
    const plan = planTrials(CLASSES, grouped(20, 5), SPLIT);
    if (plan === null) throw new Error('a plan was expected');
    expect(plan.trials).toHaveLength(2 * TRIALS_OF_EACH);
    const torn = plan.trials.map(({ kind, trainRows, validationRows }) => {
      const groupOf = (row: number): string => plan.photos[row]?.groupId ?? '';
      const training = new Set(Array.from(trainRows, groupOf));
      return [kind, Array.from(validationRows, groupOf).some((group) => training.has(group))];
    });
    expect(torn.filter(([kind]) => kind === 'honest').every(([, isTorn]) => isTorn === false)).toBe(
      true,
    );
    expect(torn.filter(([kind]) => kind === 'leaky').every(([, isTorn]) => isTorn === true)).toBe(
      true,
    );
  });

  it('uses each photo once, and each kind as many validation photos as the other, nearly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 30 }), fc.integer({ min: 1, max: 4 }), (n, size) => {
        const plan = planTrials(CLASSES, grouped(n, size), SPLIT);
        if (plan === null) return;
        for (const { trainRows, validationRows } of plan.trials) {
          const rows = [...trainRows, ...validationRows].sort((a, b) => a - b);
          expect(rows).toEqual(plan.photos.map((_, row) => row));
        }
        const counts = plan.trials.map(({ validationRows }) => validationRows.length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(4 * size);
      }),
    );
  });

  it('gives the same plan for the same project, and leaves the test side alone', () => {
    const photos = grouped(20, 3).map((photo, i) =>
      i < 6 ? { ...photo, side: 'test' as const } : photo,
    );
    const plan = planTrials(CLASSES, photos, SPLIT);
    expect(plan).toEqual(planTrials(CLASSES, photos, SPLIT));
    expect(plan?.photos).toHaveLength(54);
  });

  it('takes whole groups when there are too many photos', () => {
    const plan = planTrials(CLASSES, grouped(800, 4), SPLIT);
    if (plan === null) throw new Error('a plan was expected');
    expect(plan.photos.length).toBeGreaterThanOrEqual(MOST_TRIAL_PHOTOS);
    expect(plan.photos.length).toBeLessThan(MOST_TRIAL_PHOTOS + 4);
    expect(plan.photos.length % 4).toBe(0);
  });

  it('has no plan where there is nothing to compare', () => {
    expect(planTrials(CLASSES, [], SPLIT)).toBeNull();
    const one = grouped(10, 2).map((photo) => ({ ...photo, classId: 'class-a' }));
    expect(planTrials(CLASSES, one, SPLIT)).toBeNull();
  });
});

describe('judgeTrials', () => {
  it('weighs every validation photo alike', () => {
    expect(
      judgeTrials([
        { kind: 'honest', right: 6, of: 10 },
        { kind: 'leaky', right: 9, of: 10 },
        { kind: 'honest', right: 30, of: 30 },
      ]),
    ).toEqual({ honest: 0.9, leaky: 0.9 });
    expect(judgeTrials([{ kind: 'honest', right: 6, of: 10 }])).toBeNull();
  });
});
