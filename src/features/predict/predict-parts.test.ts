import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BACKBONE_CATALOGUE } from '../../domain/backbone-catalogue.ts';
import { NOT_FOLDED } from '../../domain/folding.ts';
import type { Run } from '../../domain/run.ts';
import { predictSituation } from './predict-situation.ts';
import { createRateMeter } from './rate-meter.ts';
import { readAnswer } from './read-answer.ts';

const CLASSES = ['healthy', 'rust', 'blight'].map((name, colorIndex) => ({
  id: name,
  name,
  colorIndex,
}));

describe('readAnswer', () => {
  it('names the most likely class', () => {
    const answer = readAnswer({ classes: CLASSES, probabilities: [0.05, 0.93, 0.02] });
    expect(answer?.top.name).toBe('rust');
    expect(answer?.probability).toBe(0.93);
    expect(answer?.nearlyAsLikely).toBeNull();
  });

  it('admits when another class is nearly as likely', () => {
    const answer = readAnswer({ classes: CLASSES, probabilities: [0.44, 0.48, 0.08] });
    expect(answer?.top.name).toBe('rust');
    expect(answer?.nearlyAsLikely?.name).toBe('healthy');
  });

  it('passes over what is not a number, and is silent without any', () => {
    expect(
      readAnswer({ classes: CLASSES, probabilities: [Number.NaN, 0.2, Number.NaN] })?.top.name,
    ).toBe('rust');
    expect(readAnswer({ classes: CLASSES, probabilities: [] })).toBeNull();
    expect(readAnswer({ classes: [], probabilities: [] })).toBeNull();
  });

  it('never answers less than any class got', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (probabilities) => {
          const answer = readAnswer({ classes: CLASSES, probabilities });
          expect(answer?.probability).toBe(Math.max(...probabilities));
        },
      ),
    );
  });
});

describe('createRateMeter', () => {
  it('counts answers a second over its window', () => {
    const meter = createRateMeter(1_000);
    expect(meter.perSecond()).toBeNull();
    meter.tick(0);
    expect(meter.perSecond()).toBeNull();
    for (let time = 50; time <= 500; time += 50) meter.tick(time);
    expect(meter.perSecond()).toBeCloseTo(20);
  });

  it('forgets what is older than the window', () => {
    const meter = createRateMeter(1_000);
    for (let time = 0; time < 1_000; time += 10) meter.tick(time);
    for (let time = 1_000; time <= 3_000; time += 100) meter.tick(time);
    expect(meter.perSecond()).toBeCloseTo(10);
  });
});

describe('predictSituation', () => {
  const [card] = BACKBONE_CATALOGUE;
  if (card === undefined) throw new Error('the catalogue is empty');
  // Only the backbone of the run matters here.
  const run = { backboneId: card.id, backboneSha256: 'aa' } as Run;
  const ready = (backboneId: string, weightsSha256 = 'aa') =>
    ({
      kind: 'ready',
      backboneId,
      weightsSha256,
      loadMs: 1,
      goldenError: 0,
      folding: NOT_FOLDED,
    }) as const;
  const base = {
    currentRun: run,
    backboneStatus: ready(card.id),
    backbones: [card],
    availableBackbones: new Set<string>(),
  };

  it('is usable with the run’s own backbone', () => {
    expect(predictSituation(base)).toEqual({ kind: 'usable' });
  });

  it('asks for a run first', () => {
    expect(predictSituation({ ...base, currentRun: null })).toEqual({ kind: 'no-run' });
  });

  it('waits for the backbone, or says that it failed', () => {
    const loading = { kind: 'loading', backboneId: card.id } as const;
    expect(predictSituation({ ...base, backboneStatus: loading }).kind).toBe('backbone-loading');
    const failed = { kind: 'failed', backboneId: card.id, code: 'http' } as const;
    expect(predictSituation({ ...base, backboneStatus: failed }).kind).toBe('backbone-failed');
  });

  it('offers to load the run’s backbone back, if it is here', () => {
    const other = { ...base, backboneStatus: ready('other') };
    expect(predictSituation(other)).toEqual({
      kind: 'other-backbone',
      backboneId: card.id,
      here: false,
    });
    expect(predictSituation({ ...other, availableBackbones: new Set([card.id]) })).toMatchObject({
      here: true,
    });
    expect(predictSituation({ ...other, backbones: [] }).kind).toBe('backbone-gone');
  });

  it('does not take a backbone of the same name for the run’s own', () => {
    const renewed = { ...base, backboneStatus: ready(card.id, 'bb') };
    expect(predictSituation(renewed)).toEqual({ kind: 'backbone-gone', backboneId: card.id });
  });
});
