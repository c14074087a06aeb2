/**
 * Names of classes: what a person typed, or the name of a folder, made safe to show, to compare and
 * to write into files. Two names are the same when their normalised forms are equal, case included.
 */
import type { ClassInfo } from './photo.ts';

/** Longest name kept, in characters as a person counts them (code points). */
export const MAX_CLASS_NAME_LENGTH = 80;

/**
 * Control characters, bidirectional overrides and isolates (they can make a name read as another),
 * byte-order marks, line separators and lone surrogates. Zero-width joiners stay: emoji and several
 * scripts need them.
 */
const UNSAFE =
  /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu;

/** Colours of classes in `ui/tokens`; the next class begins anew. */
export const PALETTE_SIZE = 12;

/** Normalised form of a name; '' when nothing readable is left. Applying it twice changes nothing. */
export function normaliseClassName(name: string): string {
  // Tabs and line breaks separate words, so they become spaces before other controls vanish.
  const spaced = name.replace(/[\t\n\v\f\r\u0085\u2028\u2029]/g, ' ').replace(UNSAFE, '');
  const collapsed = spaced.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const cut = [...collapsed].slice(0, MAX_CLASS_NAME_LENGTH).join('').normalize('NFC').trim();
  // A name of joiners and marks alone would be an invisible class.
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(cut) ? cut : '';
}

/** Whether another class than `except` already has this name, both in normalised form. */
export function isClassNameTaken(
  classes: readonly ClassInfo[],
  name: string,
  except: string | null = null,
): boolean {
  const wanted = normaliseClassName(name);
  return classes.some((info) => info.id !== except && normaliseClassName(info.name) === wanted);
}

/**
 * The next free name of a numbered pattern, counting from 1.
 *
 * @param pattern gives the name with number n, e.g. n => `Class ${n}`; from the message catalogue
 */
export function nextClassName(
  classes: readonly ClassInfo[],
  pattern: (n: number) => string,
): string {
  const taken = new Set(classes.map((info) => normaliseClassName(info.name)));
  // One of the first length + 1 numbers is free, unless the pattern ignores its number.
  for (let n = 1; n <= classes.length + 1; n++) {
    const name = normaliseClassName(pattern(n));
    if (name !== '' && !taken.has(name)) return name;
  }
  return freeVariant(taken, normaliseClassName(pattern(1)));
}

/** The name itself when free, else with a number behind it: for importing beside what is there. */
export function uniqueClassName(classes: readonly ClassInfo[], name: string): string {
  const taken = new Set(classes.map((info) => normaliseClassName(info.name)));
  const wanted = normaliseClassName(name);
  return wanted !== '' && !taken.has(wanted) ? wanted : freeVariant(taken, wanted);
}

function freeVariant(taken: ReadonlySet<string>, name: string): string {
  // Room for the number, so that cutting cannot remove it again.
  const stem = [...name].slice(0, MAX_CLASS_NAME_LENGTH - 8).join('');
  for (let n = 2; ; n++) {
    const candidate = normaliseClassName(`${stem} ${n}`);
    if (!taken.has(candidate)) return candidate;
  }
}

/** Palette index for a new class: the one used least, the lowest of those. */
export function nextColorIndex(classes: readonly ClassInfo[], paletteSize: number): number {
  const uses = new Array<number>(paletteSize).fill(0);
  for (const { colorIndex } of classes) {
    if (colorIndex in uses) uses[colorIndex] = (uses[colorIndex] ?? 0) + 1;
  }
  return uses.indexOf(Math.min(...uses));
}
