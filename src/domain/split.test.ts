import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPhoto } from '../testing/build-photo.ts';
import type { Photo, Side } from './photo.ts';
import type { SplitSettings } from './project.ts';
import { changeShares, pinSide, resplit } from './split-changes.ts';
import { assignSides, describeSplit } from './split.ts';

fc.configureGlobal({ numRuns: 60 });

const settings: SplitSettings = { seed: 7, validationShare: 0.2, testShare: 0 };

function apply(photos: readonly Photo[], changed: readonly Photo[]): readonly Photo[] {
  const byId = new Map(changed.map((photo) => [photo.id, photo]));
  return photos.map((photo) => byId.get(photo.id) ?? photo);
}

function add(
  photos: readonly Photo[],
  added: readonly Photo[],
  at = settings,
  regrouped: Photo[] = [],
) {
  const placement = assignSides(photos, added, at, regrouped);
  return [...apply(photos, placement.changed), ...placement.added];
}

const sidesOf = (photos: readonly Photo[]) => new Map(photos.map((p) => [p.id, p.side]));
const count = (photos: readonly Photo[], side: Side, classId?: string) =>
  photos.filter((p) => p.side === side && (classId === undefined || p.classId === classId)).length;

const arbitrarySettings = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  validationShare: fc.integer({ min: 5, max: 50 }).map((n) => n / 100),
  testShare: fc.constantFrom(0, 0, 0.1, 0.25, 0.4),
});

