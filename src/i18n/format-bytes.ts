/** Byte counts in decimal units (1 MB = 1,000,000 bytes), as browsers and operating systems show downloads. */
import { numberFormat } from './format-number.ts';
import type { Locale } from './locale.ts';
import { accent } from './pseudo.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** 3 significant digits at most: 1_834_000 → "1.83 MB". */
export function formatBytes(locale: Locale, bytes: number): string {
  const size = Math.abs(bytes);
  // 999.5 kB would round to "1,000 kB"; the next unit takes over there.
  const step = size < 999.5 ? 0 : Math.floor(Math.log10(size * (1 + 5e-4)) / 3);
  const unitIndex = Math.min(UNITS.length - 1, step);
  const text = numberFormat(locale, {
    style: 'unit',
    unit: UNITS[unitIndex] ?? 'byte',
    unitDisplay: 'short',
    maximumSignificantDigits: 3,
  }).format(bytes / 1000 ** unitIndex);
  return locale === 'pseudo' ? accent(text) : text;
}
