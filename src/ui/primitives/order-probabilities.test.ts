import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderProbabilities } from './order-probabilities.ts';

const classes = ['ant', 'bee', 'fly'].map((name, i) => ({ id: name, name, colorIndex: i }));
const names = (...args: Parameters<typeof orderProbabilities>) =>
  orderProbabilities(...args).map((row) => row.info.name);

it('keeps the class order or sorts by probability', () => {
  expect(names(classes, [0.1, 0.7, 0.2], 'class', 3)).toEqual(['ant', 'bee', 'fly']);
  expect(names(classes, [0.1, 0.7, 0.2], 'sorted', 3)).toEqual(['bee', 'fly', 'ant']);
  expect(names(classes, [0.4, 0.2, 0.4], 'sorted', 3)).toEqual(['ant', 'fly', 'bee']);
});

it('limits to the likeliest in either order', () => {
  expect(names(classes, [0.1, 0.2, 0.7], 'class', 2)).toEqual(['bee', 'fly']);
});

it('marks one top row whatever the numbers, none when all are 0', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1 }), { minLength: 3, maxLength: 3 }), (ps) => {
      const top = orderProbabilities(classes, ps, 'sorted', 3).filter((row) => row.isTop);
      expect(top).toHaveLength(ps.some((p) => p > 0) ? 1 : 0);
    }),
  );
});

it('takes a missing or broken probability as 0', () => {
  const rows = orderProbabilities(classes, [NaN, 0.5], 'class', 3);
  expect(rows.map((row) => row.probability)).toEqual([0, 0.5, 0]);
});