/** Batches of groups: each group has a class and a size. */
const arbitraryBatches = fc
  .array(
    fc.array(
      fc.record({
        classId: fc.constantFrom('a', 'b', 'c'),
        size: fc.oneof(
          { weight: 8, arbitrary: fc.constant(1) },
          { weight: 2, arbitrary: fc.integer({ min: 2, max: 9 }) },
        ),
      }),
      { maxLength: 25 },
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((batches) =>
    batches.map((groups, b) =>
      groups.flatMap(({ classId, size }, g) =>
        Array.from({ length: size }, (_, i) =>
          buildPhoto(`${b}-${g}-${i}`, { classId, groupId: `${b}-${g}-0` }),
        ),
      ),
    ),
  );

function largestGroup(photos: readonly Photo[], classId: string): number {
  const sizes = new Map<string, number>();
  for (const p of photos)
    if (p.classId === classId) sizes.set(p.groupId, (sizes.get(p.groupId) ?? 0) + 1);
  return Math.max(0, ...sizes.values());
}

const groupCount = (photos: readonly Photo[], classId: string) =>
  new Set(photos.filter((p) => p.classId === classId).map((p) => p.groupId)).size;

describe('assignSides', () => {
  it('keeps every photo where it is when more are added, whole groups, targets within one group', () => {
    fc.assert(
      fc.property(arbitraryBatches, arbitrarySettings, (batches, at) => {
        let photos: readonly Photo[] = [];
        for (const batch of batches) {
          const before = sidesOf(photos);
          const placement = assignSides(photos, batch, at);
          expect(placement.changed).toEqual([]);
          expect(placement.tornGroups).toEqual([]);
          photos = [...photos, ...placement.added];
          for (const [id, side] of before) expect(sidesOf(photos).get(id)).toBe(side);
          for (const classId of ['a', 'b', 'c']) {
            const own = photos.filter((p) => p.classId === classId);
            const slack = largestGroup(own, classId) + 1e-9;
            expect(
              Math.abs(count(own, 'validation') - at.validationShare * own.length),
            ).toBeLessThanOrEqual(slack);
            expect(Math.abs(count(own, 'test') - at.testShare * own.length)).toBeLessThanOrEqual(
              slack,
            );
          }
        }
        const sides = new Map<string, Set<Side>>();
        for (const p of photos)
          sides.set(p.groupId, (sides.get(p.groupId) ?? new Set()).add(p.side));
        for (const set of sides.values()) expect(set.size).toBe(1);
      }),
    );
  });

  it('gives every class of two or more single photos both sides, however they arrive', () => {
    const arrivals = fc.array(fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 8 }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(arrivals, arbitrarySettings, (batches, at) => {
        let photos: readonly Photo[] = [];
        batches.forEach((batch, b) => {
          photos = add(
            photos,
            batch.map((classId, i) => buildPhoto(`${b}-${i}`, { classId })),
            at,
          );
          for (const classId of ['a', 'b']) {
            const groups = groupCount(photos, classId);
            if (groups >= 1) expect(count(photos, 'train', classId)).toBeGreaterThan(0);
            if (groups >= 2) expect(count(photos, 'validation', classId)).toBeGreaterThan(0);
            if (groups === 1) expect(count(photos, 'validation', classId)).toBe(0);
          }
        });
      }),
    );
  });

  it('is within one photo of the target for single photos, one by one or all at once', () => {
    for (const share of [0.05, 0.2, 0.33, 0.5]) {
      const at = { ...settings, validationShare: share };
      const all = Array.from({ length: 60 }, (_, i) => buildPhoto(`p${i}`));
      let oneByOne: readonly Photo[] = [];
      for (const photo of all) {
        oneByOne = add(oneByOne, [photo], at);
        const target = Math.max(oneByOne.length > 1 ? 1 : 0, share * oneByOne.length);
        expect(Math.abs(count(oneByOne, 'validation') - target)).toBeLessThanOrEqual(1);
      }
      expect(count(add([], all, at), 'validation')).toBe(Math.round(share * 60));
    }
  });

  it('does not depend on the order of a batch, nor on ids, only on contents and seed', () => {
    fc.assert(
      fc.property(arbitraryBatches, arbitrarySettings, fc.integer(), (batches, at, turn) => {
        const batch = batches.flat();
        const start = batch.length === 0 ? 0 : Math.abs(turn) % batch.length;
        const turned = [...batch.slice(start), ...batch.slice(0, start)].reverse();
        expect(sidesOf(add([], turned, at))).toEqual(
          new Map(turned.map((p) => [p.id, sidesOf(add([], batch, at)).get(p.id)])),
        );
      }),
      { numRuns: 40 },
    );
    const singles = Array.from({ length: 50 }, (_, i) => buildPhoto(`p${i}`));
    const renamed = singles.map((p) => ({ ...p, id: `other-${p.id}`, groupId: `other-${p.id}` }));
    expect(add([], renamed).map((p) => p.side)).toEqual(add([], singles).map((p) => p.side));
    const otherSeed = add([], singles, { ...settings, seed: 8 });
    expect(otherSeed.map((p) => p.side)).not.toEqual(add([], singles).map((p) => p.side));
  });

  it('puts a new photo on the side of the group it joins', () => {
    const photos = add(
      [],
      Array.from({ length: 10 }, (_, i) => buildPhoto(`p${i}`)),
    );
    for (const other of photos) {
      const [copy] = assignSides(
        photos,
        [buildPhoto('copy', { groupId: other.groupId })],
        settings,
      ).added;
      expect(copy).toMatchObject({ side: other.side, splitRank: other.splitRank, pinned: false });
    }
  });

  it('moves training photos to validation when a new photo links two sides, never the reverse', () => {
    const train = buildPhoto('t', { groupId: 'g', side: 'train', splitRank: 0.5 });
    const held = buildPhoto('v', { groupId: 'h', side: 'validation', splitRank: 0.1 });
    const link = buildPhoto('n', { groupId: 'g' });
    const { added, changed, tornGroups } = assignSides([train, held], [link], settings, [
      { ...held, groupId: 'g' },
    ]);
    expect(tornGroups).toEqual([]);
    expect(added[0]).toMatchObject({ side: 'validation', splitRank: 0.1 });
    expect(new Map(changed.map((p) => [p.id, p.side]))).toEqual(
      new Map([
        ['t', 'validation'],
        ['v', 'validation'],
      ]),
    );
  });

  it('never moves a pinned photo, nor a validation photo into training; says when a group is torn', () => {
    const pinned = buildPhoto('t', { groupId: 'g', side: 'train', pinned: true });
    const held = buildPhoto('v', { groupId: 'h', side: 'validation' });
    const joined = { ...held, groupId: 'g' };
    const torn = assignSides([pinned, held], [buildPhoto('n', { groupId: 'g' })], settings, [
      joined,
    ]);
    expect(torn.tornGroups).toEqual(['g']);
    expect(torn.changed.map((p) => [p.id, p.side])).toEqual([['v', 'validation']]);
    expect(torn.added[0]?.side).toBe('train');

    const free = buildPhoto('f', { groupId: 'h', side: 'train' });
    const pinnedHeld = { ...pinned, side: 'validation' as const };
    const mended = assignSides([pinnedHeld, free], [buildPhoto('n', { groupId: 'g' })], settings, [
      { ...free, groupId: 'g' },
    ]);
    expect(mended.tornGroups).toEqual([]);
    expect(mended.changed.map((p) => [p.id, p.side])).toEqual([['f', 'validation']]);
  });

  it('leaves a recording beside a single snapshot in training', () => {
    const burst = Array.from({ length: 100 }, (_, i) => buildPhoto(`b${i}`, { groupId: 'b0' }));
    const photos = add(add([], [buildPhoto('single')]), burst);
    expect(count(photos, 'train')).toBe(101);
    expect(describeSplit(photos, ['class-a'])[0]?.issue).toBe('no-validation');
    expect(count(add(photos, [buildPhoto('third')]), 'validation')).toBe(1);
  });
});

describe('changeShares', () => {
  const arbitraryShares = fc.array(fc.integer({ min: 5, max: 50 }), { minLength: 1, maxLength: 5 });

  it('comes back exactly, keeps pins and groups, and stays close to every share on the way', () => {
    fc.assert(
      fc.property(arbitraryBatches, arbitrarySettings, arbitraryShares, (batches, at, percents) => {
        let photos: readonly Photo[] = [];
        for (const batch of batches) photos = add(photos, batch, at);
        const start = sidesOf(photos);
        let now = at;
        for (const percent of [...percents, at.validationShare * 100]) {
          const next = {
            ...at,
            validationShare:
              percent === at.validationShare * 100 ? at.validationShare : percent / 100,
          };
          const changed = changeShares(photos, now, next);
          const rising = next.validationShare >= now.validationShare;
          for (const p of changed) expect(p.side).toBe(rising ? 'validation' : 'train');
          photos = apply(photos, changed);
          now = next;
          for (const { classId, issue } of describeSplit(photos, ['a', 'b', 'c'])) {
            if (groupCount(photos, classId) > 0)
              expect([classId, issue]).not.toContain('no-training');
          }
        }
        expect(sidesOf(photos)).toEqual(start);
      }),
    );
  });

  it('meets other shares than the one the photos came at, within two photos', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 300 }),
        arbitrarySettings,
        fc.integer({ min: 5, max: 50 }),
        (n, at, percent) => {
          const photos = add(
            [],
            Array.from({ length: n }, (_, i) => buildPhoto(`p${i}`)),
            at,
          );
          const share = percent / 100;
          const moved = apply(photos, changeShares(photos, at, { ...at, validationShare: share }));
          expect(Math.abs(count(moved, 'validation') - share * n)).toBeLessThanOrEqual(2);
        },
      ),
    );
  });

  it('gives ranks to photos that came without, and leaves pinned groups alone', () => {
    const photos = Array.from({ length: 40 }, (_, i) =>
      buildPhoto(`p${i}`, { side: i < 8 ? 'validation' : 'train', pinned: i === 0 || i === 20 }),
    );
    const up = apply(photos, changeShares(photos, settings, { ...settings, validationShare: 0.5 }));
    expect(up.every((p) => p.splitRank !== undefined)).toBe(true);
    expect([up[0]?.side, up[20]?.side]).toEqual(['validation', 'train']);
    expect(count(up, 'validation')).toBeGreaterThan(8);
    const back = apply(up, changeShares(up, { ...settings, validationShare: 0.5 }, settings));
    expect(sidesOf(back)).toEqual(sidesOf(photos));
  });

  it('sets a test side apart and gives it back', () => {
    const photos = add(
      [],
      Array.from({ length: 50 }, (_, i) => buildPhoto(`p${i}`)),
    );
    const withTest = { ...settings, testShare: 0.2 };
    const tested = apply(photos, changeShares(photos, settings, withTest));
    expect(Math.abs(count(tested, 'test') - 10)).toBeLessThanOrEqual(1);
    expect(count(tested, 'validation')).toBe(count(photos, 'validation'));
    expect(sidesOf(apply(tested, changeShares(tested, withTest, settings)))).toEqual(
      sidesOf(photos),
    );
  });
});

