import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CLASS_COLOR_COUNT, classColor } from './class-color.ts';
import { contrastRatio } from './contrast.ts';

const css = readFileSync(fileURLToPath(new URL('./tokens.css', import.meta.url)), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/gi)].map((match) => [
    match[1] ?? '',
    { light: match[2] ?? '', dark: match[3] ?? '' },
  ]),
);

function color(name: string, theme: 'light' | 'dark'): string {
  const value = tokens.get(name)?.[theme];
  if (value === undefined) throw new Error(`no colour --${name}`);
  return value;
}

const classes = Array.from({ length: CLASS_COLOR_COUNT }, (_, i) => i);
const surfaces = ['bg', 'surface', 'surface-2', 'surface-raised'];

/** Text: 4.5:1. */
const readable: [string, string][] = [
  ...surfaces.flatMap((surface): [string, string][] =>
    ['text', 'text-muted', 'accent-text', 'danger-text', 'warning-text', 'success-text'].map(
      (text) => [text, surface],
    ),
  ),
  ['text', 'surface-3'],
  ['text-muted', 'surface-3'],
  ['training-text', 'surface'],
  ['validation-text', 'surface'],
  ['training-text', 'surface-2'],
  ['validation-text', 'surface-2'],
  ['training-text', 'training-soft'],
  ['validation-text', 'validation-soft'],
  ...[0, 1, 2, 3, 4].flatMap((i): [string, string][] =>
    surfaces.map((surface) => [`run-${i}`, surface]),
  ),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-accent', 'accent-pressed'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
  ['accent-text', 'accent-soft'],
  ['danger-text', 'danger-soft'],
  ['warning-text', 'warning-soft'],
  ['success-text', 'success-soft'],
  ['text', 'accent-soft'],
  ['text', 'danger-soft'],
  ['text', 'warning-soft'],
  ['text', 'success-soft'],
  ...classes.map((i): [string, string] => [`on-class-${i}`, `class-${i}`]),
];

/** Lines, marks, edges of controls, focus rings: 3:1. */
const visible: [string, string][] = [
  ...surfaces.flatMap((surface): [string, string][] => [
    ['border-strong', surface],
    ['accent', surface],
    ['focus', surface],
    ['training', surface],
    ['validation', surface],
  ]),
  ...classes.flatMap((i): [string, string][] => [
    [`class-${i}`, 'surface'],
    [`class-${i}`, 'bg'],
  ]),
  ['best-mark', 'surface'],
];

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  it.each(readable)('%s on %s can be read', (text, surface) => {
    expect(contrastRatio(color(text, theme), color(surface, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(visible)('%s on %s can be seen', (mark, surface) => {
    expect(contrastRatio(color(mark, theme), color(surface, theme))).toBeGreaterThanOrEqual(3);
  });

  it('has no two classes of the same colour', () => {
    expect(new Set(classes.map((i) => color(`class-${i}`, theme))).size).toBe(CLASS_COLOR_COUNT);
  });
});

describe('contrastRatio', () => {
  it('agrees with the published extremes', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});

describe('classColor', () => {
  it('wraps around the palette', () => {
    expect(classColor(12)).toBe('var(--class-0)');
    expect(classColor(-1)).toBe('var(--class-11)');
  });
});
