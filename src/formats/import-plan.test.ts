import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planImport, tableNamesPictures } from './import-plan.ts';
import { parseLabelTable } from './label-table.ts';
import { checkManifest, manifestText, parseSampleName, sampleName } from './teachable-machine.ts';

const members = (...paths: string[]) => paths.map((path) => ({ parts: path.split('/') }));
const plan = (...paths: string[]) => planImport('pets', members(...paths), null);

describe('planImport', () => {
  it('takes the folder a picture lies in as its class, however deep', () => {
    const { layout, classes, notes } = plan('x/y/cats/1.jpg', 'x/y/cats/2.PNG', 'x/dogs/1.webp');
    expect(layout).toBe('class-folders');
    expect(classes).toEqual([
      { name: 'cats', count: 2 },
      { name: 'dogs', count: 1 },
    ]);
    expect(notes).toEqual([]);
  });

  it('merges train and test folders by class and says so', () => {
    const { classes, notes } = plan('d/train/cats/1.jpg', 'd/test/cats/9.jpg', 'd/test/dogs/2.jpg');
    expect(classes).toEqual([
      { name: 'cats', count: 2 },
      { name: 'dogs', count: 1 },
    ]);
    expect(notes).toEqual(['sides-merged']);
  });

  it('puts loose pictures into one class named after the file', () => {
    const { layout, classes, notes } = plan('1.jpg', '2.jpg');
    expect([layout, classes, notes]).toEqual(['flat', [{ name: 'pets', count: 2 }], ['one-class']]);
  });

  it('leaves out what is no picture, and pictures beside folders', () => {
    const { skipped, classes } = plan('a/1.jpg', 'a/README.txt', '2.jpg');
    expect(classes).toHaveLength(1);
    expect(skipped).toEqual([
      { name: 'a/README.txt', code: 'not-a-picture' },
      { name: '2.jpg', code: 'no-class' },
    ]);
  });

  it('keeps names that objects would trip over, and merges two spellings of one word', () => {
    const { classes } = plan(
      '__proto__/1.jpg',
      'constructor/1.jpg',
      'cafe\u0301/1.jpg',
      'caf\u00e9/2.jpg',
    );
    expect(classes.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'caf\u00e9']);
    expect(classes[2]?.count).toBe(2);
  });

  it('reads a Teachable Machine project in its order, numbers as numbers', () => {
    const { layout, pictures, classes, skipped } = plan(
      'zebra-!-10.jpg', 'zebra-!-2.jpg', 'a-!-b-!-0.jpg', 'manifest.json',
    ); // prettier-ignore
    expect(layout).toBe('teachable-machine');
    expect(classes.map(({ name }) => name)).toEqual(['zebra', 'a-!-b']);
    expect(pictures.map(({ name }) => name)).toEqual([
      'zebra-!-2.jpg',
      'zebra-!-10.jpg',
      'a-!-b-!-0.jpg',
    ]);
    expect(skipped).toEqual([]);
  });

  it('follows a table of labels', () => {
    const rows = parseLabelTable('filename,label\n1.jpg,cats\nsub/2.jpg,"dogs, big"\n9.jpg,cats\n');
    const files = members('img/1.jpg', 'img/sub/2.jpg', 'img/3.jpg');
    const { classes, skipped, notes } = planImport('pets', files, rows);
    expect(classes.map(({ name }) => name)).toEqual(['cats', 'dogs, big']);
    expect(skipped).toEqual([{ name: 'img/3.jpg', code: 'not-in-csv' }]);
    expect(notes).toEqual(['rows-without-picture']);
    expect(tableNamesPictures(rows, files)).toBe(true);
    expect(tableNamesPictures(rows, members('a/b.jpg'))).toBe(false);
  });
});

describe('parseLabelTable', () => {
  it('reads other separators, byte-order marks, missing headings and swapped columns', () => {
    const rows = [{ file: 'a.jpg', label: 'x' }];
    expect(parseLabelTable('\ufeffa.jpg;x\r\n')).toEqual(rows);
    expect(parseLabelTable('a.jpg\tx')).toEqual(rows);
    expect(parseLabelTable('label,id,image\nx,7,.\\a.jpg')[0]?.label).toBe('x');
    expect(parseLabelTable('class,file\nx,.\\a.jpg')).toEqual(rows);
    expect(parseLabelTable('')).toEqual([]);
  });

  it('reads back whatever was quoted', () => {
    const cell = fc
      .string({ minLength: 1 })
      .filter((text) => text.trim() === text && !text.includes('\\'));
    fc.assert(
      fc.property(fc.array(cell), (labels) => {
        const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const text = [
          'file,label',
          ...labels.map((label, i) => `${String(i)}.jpg,${quote(label)}`),
        ];
        expect(parseLabelTable(text.join('\r\n')).map((row) => row.label)).toEqual(labels);
      }),
    );
  });
});

describe('Teachable Machine names', () => {
  it('come back whatever the label holds', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(999_999), (label, index) => {
        expect(parseSampleName(sampleName(label, index))).toEqual({ label, index });
      }),
    );
  });
  it('refuses projects of sounds', () => {
    expect(() => checkManifest('{"type":"audio"}')).toThrow(/not-image-project/);
    expect(() => checkManifest(manifestText())).not.toThrow();
  });
});
