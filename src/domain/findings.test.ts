import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPhoto, fakeHash } from '../testing/build-photo.ts';
import { surplusOf } from './findings-copies.ts';
import { dismissalOf, isDismissed, type Finding, type FindingKind } from './finding.ts';
import { findFindings } from './findings.ts';
import type { ClassInfo, Photo } from './photo.ts';

const CLASSES: readonly ClassInfo[] = ['a', 'b'].map((letter, i) => ({
  id: `class-${letter}`,
  name: letter,
  colorIndex: i,
}));

/** Enough quiet photos of both classes that nothing about their number is worth a word. */
function quiet(classId: string, count = 30): Photo[] {
  return Array.from({ length: count }, (_, i) =>
    buildPhoto(`${classId}-${String(i)}`, {
      classId,
      side: i % 5 === 0 ? 'validation' : 'train',
      width: 400 + i,
    }),
  );
}

const QUIET = [...quiet('class-a'), ...quiet('class-b')];

function find(photos: readonly Photo[]): readonly Finding[] {
  const table = new Map(photos.map((photo) => [photo.id, photo]));
  return findFindings({ classes: CLASSES, photos: table, validationShare: 0.2 });
}

function kinds(photos: readonly Photo[]): readonly FindingKind[] {
  return find(photos).map((finding) => finding.kind);
}

const copies = (ids: readonly string[], change: Partial<Photo> = {}): Photo[] =>
  ids.map((id) =>
    buildPhoto(id, { groupId: ids[0] ?? '', contentHash: fakeHash('same'), ...change }),
  );

