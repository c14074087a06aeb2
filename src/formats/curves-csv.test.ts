import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMetrics } from '../domain/metrics.ts';
import { CURVE_COLUMNS, writeCurvesCsv } from './curves-csv.ts';

const number = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity));
const run = fc.record({
  name: fc.string({ maxLength: 12 }),
  metrics: fc.array(
    fc.record({
      epoch: fc.integer({ min: 1, max: 5000 }),
      trainLoss: number,
      trainAccuracy: number,
      validationLoss: fc.option(number),
      validationAccuracy: fc.option(number),
      learningRate: number,
      elapsedMs: number,
    }),
    { maxLength: 4 },
  ),
});

/** RFC 4180, as a spreadsheet reads it. */
function rowsOf(csv: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (let match = cell.exec(csv); match !== null && match[0] !== ''; match = cell.exec(csv)) {
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

describe('curves as CSV', () => {
  it('come back to the last bit, one row an epoch, whatever the runs are called', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 4 }), (runs) => {
        const [head, ...rows] = rowsOf(writeCurvesCsv(runs));
        expect(head).toEqual([...CURVE_COLUMNS]);
        const points = runs.flatMap(({ name, metrics }) =>
          metrics.map((point) => ({ name, point })),
        );
        expect(rows).toHaveLength(points.length);
        rows.forEach((row, i) => {
          const { name, point } = points[i] as { name: string; point: EpochMetrics };
          expect(row[0]?.replace(/^'/, '')).toBe(name.replace(/^'/, ''));
          const read = row.slice(1).map((text) => (text === '' ? null : Number(text)));
          expect(read).toEqual([
            point.epoch,
            point.trainLoss + 0, // CSV has no negative zero
            point.trainAccuracy + 0,
            point.validationLoss === null ? null : point.validationLoss + 0,
            point.validationAccuracy === null ? null : point.validationAccuracy + 0,
            point.learningRate + 0,
            point.elapsedMs + 0,
          ]);
        });
      }),
    );
  });

  it('does not let a name become a formula', () => {
    const metrics = [
      {
        epoch: 1,
        trainLoss: 1,
        trainAccuracy: 1,
        validationLoss: null,
        validationAccuracy: null,
        learningRate: 1,
        elapsedMs: 1,
      },
    ];
    expect(writeCurvesCsv([{ name: '=1+1', metrics }])).toContain("'=1+1,1,1,1,,,1,1");
  });
});
