import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseBackends, fallbackOrder, isRefused, STARTING_CHOICE } from './backend-choice.ts';
import { BACKEND_NAMES, type BackendName, type BackendReport } from './backend.ts';

function report(
  backend: BackendName,
  imagesPerSecond: number | null,
  headStepsPerSecond: number | null,
  verdict: BackendReport['verdict'] = 'right',
): BackendReport {
  return {
    backend,
    verdict,
    openMs: 10,
    forwardError: 0,
    gradientError: 0,
    imagesPerSecond,
    headStepsPerSecond,
    device: null,
    detail: null,
  };
}

describe('chooseBackends', () => {
  it('goes by measured speed, each workload for itself', () => {
    const reports = [
      report('webgpu', 1.3, 20),
      report('webgl', 8, 100),
      report('wasm', 59, 900),
      report('cpu', 4, 2000),
    ];
    expect(chooseBackends({ reports })).toEqual({ embedding: 'wasm', head: 'cpu' });
    expect(fallbackOrder(reports)).toEqual(['wasm', 'webgl', 'webgpu', 'cpu']);
  });

  it('never takes a backend with wrong numbers, however fast', () => {
    const reports = [report('webgpu', 900, 9000, 'wrong-numbers'), report('wasm', 50, 500)];
    expect(chooseBackends({ reports })).toEqual({ embedding: 'wasm', head: 'wasm' });
    expect(fallbackOrder(reports)).toEqual(['wasm', 'cpu']);
    expect([isRefused(reports, 'webgpu'), isRefused(reports, 'cpu')]).toEqual([true, false]);
  });

  it('has cpu as the last resort when nothing is right', () => {
    const reports = [report('wasm', null, null, 'failed')];
    expect(chooseBackends({ reports })).toEqual({ embedding: 'cpu', head: 'cpu' });
    expect(fallbackOrder(reports)).toEqual(['cpu']);
  });

  it('starts with something that runs everywhere before anything was measured', () => {
    expect(chooseBackends({ reports: [] })).toEqual(STARTING_CHOICE);
    const current = { embedding: 'webgl', head: 'cpu' } as const;
    expect(chooseBackends({ reports: [], current })).toEqual(current);
    expect(fallbackOrder([])).toEqual(['wasm', 'cpu']);
  });

  it('ranks a right backend without a rate behind every measured one', () => {
    const reports = [report('webgpu', null, null), report('cpu', 0.5, 5)];
    expect(chooseBackends({ reports })).toEqual({ embedding: 'cpu', head: 'cpu' });
  });

  it('keeps the choice in use within the margin and leaves it beyond', () => {
    const current = { embedding: 'webgl', head: 'webgl' } as const;
    const close = [report('webgl', 100, 100), report('wasm', 120, 120)];
    expect(chooseBackends({ reports: close, current })).toEqual(current);
    const far = [report('webgl', 100, 100), report('wasm', 130, 130)];
    expect(chooseBackends({ reports: far, current })).toEqual({ embedding: 'wasm', head: 'wasm' });
  });

  it('prefers a head backend off the GPU that embeds when it is about as fast', () => {
    const near = [report('webgpu', 300, 1100), report('wasm', 50, 1000)];
    expect(chooseBackends({ reports: near })).toEqual({ embedding: 'webgpu', head: 'wasm' });
    const slower = [report('webgpu', 300, 3000), report('wasm', 50, 1000)];
    expect(chooseBackends({ reports: slower })).toEqual({ embedding: 'webgpu', head: 'webgpu' });
  });

  it('follows an override, also of an unmeasured backend, but not of a refused one', () => {
    const reports = [
      report('wasm', 50, 500),
      report('webgl', 9, 90),
      report('webgpu', null, null, 'timed-out'),
    ];
    const override = { embedding: 'webgl', head: 'webgpu' } as const;
    expect(chooseBackends({ reports, override })).toEqual({ embedding: 'webgl', head: 'wasm' });
    expect(chooseBackends({ reports: [], override })).toEqual(override);
  });

  it('holds for any survey: only right backends, cpu last, no repeats, stable when asked again', () => {
    const anyReport = fc.record({
      rate: fc.option(fc.double({ min: 0, max: 1e4, noNaN: true }), { nil: null }),
      steps: fc.option(fc.double({ min: 0, max: 1e4, noNaN: true }), { nil: null }),
      right: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.tuple(anyReport, anyReport, anyReport, anyReport),
        fc.double({ min: 0.9, max: 1.1, noNaN: true }),
        (drawn, noise) => {
          const reports = drawn.map(({ rate, steps, right }, index) =>
            report(BACKEND_NAMES[index] ?? 'cpu', rate, steps, right ? 'right' : 'failed'),
          );
          const first = chooseBackends({ reports });
          const usable = new Set<string>(['cpu']);
          for (const each of reports) if (each.verdict === 'right') usable.add(each.backend);
          expect(usable.has(first.embedding) && usable.has(first.head)).toBe(true);
          const order = fallbackOrder(reports);
          expect(order.at(-1)).toBe('cpu');
          expect(new Set(order)).toEqual(usable);
          expect(order.length).toBe(usable.size);
          // The winner measured up to 10 % off the next time stays the winner when remembered.
          const again = reports.map((each) =>
            each.backend === first.embedding && each.imagesPerSecond !== null
              ? { ...each, imagesPerSecond: each.imagesPerSecond * noise }
              : each,
          );
          const second = chooseBackends({ reports: again, current: first });
          expect(second.embedding).toBe(first.embedding);
        },
      ),
      { numRuns: 200 },
    );
  });
});
