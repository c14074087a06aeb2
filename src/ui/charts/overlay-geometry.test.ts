import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMetrics } from '../../domain/metrics.ts';
import {
  endLabels,
  overlayCurves,
  overlayFrame,
  pointAt,
  readablePoints,
  type OverlayRun,
} from './overlay-geometry.ts';
import { epochOf, linePath, xOf, yOf } from './plot-frame.ts';

function run(id: string, losses: readonly (number | null)[]): OverlayRun {
  const metrics = losses.map((loss, i): EpochMetrics => ({
    epoch: i + 1,
    trainLoss: loss ?? NaN,
    trainAccuracy: 0.5,
    validationLoss: loss,
    validationAccuracy: 0.5,
    learningRate: 0.01,
    elapsedMs: i,
  }));
  return { id, name: `Run ${id}`, metrics };
}

const OPTIONS = {
  metric: 'loss',
  side: 'validation',
  scale: 'linear',
  width: 800,
  height: 300,
} as const;

describe('the frame', () => {
  it('holds every curve, and leads from pixels back to epochs', () => {
    const losses = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        fc.array(losses, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('linear', 'log'),
        (all, scale) => {
          const curves = overlayCurves(
            all.map((each, i) => run(String(i), each)),
            'loss',
          );
          const frame = overlayFrame(curves, { ...OPTIONS, scale });
          for (const { all: points } of curves) {
            for (const { epoch, validation } of points) {
              const [x, y] = [xOf(frame, epoch), yOf(frame, validation ?? 0)];
              expect(x).toBeGreaterThanOrEqual(frame.left - 1e-6);
              expect(x).toBeLessThanOrEqual(frame.right + 1e-6);
              expect(y).toBeGreaterThanOrEqual(frame.top - 1e-6);
              expect(y).toBeLessThanOrEqual(frame.bottom + 1e-6);
              expect(epochOf(frame, x)).toBeCloseTo(epoch, 6);
            }
          }
        },
      ),
    );
  });
});

describe('lines', () => {
  it('break where there is no value, and show a lone one as a dot', () => {
    const curves = overlayCurves([run('a', [1, null, 0.5, 0.4, NaN])], 'loss');
    const frame = overlayFrame(curves, OPTIONS);
    const path = linePath(frame, curves[0]?.drawn ?? [], 'validation');
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path.match(/L/g)).toHaveLength(1);
    expect(path.match(/h0\.01/g)).toHaveLength(1);
    expect(path).not.toContain('NaN');
  });

  it('of 5,000 epochs are thinned', () => {
    const long = run(
      'a',
      Array.from({ length: 5000 }, (_, i) => Math.abs(Math.sin(i))),
    );
    const [curve] = overlayCurves([long], 'loss');
    expect(curve?.drawn.length).toBeLessThanOrEqual(300);
    expect(curve?.all).toHaveLength(5000);
  });
});

describe('labels at the line ends', () => {
  it('have a letter each and do not overlap', () => {
    const curves = overlayCurves(
      ['one', 'two', 'three'].map((id) => run(id, [1, 0.5])),
      'loss',
    );
    const labels = endLabels(overlayFrame(curves, OPTIONS), curves, 'both', true);
    expect(labels.map(({ text }) => text)).toEqual(['A Run one', 'B Run two', 'C Run three']);
    const ys = labels.map(({ y }) => y).sort((a, b) => a - b);
    ys.slice(1).forEach((y, i) => expect(y - (ys[i] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-6));
  });

  it('shorten long names, and are letters alone where there is no room', () => {
    const named = { ...run('a', [1]), name: 'a name that does not fit beside a chart' };
    const curves = overlayCurves([named], 'loss');
    const frame = overlayFrame(curves, OPTIONS);
    expect(endLabels(frame, curves, 'validation', true)[0]?.text).toBe('A a name that …');
    expect(endLabels(frame, curves, 'validation', false)[0]?.text).toBe('A');
  });
});

describe('reading', () => {
  it('goes over the epochs of the longest run; shorter ones have nothing there', () => {
    const curves = overlayCurves([run('a', [1, 2]), run('b', [3, 4, 5])], 'loss');
    expect(readablePoints(curves)).toHaveLength(3);
    expect(curves.map((curve) => pointAt(curve, 3)?.validation ?? null)).toEqual([null, 5]);
  });
});