describe('findFindings', () => {
  it('has nothing to say about sound photos', () => {
    expect(kinds(QUIET)).toEqual([]);
    expect(kinds([])).toEqual([]);
  });

  it('finds exact copies, by file or by stored picture', () => {
    const byImage = ['x', 'y'].map((id) =>
      buildPhoto(id, { groupId: 'x', imageHash: fakeHash('one picture') }),
    );
    const [finding] = find([...QUIET, ...copies(['p', 'q', 'r']), ...byImage]);
    expect(finding).toMatchObject({ kind: 'exact-copies', figures: { surplus: 3 } });
    expect(finding?.sets.map((set) => [...set].sort())).toEqual([
      ['p', 'q', 'r'],
      ['x', 'y'],
    ]);
  });

  it('joins copies that are linked by a third', () => {
    const one = buildPhoto('one', { groupId: 'g', contentHash: 'c1', imageHash: 'i1' });
    const two = buildPhoto('two', { groupId: 'g', contentHash: 'c2', imageHash: 'i2' });
    const link = buildPhoto('link', { groupId: 'g', contentHash: 'c1', imageHash: 'i2' });
    const [finding] = find([...QUIET, one, two, link]);
    expect(finding?.sets).toHaveLength(1);
    expect(new Set(finding?.photoIds)).toEqual(new Set(['one', 'two', 'link']));
  });

  it('tells near-duplicates from recordings', () => {
    const near = ['n', 'm'].map((id) => buildPhoto(id, { groupId: 'n' }));
    const frames = ['f', 'g', 'h'].map((id) =>
      buildPhoto(id, { groupId: 'f', origin: { kind: 'webcam', burstId: 'burst' } }),
    );
    const found = find([...QUIET, ...near, ...frames]);
    expect(found.map(({ kind, photoIds }) => [kind, photoIds.length])).toEqual([
      ['near-copies', 2],
      ['recordings', 3],
    ]);
  });

  it('finds one picture under two labels, and does not report it as copies again', () => {
    const [here, there] = copies(['here', 'there']);
    if (here === undefined || there === undefined) throw new Error('two copies expected');
    const found = find([...QUIET, here, { ...there, classId: 'class-b' }]);
    expect(found.map(({ kind }) => kind)).toEqual(['two-classes']);
    expect(found[0]?.classIds).toEqual(['class-a', 'class-b']);
  });

  it('finds groups that pins have torn', () => {
    const [left, right] = copies(['left', 'right']);
    if (left === undefined || right === undefined) throw new Error('two copies expected');
    const torn = [left, { ...right, side: 'validation' as const, pinned: true }];
    expect(kinds([...QUIET, ...torn])).toContain('leak');
    expect(kinds([...QUIET, left, right])).not.toContain('leak');
  });

  it('says how many photos are missing for an honest validation', () => {
    const few = quiet('class-b', 7);
    const found = find([...quiet('class-a'), ...few]);
    expect(found[0]).toMatchObject({
      id: 'few-photos/class-b',
      figures: { photos: 7, validation: 2, missing: 18 },
    });
    expect(found[1]).toMatchObject({ kind: 'imbalance', classIds: ['class-b', 'class-a'] });
  });

  it('says when all photos of a class are one recording', () => {
    const frames = quiet('class-b').map((photo) => ({
      ...photo,
      side: 'train' as const,
      groupId: 'one',
      origin: { kind: 'webcam' as const, burstId: 'one' },
    }));
    const found = find([...quiet('class-a'), ...frames]);
    expect(found[0]).toMatchObject({ kind: 'one-group', figures: { isRecording: 1 } });
  });

  it('puts a poor photo into one finding only', () => {
    const poor = [
      buildPhoto('black', { stats: { brightness: 0.01, contrast: 0, sharpness: 0 } }),
      buildPhoto('white', { stats: { brightness: 0.99, contrast: 0.05, sharpness: 400 } }),
      buildPhoto('wall', { stats: { brightness: 0.5, contrast: 0.01, sharpness: 1 } }),
      buildPhoto('moved', { stats: { brightness: 0.5, contrast: 0.2, sharpness: 3 } }),
      buildPhoto('stamp', { width: 40, height: 40 }),
    ];
    const found = find([...QUIET, ...poor]);
    expect(Object.fromEntries(found.map(({ kind, photoIds }) => [kind, photoIds]))).toEqual({
      'one-colour': ['wall'],
      dark: ['black'],
      bright: ['white'],
      blurred: ['moved'],
      tiny: ['stamp'],
    });
  });

  it('leaves a thing on white and a light at night alone', () => {
    const fine = [
      buildPhoto('cut out', { stats: { brightness: 0.95, contrast: 0.14, sharpness: 400 } }),
      buildPhoto('lantern', { stats: { brightness: 0.06, contrast: 0.16, sharpness: 400 } }),
    ];
    expect(kinds([...QUIET, ...fine])).toEqual([]);
  });

  it('does not call photos blurred that are as soft as all the others', () => {
    const soft = QUIET.map((photo) => ({ ...photo, stats: { ...photo.stats, sharpness: 40 } }));
    expect(kinds(soft)).toEqual([]);
  });
});

describe('shortcuts', () => {
  const withBorder = (photos: readonly Photo[], rgb: readonly [number, number, number]): Photo[] =>
    photos.map((photo, i) => {
      const [red, green, blue] = rgb;
      const border = { rgb: [red + (i % 3) * 0.01, green, blue] as const, spread: 0.05 };
      return { ...photo, stats: { ...photo.stats, border } };
    });

  it('finds a background that only one class has', () => {
    const found = find([
      ...withBorder(quiet('class-a'), [0.9, 0.9, 0.9]),
      ...withBorder(quiet('class-b'), [0.2, 0.3, 0.2]),
    ]);
    expect(found.map(({ id }) => id)).toEqual([
      'same-background/class-a',
      'same-background/class-b',
    ]);
    expect(found[0]?.figures['alike']).toBe(30);
  });

  it('says nothing when all classes share it: it tells nothing about the class', () => {
    const all = [...quiet('class-a'), ...quiet('class-b')];
    expect(kinds(withBorder(all, [0.9, 0.9, 0.9]))).toEqual([]);
  });

  it('finds a size that only one class has', () => {
    const square = quiet('class-b').map((photo) => ({ ...photo, width: 224, height: 224 }));
    expect(find([...quiet('class-a'), ...square])[0]).toMatchObject({
      id: 'same-size/class-b',
      figures: { width: 224, height: 224 },
    });
  });

  it('survives a record edited by hand', () => {
    const border = { rgb: 'red', spread: NaN } as unknown as NonNullable<Photo['stats']['border']>;
    const odd = quiet('class-a').map((photo) => ({ ...photo, stats: { ...photo.stats, border } }));
    expect(kinds([...odd, ...quiet('class-b')])).toEqual([]);
  });
});

