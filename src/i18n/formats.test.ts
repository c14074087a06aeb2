import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormats } from './formats.ts';

const en = createFormats('en');

describe('bytes', () => {
  it('uses decimal units and three significant digits', () => {
    expect(en.bytes(0)).toBe('0 byte');
    expect(en.bytes(1_834_000)).toBe('1.83 MB');
    expect(en.bytes(2_000_000_000)).toBe('2 GB');
  });

  it('never shows 1,000 of a unit that has a bigger one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9e14 }), (bytes) => {
        expect(en.bytes(bytes)).not.toContain('1,000');
      }),
    );
  });

  it('is accented in the pseudo-locale, so that units are not taken for hard-coded text', () => {
    expect(createFormats('pseudo').bytes(5_000_000)).toBe('5 ṀƁ');
  });
});

describe('duration', () => {
  it('rounds as people say it', () => {
    expect(en.duration(42)).toBe('42ms');
    expect(en.duration(420)).toBe('0.4s');
    expect(en.duration(12_300)).toBe('12s');
    expect(en.duration(200_000)).toBe('3 min');
    expect(en.duration(4_800_000)).toBe('1 hr 20 min');
    expect(en.duration(-5)).toBe('0ms');
  });

  it('time left moves in steps of five seconds', () => {
    expect(en.timeLeft(31_000)).toBe('35s');
    expect(en.timeLeft(34_900)).toBe('35s');
    expect(en.timeLeft(0)).toBe('1s');
  });
});

describe('percent and probability', () => {
  it('rounds shares', () => {
    expect(en.percent(0.934)).toBe('93%');
    expect(en.percent(0.934, 1)).toBe('93.4%');
  });

  it('does not claim certainty that is not there', () => {
    expect(en.probability(0.9996)).toBe('>99%');
    expect(en.probability(1)).toBe('100%');
    expect(en.probability(0.0004)).toBe('<1%');
    expect(en.probability(0)).toBe('0%');
  });
});

describe('upTo', () => {
  it.each([
    [1.2e-7, '0.000001'],
    [1e-6, '0.000001'],
    [1.21e-6, '0.0000013'],
    [0.00012, '0.00012'],
    [0.0001201, '0.00013'],
    [0.0999, '0.1'],
    [0, '0'],
    [Infinity, '∞'],
  ])('%d is at most %s', (value, text) => {
    expect(en.upTo(value)).toBe(text);
  });
});

describe('the ticks of an axis', () => {
  it('have two digits that count and stay short', () => {
    expect([0, 0.25, 1.5, 800, 1000, 15_000, 2_500_000].map((value) => en.tick(value))).toEqual([
      '0',
      '0.25',
      '1.5',
      '800',
      '1K',
      '15K',
      '2.5M',
    ]);
  });
});

describe('significant', () => {
  it('keeps digits that matter over many magnitudes', () => {
    expect(en.significant(0.41234)).toBe('0.412');
    expect(en.significant(12.3456)).toBe('12.3');
    expect(en.significant(0.0000123)).toBe('1.23e-5');
    expect(en.significant(0)).toBe('0');
  });
});
