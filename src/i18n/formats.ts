/** The formatting functions bound to one locale, as handed to components by `useFormats`. */
import { formatBytes } from './format-bytes.ts';
import { formatDuration, formatTimeLeft } from './format-duration.ts';
import { formatNumber, formatSignificant, formatTick, formatUpTo } from './format-number.ts';
import { formatPercent, formatProbability } from './format-percent.ts';
import type { Locale } from './locale.ts';

export interface Formats {
  number(value: number, digits?: number): string;
  significant(value: number, digits?: number): string;
  /** Two digits that count, short: thousands as 15K. */
  tick(value: number): string;
  /** At most so much: for differences. */
  upTo(value: number): string;
  percent(share: number, digits?: number): string;
  probability(probability: number): string;
  bytes(bytes: number): string;
  duration(ms: number): string;
  timeLeft(ms: number): string;
}

export function createFormats(locale: Locale): Formats {
  return {
    number: (value, digits) => formatNumber(locale, value, digits),
    significant: (value, digits) => formatSignificant(locale, value, digits),
    tick: (value) => formatTick(locale, value),
    upTo: (value) => formatUpTo(locale, value),
    percent: (share, digits) => formatPercent(locale, share, digits),
    probability: (probability) => formatProbability(locale, probability),
    bytes: (bytes) => formatBytes(locale, bytes),
    duration: (ms) => formatDuration(locale, ms),
    timeLeft: (ms) => formatTimeLeft(locale, ms),
  };
}
