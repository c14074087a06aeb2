import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClassInfo, Photo, Side } from '../../domain/photo.ts';
import { createPhotosByClass } from './photos-by-class.ts';

function photo(id: string, classId: string, side: Side = 'train'): Photo {
  return {
    id,
    classId,
    name: `${id}.jpg`,
    side,
    pinned: false,
    groupId: id,
    contentHash: id,
    imageHash: id,
    perceptualHash: '0000000000000000',
    width: 4,
    height: 3,
    origin: { kind: 'file' },
    addedAt: 0,
    stats: { brightness: 0.5, contrast: 0.2, sharpness: 10 },
  };
}

const photosOf = (...list: Photo[]) => new Map(list.map((each) => [each.id, each]));
const info = (id: string): ClassInfo => ({ id, name: id, colorIndex: 0 });
const classes = [info('ants'), info('bees')];

describe('createPhotosByClass', () => {
  it('groups in the order of classes and photos and counts the sides', () => {
    const [ants, bees] = createPhotosByClass()({
      classes,
      photos: photosOf(
        photo('1', 'bees', 'validation'),
        photo('2', 'ants'),
        photo('3', 'bees'),
        photo('4', 'bees', 'test'),
      ),
    });
    expect(ants).toMatchObject({ training: 1, validation: 0, test: 0 });
    expect(bees).toMatchObject({ training: 1, validation: 1, test: 1 });
    expect(bees?.photos.map((each) => each.id)).toEqual(['1', '3', '4']);
  });

  it('keeps empty classes and passes over photos of a class that is gone', () => {
    const result = createPhotosByClass()({ classes, photos: photosOf(photo('1', 'wasps')) });
    expect(result.map((entry) => entry.photos.length)).toEqual([0, 0]);
  });

  it('gives the same answer for the same state and the same entry for an untouched class', () => {
    const select = createPhotosByClass();
    const one = photo('1', 'ants');
    const photos = photosOf(one);
    const first = select({ classes, photos });
    expect(select({ classes, photos })).toBe(first);
    const second = select({ classes, photos: photosOf(one, photo('2', 'bees')) });
    expect(second[0]).toBe(first[0]);
    expect(second[1]).not.toBe(first[1]);
    const renamed = [{ ...info('ants'), name: 'Ants' }, classes[1] ?? info('bees')];
    const third = select({ classes: renamed, photos: photosOf(one, photo('2', 'bees')) });
    expect(third[0]?.info.name).toBe('Ants');
    expect(third[0]?.photos).toBe(first[0]?.photos);
  });

  it('loses and invents nothing, whatever came before', () => {
    const drawn = fc.array(
      fc.record({
        id: fc.integer({ min: 0, max: 20 }).map(String),
        classId: fc.constantFrom('ants', 'bees'),
        side: fc.constantFrom<Side>('train', 'validation', 'test'),
      }),
    );
    const select = createPhotosByClass();
    fc.assert(
      fc.property(drawn, (list) => {
        const photos = photosOf(...list.map((each) => photo(each.id, each.classId, each.side)));
        const result = select({ classes, photos });
        expect(result.flatMap((entry) => entry.photos)).toHaveLength(photos.size);
        for (const entry of result) {
          expect(entry.training + entry.validation + entry.test).toBe(entry.photos.length);
          expect(entry.photos.every((each) => each.classId === entry.info.id)).toBe(true);
        }
      }),
    );
  });
});
