import { describe, expect, it } from 'vitest';
import { PREVIEW_FROM_FILES, setApart } from './archive-files.ts';

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
  it('shows folders with many files first, never photos without a folder', () => {
    const many = (folder: string | null, count: number) =>
      names(...Array.from({ length: count }, (_, i) => `${String(i)}.jpg`)).map((file) => ({
        ...file,
        folder,
      }));
    const few = many('ants', PREVIEW_FROM_FILES - 1);
    expect(setApart(few)).toEqual({ toPreview: [], files: few });
    const enough = [...few, ...many('bees', 1)];
    expect(setApart(enough)).toEqual({ toPreview: enough, files: [] });
    const loose = many(null, PREVIEW_FROM_FILES);
    expect(setApart(loose)).toEqual({ toPreview: [], files: loose });
  });
  it('keeps a table of labels with its pictures', () => {
    expect(apart('a.jpg', 'labels.csv')).toEqual([['a.jpg', 'labels.csv'], []]);
    expect(apart('labels.csv')).toEqual([[], ['labels.csv']]);
  });
  it('keeps the files of a model together', () => {
    expect(apart('model.json', 'weights.bin')).toEqual([['model.json', 'weights.bin'], []]);
  });
});
