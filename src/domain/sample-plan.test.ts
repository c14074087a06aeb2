import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSampleSet } from './sample-plan.ts';
import { SAMPLE_CLASSES, SAMPLE_THEMES, type SampleSetSettings } from './sample-set.ts';

const base: SampleSetSettings = {
  theme: 'leaves',
  photosPerClass: 40,
  difficulty: 0.5,
  labelNoise: 0,
  seed: 7,
};

const anySettings = fc.record({
  theme: fc.constantFrom(...SAMPLE_THEMES),
  photosPerClass: fc.integer({ min: 1, max: 60 }),
  difficulty: fc.double({ min: 0, max: 1, noNaN: true }),
  labelNoise: fc.double({ min: 0, max: 0.4, noNaN: true }),
  seed: fc.integer(),
});

describe('planSampleSet', () => {
  it('plans every picture once, the asked number in each class, whatever the settings', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const plan = planSampleSet(settings);
        const classCount = SAMPLE_CLASSES[settings.theme].length;
        const keys = new Set(plan.map((item) => `${item.drawnClass}/${item.request.index}`));
        expect(plan).toHaveLength(classCount * settings.photosPerClass);
        expect(keys.size).toBe(plan.length);
        for (const item of plan) {
          expect(item.request.drawnClass).toBe(item.drawnClass);
          expect(item.request.index).toBeLessThan(settings.photosPerClass);
          expect(item.labelClass).toBeGreaterThanOrEqual(0);
          expect(item.labelClass).toBeLessThan(classCount);
        }
      }),
    );
  });

  it('makes exactly the rounded share of labels wrong, spread over the classes', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const plan = planSampleSet(settings);
        const classCount = SAMPLE_CLASSES[settings.theme].length;
        const wrong = plan.filter((item) => item.labelClass !== item.drawnClass);
        expect(wrong).toHaveLength(Math.round(settings.labelNoise * plan.length));
        const perClass = Array.from(
          { length: classCount },
          (_, index) => wrong.filter((item) => item.drawnClass === index).length,
        );
        expect(Math.max(...perClass) - Math.min(...perClass)).toBeLessThanOrEqual(1);
        for (let from = 0; from < classCount; from++) {
          const perTarget = Array.from(
            { length: classCount },
            (_, to) =>
              wrong.filter((item) => item.drawnClass === from && item.labelClass === to).length,
          ).filter((_, to) => to !== from);
          expect(Math.max(...perTarget) - Math.min(...perTarget)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('gives the same plan for the same settings and other wrong labels for another seed', () => {
    const noisy = { ...base, labelNoise: 0.2 };
    const wrongOf = (settings: SampleSetSettings) =>
      planSampleSet(settings)
        .filter((item) => item.labelClass !== item.drawnClass)
        .map((item) => `${item.drawnClass}/${item.request.index}`);
    expect(planSampleSet(noisy)).toEqual(planSampleSet(noisy));
    expect(wrongOf({ ...noisy, seed: 8 })).not.toEqual(wrongOf(noisy));
  });

  it('keeps wrong labels wrong when the noise is raised', () => {
    const few = planSampleSet({ ...base, labelNoise: 0.1 });
    const more = planSampleSet({ ...base, labelNoise: 0.3 });
    few.forEach((item, position) => {
      if (item.labelClass !== item.drawnClass) {
        expect(more[position]?.labelClass).toBe(item.labelClass);
      }
    });
  });

  it('keeps the pictures when more are asked for', () => {
    const small = planSampleSet(base).map((item) => item.request);
    const large = planSampleSet({ ...base, photosPerClass: 80 }).map((item) => item.request);
    expect(large.slice(0, small.length)).toEqual(small);
  });

  it('takes turns between the classes', () => {
    expect(
      planSampleSet(base)
        .slice(0, 6)
        .map((item) => item.drawnClass),
    ).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('brings settings outside the limits inside', () => {
    const plan = planSampleSet({
      ...base,
      photosPerClass: Number.NaN,
      difficulty: 3,
      labelNoise: 5,
    });
    expect(plan).toHaveLength(3);
    expect(plan[0]?.request.difficulty).toBe(1);
    expect(plan.filter((item) => item.labelClass !== item.drawnClass)).toHaveLength(1);
  });
});
