import { describe, expect, it } from 'vitest';
import { setApart } from './archive-files.ts';

const names = (...list: string[]) =>
  list.map((name) => ({ file: new Blob(['x']), name, folder: null }));
const apart = (...list: string[]) => {
  const { toPreview, files } = setApart(names(...list));
  return [toPreview.map((file) => file.name), files.map((file) => file.name)];
};

describe('setApart', () => {
  it('takes photos at once', () => {
    expect(apart('a.jpg', 'b.png')).toEqual([[], ['a.jpg', 'b.png']]);
  });
  it('shows an archive first and keeps what lay beside it', () => {
    expect(apart('a.jpg', 'pets.ZIP', 'b.tm')).toEqual([['pets.ZIP'], ['a.jpg', 'b.tm']]);
  });
  it('keeps a table of labels with its pictures', () => {
    expect(apart('a.jpg', 'labels.csv')).toEqual([['a.jpg', 'labels.csv'], []]);
    expect(apart('labels.csv')).toEqual([[], ['labels.csv']]);
  });
  it('keeps the files of a model together', () => {
    expect(apart('model.json', 'weights.bin')).toEqual([['model.json', 'weights.bin'], []]);
  });
});
