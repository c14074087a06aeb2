import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Photo } from '../../domain/photo.ts';
import {
  groupByClass,
  isSameSelection,
  NOTHING_SELECTED,
  outsideClass,
  selectInClass,
  stillThere,
} from './photo-selection.ts';

/** Only what the rules read. */
const table = (places: Readonly<Record<string, string>>) =>
  new Map(Object.entries(places).map(([id, classId]) => [id, { id, classId } as Photo]));
const photos = table({ a1: 'ants', a2: 'ants', b1: 'bees', b2: 'bees' });

describe('stillThere', () => {
  it('is the same set while nothing is gone', () => {
    const selected = new Set(['a1', 'b2']);
    expect(stillThere(selected, photos)).toBe(selected);
    expect([...stillThere(new Set(['a1', 'gone']), photos)]).toEqual(['a1']);
    expect(stillThere(new Set(['gone']), photos)).toBe(NOTHING_SELECTED);
  });
});

describe('selectInClass', () => {
  const before = new Set(['a1', 'b1']);

  it('starts anew with a plain click', () => {
    expect([...selectInClass(before, photos, 'bees', ['b2'], false)]).toEqual(['b2']);
  });

  it('adds with a finger or a modifier, and takes away within its class only', () => {
    expect([...selectInClass(before, photos, 'bees', ['b1', 'b2'], true)].sort()).toEqual([
      'a1',
      'b1',
      'b2',
    ]);
    expect([...selectInClass(before, photos, 'bees', [], true)]).toEqual(['a1']);
  });
});

describe('groupByClass and outsideClass', () => {
  it('puts each selected photo into its class, once', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a1', 'a2', 'b1', 'b2', 'gone'));
    fc.assert(
      fc.property(ids, (list) => {
        const groups = groupByClass(new Set(list), photos);
        const all = [...groups.values()].flatMap((group) => [...group]);
        expect(all.sort()).toEqual(list.filter((id) => photos.has(id)).sort());
        const elsewhere = outsideClass(list, photos, 'ants');
        expect(elsewhere.length).toBe(groups.get('bees')?.size ?? 0);
      }),
    );
  });
});

describe('isSameSelection', () => {
  it('compares members, not identity', () => {
    expect(isSameSelection(new Set(['a', 'b']), new Set(['b', 'a']))).toBe(true);
    expect(isSameSelection(new Set(['a']), new Set(['b']))).toBe(false);
    expect(isSameSelection(new Set(['a']), new Set(['a', 'b']))).toBe(false);
  });
});
