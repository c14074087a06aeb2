import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isClassNameTaken,
  MAX_CLASS_NAME_LENGTH,
  nextClassName,
  nextColorIndex,
  normaliseClassName,
  uniqueClassName,
} from './class-names.ts';
import type { ClassInfo } from './photo.ts';

const classesNamed = (...names: string[]): ClassInfo[] =>
  names.map((name, i) => ({ id: `c${i}`, name, colorIndex: i }));

describe('normaliseClassName', () => {
  it.each([
    ['  Ants \t and\n bees ', 'Ants and bees'],
    ['Cafe\u0301', 'Café'],
    ['safe\u202Egpj.exe', 'safegpj.exe'],
    ['a\u0000b\u0007c\ufeff', 'abc'],
    ['\u200b\u2066\u2069', ''],
    ['\u200d\u0301', ''],
    ['👩‍🔬', '👩‍🔬'],
    ['__proto__', '__proto__'],
    ['日本語', '日本語'],
    ['?', '?'],
  ])('%j becomes %j', (name, expected) => {
    expect(normaliseClassName(name)).toBe(expected);
  });

  it('cuts by code points, never inside an emoji', () => {
    const name = normaliseClassName('🐝'.repeat(200));
    expect([...name]).toHaveLength(MAX_CLASS_NAME_LENGTH);
    expect(name.isWellFormed()).toBe(true);
  });

  it('changes nothing the second time, and never leaves controls, edges or length over', () => {
    const text = fc.oneof(
      fc
        .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 100 })
        .map((codes) => String.fromCodePoint(...codes)),
      fc
        .array(fc.constantFrom(' ', '\t', '\u202e', '\u0301', 'e', '\ud800', 'x', '\u0344'))
        .map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, (raw) => {
        const once = normaliseClassName(raw);
        expect(normaliseClassName(once)).toBe(once);
        expect([...once].length).toBeLessThanOrEqual(MAX_CLASS_NAME_LENGTH);
        expect(once).toBe(once.trim());
        expect(once).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]|\s{2}/u);
      }),
      { numRuns: 200 },
    );
  });
});

describe('names of several classes', () => {
  it('finds the first free number', () => {
    const pattern = (n: number) => `Class ${n}`;
    expect(nextClassName([], pattern)).toBe('Class 1');
    expect(nextClassName(classesNamed('Class 1', 'Class 3'), pattern)).toBe('Class 2');
    expect(nextClassName(classesNamed('Class 1'), () => 'Class 1')).toBe('Class 1 2');
  });

  it('compares by normal form, with case, except the class itself', () => {
    const classes = classesNamed('Café', '__proto__');
    expect(isClassNameTaken(classes, ' Cafe\u0301 ')).toBe(true);
    expect(isClassNameTaken(classes, 'café')).toBe(false);
    expect(isClassNameTaken(classes, 'Café', 'c0')).toBe(false);
    expect(isClassNameTaken(classes, '__proto__')).toBe(true);
    expect(isClassNameTaken(classes, 'constructor')).toBe(false);
  });

  it('makes an imported name unique even at full length', () => {
    const long = 'x'.repeat(MAX_CLASS_NAME_LENGTH);
    const classes = classesNamed(long, 'a');
    const name = uniqueClassName(classes, long);
    expect(name).not.toBe(long);
    expect(name.endsWith(' 2')).toBe(true);
    expect(uniqueClassName(classes, 'b')).toBe('b');
    expect(uniqueClassName(classes, 'a')).toBe('a 2');
  });

  it('gives a new class the colour used least', () => {
    expect(nextColorIndex(classesNamed('a', 'b'), 4)).toBe(2);
    expect(nextColorIndex(classesNamed('a', 'b'), 2)).toBe(0);
  });
});
