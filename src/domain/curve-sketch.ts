/**
 * Small drawings of what a term does to the two loss curves: little of it on the left, much of it on
 * the right. Made by formula, to scale with nothing: they show a shape, not a measurement.
 */
import type { GlossaryTerm } from './glossary.ts';

/** Losses from 0 (bottom) to 1 (top), evenly spaced over the epochs. */
export interface CurveSketch {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  /** Where early stopping stands, as a share of the epochs; null where it has no part. */
  readonly stop: number | null;
}

interface Shape {
  /** How fast training falls, in e-foldings over the drawing. */
  readonly speed: number;
  /** Where training loss ends. */
  readonly floor: number;
  /** How far validation stays above training before it turns. */
  readonly gap: number;
  /** How much validation has risen at the end. */
  readonly rise: number;
  /** Height of the swings. */
  readonly swing?: number;
  readonly stop?: number;
}

const POINTS = 41;
const USUAL: Shape = { speed: 4, floor: 0.08, gap: 0.12, rise: 0.3 };
const GOOD: Shape = { speed: 4, floor: 0.2, gap: 0.08, rise: 0 };

const PAIRS: Readonly<Partial<Record<GlossaryTerm, readonly [Shape, Shape]>>> = {
  epoch: [
    { speed: 1.4, floor: 0.1, gap: 0.05, rise: 0 },
    { speed: 7, floor: 0.05, gap: 0.12, rise: 0.45 },
  ],
  'learning-rate': [
    { speed: 0.7, floor: 0.1, gap: 0.04, rise: 0 },
    { speed: 5, floor: 0.25, gap: 0.1, rise: 0.05, swing: 0.18 },
  ],
  batch: [
    { ...GOOD, swing: 0.06 },
    { speed: 1.8, floor: 0.15, gap: 0.06, rise: 0 },
  ],
  'hidden-units': [
    { speed: 3, floor: 0.3, gap: 0.07, rise: 0.02 },
    { speed: 7, floor: 0.02, gap: 0.12, rise: 0.45 },
  ],
  momentum: [
    { speed: 2, floor: 0.15, gap: 0.06, rise: 0 },
    { speed: 6, floor: 0.15, gap: 0.08, rise: 0, swing: 0.1 },
  ],
  schedule: [
    { ...GOOD, swing: 0.07 },
    { speed: 3.2, floor: 0.17, gap: 0.07, rise: 0 },
  ],
  'gradient-clipping': [
    { speed: 4, floor: 0.2, gap: 0.08, rise: 0, swing: 0.2 },
    { speed: 3.4, floor: 0.2, gap: 0.08, rise: 0, swing: 0.04 },
  ],
  'weight-decay': [USUAL, { speed: 3, floor: 0.35, gap: 0.06, rise: 0 }],
  dropout: [USUAL, { speed: 2.6, floor: 0.27, gap: 0.06, rise: 0, swing: 0.02 }],
  'label-smoothing': [USUAL, { speed: 4, floor: 0.32, gap: 0.09, rise: 0.04 }],
  augmentation: [USUAL, { speed: 2.2, floor: 0.24, gap: 0.05, rise: 0.02 }],
  overfitting: [GOOD, { speed: 6, floor: 0.03, gap: 0.1, rise: 0.5 }],
  underfitting: [GOOD, { speed: 3, floor: 0.62, gap: 0.04, rise: 0 }],
  'early-stopping': [
    { ...USUAL, rise: 0.45 },
    { ...USUAL, rise: 0.45, stop: 0.5 },
  ],
  patience: [
    { ...USUAL, rise: 0.4, stop: 0.45 },
    { ...USUAL, rise: 0.4, stop: 0.85 },
  ],
  'min-improvement': [
    { ...GOOD, stop: 0.9 },
    { ...GOOD, stop: 0.5 },
  ],
  leak: [GOOD, { speed: 4, floor: 0.2, gap: -0.08, rise: 0 }],
  'label-noise': [GOOD, { speed: 2, floor: 0.3, gap: 0.15, rise: 0.25 }],
};

/** Little and much of it; null for a term that shows in no curve. */
export function curveSketches(term: GlossaryTerm): readonly [CurveSketch, CurveSketch] | null {
  const pair = PAIRS[term];
  return pair === undefined ? null : [sketch(pair[0]), sketch(pair[1])];
}

function sketch({ speed, floor, gap, rise, swing = 0, stop }: Shape): CurveSketch {
  const share = (i: number): number => i / (POINTS - 1);
  const fall = (x: number): number => floor + (0.95 - floor) * Math.exp(-speed * x);
  // Even and odd swings, dying out slowly: what too large steps look like.
  const bump = (i: number): number => swing * Math.sin(i * 1.9) * (1 - 0.4 * share(i));
  const clamp = (value: number): number => Math.max(0, Math.min(1, value));
  const points = Array.from({ length: POINTS }, (_, i) => i);
  return {
    train: points.map((i) => clamp(fall(share(i)) + bump(i))),
    validation: points.map((i) => {
      const x = share(i);
      const away = gap * (1 - Math.exp(-5 * x)) + rise * Math.max(0, x - 0.25) ** 1.2;
      return clamp(fall(x) + away + 0.8 * bump(i));
    }),
    stop: stop ?? null,
  };
}
