import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPhoto } from '../testing/build-photo.ts';
import { filterCount, PHOTO_SORTS, viewPhotos, WHOLE_VIEW } from './photo-view.ts';

const PHOTOS = [
  buildPhoto('a', { name: 'Bee 10.jpg', side: 'train', width: 640, height: 480 }),
  buildPhoto('b', { name: 'bee 9.jpg', side: 'validation', width: 40, height: 30 }),
  buildPhoto('c', { name: 'Mu\u0308ll.png', origin: { kind: 'webcam' }, width: 300, height: 300 }),
];
const names = (change: Partial<typeof WHOLE_VIEW>): readonly string[] | null =>
  viewPhotos('class-a', PHOTOS, { ...WHOLE_VIEW, ...change })?.map(({ name }) => name) ?? null;

describe('viewPhotos', () => {
  it('hands back the very list when nothing is chosen', () => {
    expect(viewPhotos('class-a', PHOTOS, WHOLE_VIEW)).toBe(PHOTOS);
  });

  it('finds names whatever the case and however the letters are composed', () => {
    expect(names({ search: ' BEE' })).toEqual(['Bee 10.jpg', 'bee 9.jpg']);
    expect(names({ search: 'm\u00fcll' })).toEqual(['Mu\u0308ll.png']);
  });

  it('filters by class, side, origin and a given set, all at once', () => {
    expect(names({ classId: 'class-b' })).toBeNull();
    expect(names({ side: 'validation' })).toEqual(['bee 9.jpg']);
    expect(names({ origin: 'webcam', side: 'train' })).toEqual(['Mu\u0308ll.png']);
    expect(names({ only: new Set(['a', 'c']), search: 'bee' })).toEqual(['Bee 10.jpg']);
  });

  it('sorts numbers in names as numbers, and by area', () => {
    expect(names({ sort: 'name', search: 'bee' })).toEqual(['bee 9.jpg', 'Bee 10.jpg']);
    expect(names({ sort: 'size' })).toEqual(['bee 9.jpg', 'Mu\u0308ll.png', 'Bee 10.jpg']);
    expect(names({ sort: 'newest' })?.[0]).toBe('Mu\u0308ll.png');
  });

  it('never adds, loses or changes a photo by sorting', () => {
    const photo = fc.record({ name: fc.string(), width: fc.integer({ min: 1, max: 99 }) });
    fc.assert(
      fc.property(fc.array(photo), fc.constantFrom(...PHOTO_SORTS), (list, sort) => {
        const photos = list.map((change, i) => buildPhoto(String(i), change));
        const shown = viewPhotos('class-a', photos, { ...WHOLE_VIEW, sort }) ?? [];
        expect(new Set(shown)).toEqual(new Set(photos));
        expect(shown.length).toBe(photos.length);
      }),
    );
  });
});

describe('filterCount', () => {
  it('counts what hides photos, not the order', () => {
    expect(filterCount({ ...WHOLE_VIEW, sort: 'name', search: '  ' })).toBe(0);
    expect(filterCount({ ...WHOLE_VIEW, side: 'test', search: 'x', only: new Set() })).toBe(3);
  });
});
