import { describe, expect, it } from 'vitest';
import { BACKEND_NAMES, type BackendName, type BackendReport } from '../../domain/backend.ts';
import { backendRows, largestDeviation } from './backend-rows.ts';

function report(backend: BackendName, overrides: Partial<BackendReport> = {}): BackendReport {
  return {
    backend,
    verdict: 'right',
    openMs: 10,
    forwardError: 0,
    gradientError: 0,
    imagesPerSecond: 50,
    headStepsPerSecond: 1000,
    device: null,
    detail: null,
    ...overrides,
  };
}

const rowOf = (rows: ReturnType<typeof backendRows>, name: BackendName) => {
  const row = rows.find(({ backend }) => backend === name);
  if (row === undefined) throw new Error(`no row for ${name}`);
  return row;
};

describe('backendRows', () => {
  it('has a row for every backend, measured or not', () => {
    const rows = backendRows({ reports: [], inUse: null, surveying: 'webgl' });
    expect(rows.map(({ backend }) => backend)).toEqual(BACKEND_NAMES);
    expect(rowOf(rows, 'webgl').verdict).toBe('measuring');
    expect(rowOf(rows, 'cpu').verdict).toBe('not-measured');
    expect(rows.every(({ imageShare }) => imageShare === 0)).toBe(true);
  });

  it('compares with the fastest right one and gives a refused one no bar', () => {
    const reports = [
      report('webgpu', { verdict: 'wrong-numbers', imagesPerSecond: 900 }),
      report('wasm', { imagesPerSecond: 200, headStepsPerSecond: 500 }),
      report('cpu', { imagesPerSecond: 20, headStepsPerSecond: 1000 }),
      report('webgl', { imagesPerSecond: null, headStepsPerSecond: null }),
    ];
    const rows = backendRows({ reports, inUse: null, surveying: null });
    expect(rowOf(rows, 'webgpu').imageShare).toBe(0);
    expect(rowOf(rows, 'wasm').imageShare).toBe(1);
    expect(rowOf(rows, 'cpu').imageShare).toBeCloseTo(0.1);
    expect(rowOf(rows, 'wasm').stepShare).toBeCloseTo(0.5);
    expect(rowOf(rows, 'webgl').imageShare).toBe(0);
  });

  it('names what each is used for', () => {
    const apart = backendRows({
      reports: [],
      inUse: { embedding: 'wasm', head: 'cpu' },
      surveying: null,
    });
    expect(rowOf(apart, 'wasm').usedFor).toBe('embedding');
    expect(rowOf(apart, 'cpu').usedFor).toBe('head');
    expect(rowOf(apart, 'webgl').usedFor).toBeNull();
    const together = backendRows({
      reports: [],
      inUse: { embedding: 'wasm', head: 'wasm' },
      surveying: null,
    });
    expect(rowOf(together, 'wasm').usedFor).toBe('both');
  });
});

describe('largestDeviation', () => {
  it('takes the worse of both and keeps unknown unknown', () => {
    expect(largestDeviation(report('cpu', { forwardError: 1e-6, gradientError: 1e-3 }))).toBe(1e-3);
    expect(largestDeviation(report('cpu', { forwardError: 2, gradientError: null }))).toBe(2);
    expect(largestDeviation(report('cpu', { forwardError: null, gradientError: null }))).toBeNull();
  });
});
