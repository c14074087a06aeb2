import { describe, expect, it } from 'vitest';
import { datasetFingerprint } from './fingerprint.ts';
import type { Side } from './photo.ts';

const row = (imageHash: string, classId: string, side: Side) => ({ imageHash, classId, side });
const classes = [{ id: 'ants' }, { id: 'bees' }];
const photos = [
  row('h1', 'ants', 'train'),
  row('h2', 'bees', 'validation'),
  row('h1', 'bees', 'train'),
];

describe('datasetFingerprint', () => {
  it('does not depend on the order of photos', () => {
    expect(datasetFingerprint(photos.toReversed(), classes)).toBe(
      datasetFingerprint(photos, classes),
    );
  });

  it('changes with an image, a label, a side, a copy, or the order of outputs', () => {
    const variants = [
      photos,
      [row('h9', 'ants', 'train'), ...photos.slice(1)],
      [row('h1', 'bees', 'train'), ...photos.slice(1)],
      [row('h1', 'ants', 'validation'), ...photos.slice(1)],
      [...photos, photos[0] ?? row('h1', 'ants', 'train')],
    ].map((list) => datasetFingerprint(list, classes));
    variants.push(datasetFingerprint(photos, classes.toReversed()));
    variants.push(datasetFingerprint(photos, [...classes, { id: 'wasps' }]));
    expect(new Set(variants).size).toBe(7);
    expect(variants[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('ignores photos of other classes', () => {
    expect(datasetFingerprint([...photos, row('h5', 'gone', 'train')], classes)).toBe(
      datasetFingerprint(photos, classes),
    );
  });
});