describe('invariants', () => {
  const photo = fc.record({
    classId: fc.constantFrom('class-a', 'class-b'),
    groupId: fc.constantFrom('g1', 'g2', 'g3', 'g4'),
    contentHash: fc.constantFrom('c1', 'c2', 'c3'),
    side: fc.constantFrom('train' as const, 'validation' as const),
    width: fc.integer({ min: 1, max: 500 }),
  });

  it('names only photos that are there, each once, and every set lies within its finding', () => {
    fc.assert(
      fc.property(fc.array(photo, { maxLength: 40 }), (list) => {
        const photos = list.map((change, i) => buildPhoto(`p${String(i)}`, change));
        const ids = new Set(photos.map(({ id }) => id));
        for (const finding of find(photos)) {
          expect(new Set(finding.photoIds).size).toBe(finding.photoIds.length);
          expect(finding.photoIds.every((id) => ids.has(id))).toBe(true);
          expect(new Set(finding.sets.flat())).toEqual(new Set(finding.photoIds));
        }
      }),
    );
  });

  it('leaves exactly one of each set, and then finds no copies any more', () => {
    fc.assert(
      fc.property(fc.array(photo, { maxLength: 40 }), (list) => {
        const photos = list.map((change, i) =>
          buildPhoto(`p${String(i)}`, { ...change, classId: 'class-a' }),
        );
        const table = new Map(photos.map((each) => [each.id, each]));
        const exact = find(photos).find(({ kind }) => kind === 'exact-copies');
        const gone = new Set(surplusOf(exact?.sets ?? [], table));
        for (const set of exact?.sets ?? []) {
          expect(set.filter((id) => !gone.has(id))).toHaveLength(1);
        }
        expect(kinds(photos.filter(({ id }) => !gone.has(id)))).not.toContain('exact-copies');
      }),
    );
  });
});

describe('dismissals', () => {
  it('hold until the finding is about more or newer photos', () => {
    const dark = (id: string, addedAt: number): Photo =>
      buildPhoto(id, { addedAt, stats: { brightness: 0.01, contrast: 0, sharpness: 0 } });
    const verdict = (photos: readonly Photo[], before?: readonly Photo[]): boolean => {
      const table = new Map(photos.map((each) => [each.id, each]));
      const [finding] = find(photos).filter(({ kind }) => kind === 'dark');
      const [old] = find(before ?? []).filter(({ kind }) => kind === 'dark');
      if (finding === undefined) throw new Error('expected a finding');
      const oldTable = new Map((before ?? []).map((each) => [each.id, each]));
      return isDismissed(
        finding,
        table,
        old === undefined ? undefined : dismissalOf(old, oldTable),
      );
    };
    const two = [...QUIET, dark('d1', 10), dark('d2', 20)];
    expect(verdict(two)).toBe(false);
    expect(verdict(two, two)).toBe(true);
    expect(verdict([...QUIET, dark('d1', 10)], two)).toBe(true);
    expect(verdict([...two, dark('d3', 5)], two)).toBe(false);
    expect(verdict([...QUIET, dark('d1', 10), dark('d4', 30)], two)).toBe(false);
  });
});

describe('at ten thousand photos', () => {
  it('takes a moment only', () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      buildPhoto(`p${String(i)}`, {
        classId: i % 2 === 0 ? 'class-a' : 'class-b',
        groupId: `g${String(Math.floor(i / 3))}`,
        side: i % 5 === 0 ? 'validation' : 'train',
      }),
    );
    const started = performance.now();
    find(many);
    // A tenth of it idle; the bound is for machines that are busy with ten other things.
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
