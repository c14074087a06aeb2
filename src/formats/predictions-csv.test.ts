import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCsv } from './csv-cells.ts';
import { writeCounterCsv, writePredictionsCsv } from './predictions-csv.ts';

describe('writePredictionsCsv', () => {
  it('says every probability to the last bit, and lists what was not answered', () => {
    const [a, b] = Array.from(Float32Array.of(0.1, 0.9));
    const text = writePredictionsCsv(
      ['ants', 'bees, wasps'],
      [
        { file: 'in/1.jpg', status: 'answered', probabilities: [a ?? 0, b ?? 0], note: '' },
        { file: '2.jpg', status: 'not said', probabilities: [0.5, 0.5], note: 'Not sure.' },
        { file: 'no.tif', status: 'refused', probabilities: null, note: 'It is "TIFF".' },
      ],
    );
    expect(text.split('\r\n')).toEqual([
      'file,status,answer,p(ants),"p(bees, wasps)",note',
      `in/1.jpg,answered,"bees, wasps",${String(a)},${String(b)},`,
      '2.jpg,not said,,0.5,0.5,Not sure.',
      'no.tif,refused,,,,"It is ""TIFF""."',
      '',
    ]);
    expect(Math.fround(Number(text.split('\r\n')[1]?.split(',')[4]))).toBe(Math.fround(0.1));
  });

  it('lets no name be run as a formula', () => {
    for (const name of ['=HYPERLINK("x")', '+1', '-1', '@x', '\tx']) {
      const text = writePredictionsCsv(
        [name],
        [{ file: name, status: 'answered', probabilities: [1], note: name }],
      );
      const row = text.slice(text.indexOf('\r\n') + 2);
      expect(row.startsWith("'") || row.startsWith('"\'')).toBe(true);
      expect(row).not.toMatch(/(^|,)"?[=+\-@\t]/);
    }
  });

  it('has as many cells in each row as columns, whatever the names', () => {
    const cell = fc.string().map((text) => text.replace(/[^\x20-\x7e\r\n]/g, '?'));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 }), (rows) => {
        expect(parse(writeCsv(rows)).map((row) => row.length)).toEqual(
          rows.map((row) => row.length),
        );
      }),
    );
  });
});

/** As RFC 4180 reads it. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe('writeCounterCsv', () => {
  it('gives times that a spreadsheet reads', () => {
    const text = writeCounterCsv([
      { atMs: Date.UTC(2026, 0, 2, 3, 4, 5), kind: 'started' },
      {
        atMs: Date.UTC(2026, 0, 2, 3, 4, 7, 500),
        kind: 'counted',
        className: '=ants',
        probability: 0.5,
        count: 1,
      },
    ]);
    expect(text.split('\r\n')).toEqual([
      'time,seconds,event,class,probability,count',
      '2026-01-02T03:04:05.000Z,0,started,,,',
      "2026-01-02T03:04:07.500Z,2.5,counted,'=ants,0.5,1",
      '',
    ]);
  });

  it('writes a log without events as a heading alone', () => {
    expect(writeCounterCsv([])).toBe('time,seconds,event,class,probability,count\r\n');
  });
});