describe('resplit and pinSide', () => {
  const photos = add(
    [],
    Array.from({ length: 40 }, (_, i) => buildPhoto(`p${i}`)),
  );

  it('splits anew, with pins kept', () => {
    const pinned = apply(photos, pinSide(photos, ['p3'], 'test', settings));
    const anew = apply(pinned, resplit(pinned, { ...settings, seed: 99 }));
    expect(count(anew, 'validation')).toBe(8);
    expect(anew.find((p) => p.id === 'p3')?.side).toBe('test');
    expect(sidesOf(anew)).not.toEqual(sidesOf(pinned));
  });

  it('pins whole groups and hands them back to where they were', () => {
    const copy = assignSides(photos, [buildPhoto('copy', { groupId: 'p5' })], settings).added;
    const all = [...photos, ...copy];
    const held = pinSide(all, ['copy'], 'validation', settings);
    expect(held.map((p) => [p.id, p.side, p.pinned])).toEqual([
      ['p5', 'validation', true],
      ['copy', 'validation', true],
    ]);
    const back = apply(apply(all, held), pinSide(apply(all, held), ['p5'], null, settings));
    expect(back).toEqual(all);
  });
});

describe('describeSplit', () => {
  it('names what keeps each class from an honest validation', () => {
    const photos = [
      buildPhoto('x', { classId: 'one' }),
      buildPhoto('y', { classId: 'burst' }),
      buildPhoto('z', { classId: 'burst', groupId: 'y' }),
      buildPhoto('v', { classId: 'held', side: 'validation' }),
      buildPhoto('m', { classId: 'none' }),
      buildPhoto('n', { classId: 'none' }),
      buildPhoto('o', { classId: 'good' }),
      buildPhoto('p', { classId: 'good', side: 'validation' }),
    ];
    const issues = describeSplit(photos, ['empty', 'one', 'burst', 'held', 'none', 'good']).map(
      (c) => c.issue,
    );
    expect(issues).toEqual([
      'empty',
      'one-photo',
      'one-group',
      'no-training',
      'no-validation',
      null,
    ]);
  });
});
