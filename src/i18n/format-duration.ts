/** Lengths of time, rounded as people say them: "0.4 s", "12 s", "3 min", "1 h 20 min". */
import { numberFormat } from './format-number.ts';
import type { Locale } from './locale.ts';
import { accent } from './pseudo.ts';

type Unit = 'millisecond' | 'second' | 'minute' | 'hour';

function amount(locale: Locale, value: number, unit: Unit, digits = 0): string {
  return numberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'minute' || unit === 'hour' ? 'short' : 'narrow',
    maximumFractionDigits: digits,
  }).format(value);
}

/** `ms`: milliseconds, negative counts as 0. */
export function formatDuration(locale: Locale, ms: number): string {
  const text = durationText(locale, Math.max(0, ms));
  return locale === 'pseudo' ? accent(text) : text;
}

function durationText(locale: Locale, ms: number): string {
  if (ms < 99.5) return amount(locale, ms, 'millisecond');
  if (ms < 9_950) return amount(locale, ms / 1000, 'second', 1);
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) return amount(locale, seconds, 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return amount(locale, minutes, 'minute');
  const hours = amount(locale, Math.floor(minutes / 60), 'hour');
  return minutes % 60 === 0 ? hours : `${hours} ${amount(locale, minutes % 60, 'minute')}`;
}

/**
 * Time left on long work: coarse steps so that the number does not flicker. Seconds in fives above
 * ten, then whole minutes.
 */
export function formatTimeLeft(locale: Locale, ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const steady = seconds <= 10 ? seconds : seconds < 60 ? Math.ceil(seconds / 5) * 5 : seconds;
  return formatDuration(locale, Math.max(steady * 1000, 1000));
}
