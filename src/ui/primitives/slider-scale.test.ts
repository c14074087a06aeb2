import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTypedNumber, toTypedNumber } from './number-text.ts';
import { createSliderTrack, type SliderScale } from './slider-scale.ts';

const learningRate: SliderScale = {
  min: 1e-6,
  max: 10,
  step: 0.05,
  scale: 'log',
  integer: false,
  logFloor: null,
};
const epochs: SliderScale = { ...learningRate, min: 1, max: 5000, integer: true };
const weightDecay: SliderScale = { ...learningRate, min: 0, max: 1, step: 0.1, logFloor: 1e-6 };
const dropout: SliderScale = { ...learningRate, min: 0, max: 0.9, step: 0.05, scale: 'linear' };
const odd: SliderScale = { ...dropout, min: 3, max: 10, step: 2, integer: true };
const scales = { learningRate, epochs, weightDecay, dropout, odd };

describe.each(Object.entries(scales))('%s', (_name, scale) => {
  const track = createSliderTrack(scale);

  it('reaches both ends exactly', () => {
    expect(track.toValue(0)).toBe(scale.min);
    expect(track.toValue(track.last)).toBe(scale.max);
    expect(track.toFraction(scale.min)).toBe(0);
    expect(track.toFraction(scale.max)).toBe(1);
  });

  it('changes the value at each step, upwards, and finds each position again', () => {
    for (let position = 1; position <= track.last; position++) {
      expect(track.toValue(position)).toBeGreaterThan(track.toValue(position - 1));
    }
    for (let position = 0; position <= track.last; position++) {
      expect(track.toPosition(track.toValue(position))).toBe(position);
    }
  });

  it('keeps order and range for any value', () => {
    const value = fc.double({ min: scale.min, max: scale.max, noNaN: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(track.toFraction(low)).toBeLessThanOrEqual(track.toFraction(high) + 1e-12);
        expect(track.toFraction(low)).toBeGreaterThanOrEqual(0);
        expect(track.toFraction(high)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('sends values from outside to the ends', () => {
    expect(track.toPosition(scale.min - 1)).toBe(0);
    expect(track.toPosition(scale.max * 2)).toBe(track.last);
  });
});

describe('log scale', () => {
  it('gives whole numbers for counts and round ones elsewhere', () => {
    const whole = createSliderTrack(epochs);
    for (let position = 0; position <= whole.last; position++) {
      expect(Number.isInteger(whole.toValue(position))).toBe(true);
    }
    expect(createSliderTrack(learningRate).toValue(60)).toBe(0.001);
  });

  it('has 0 at its left end when it begins there', () => {
    const track = createSliderTrack(weightDecay);
    expect(track.toValue(0)).toBe(0);
    expect(track.toValue(1)).toBe(1e-6);
  });
});

describe('typed numbers', () => {
  it.each([
    ['0.003', 0.003],
    [' .5 ', 0.5],
    ['1e-3', 0.001],
    ['1,000', 1000],
    ['0,5', 0.5],
    ['12 %', 12],
    ['−3', -3],
    ['1e999', Infinity],
  ])('reads %j', (text, value) => expect(parseTypedNumber(text)).toBe(value));

  it.each(['', ' ', 'NaN', 'abc', '1.2.3', '0x10', 'Infinity', '1e', '--2', '1,2,3'])(
    'refuses %j',
    (text) => expect(parseTypedNumber(text)).toBeNaN(),
  );

  it('reads back what it writes, to six digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e6, noNaN: true }), (value) => {
        const back = parseTypedNumber(toTypedNumber(value));
        expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-5);
      }),
    );
  });
});
