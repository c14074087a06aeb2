/** Numbers as text. `Intl.NumberFormat` objects are costly to make, so each kind is made once. */
import { intlTag, type Locale } from './locale.ts';

const cache = new Map<string, Intl.NumberFormat>();

export function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${intlTag(locale)}|${JSON.stringify(options)}`;
  let format = cache.get(key);
  if (!format) {
    format = new Intl.NumberFormat(intlTag(locale), options);
    cache.set(key, format);
  }
  return format;
}

/** `digits`: fixed digits after the decimal point; left out: as many as needed, at most 3. */
export function formatNumber(locale: Locale, value: number, digits?: number): string {
  const options =
    digits === undefined
      ? { maximumFractionDigits: 3 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return numberFormat(locale, options).format(value);
}

/** For quantities over many magnitudes (loss, learning rate): `digits` significant digits, 1.2e-7 when tiny. */
export function formatSignificant(locale: Locale, value: number, digits = 3): string {
  const size = Math.abs(value);
  const notation = size > 0 && (size < 1e-4 || size >= 1e6) ? 'scientific' : 'standard';
  return numberFormat(locale, { maximumSignificantDigits: digits, notation })
    .format(value)
    .replace('E', 'e');
}

/** For the ticks of an axis, which has room for few characters. */
export function formatTick(locale: Locale, value: number): string {
  if (Math.abs(value) < 1000) return formatSignificant(locale, value, 2);
  return numberFormat(locale, { notation: 'compact', maximumSignificantDigits: 2 }).format(value);
}

const SMALLEST_TOLD = 1e-6;

/**
 * An upper bound for a small difference, as a person would write it: two digits that count, rounded up,
 * and nothing finer than a millionth.
 */
export function formatUpTo(locale: Locale, value: number): string {
  if (value === 0 || !Number.isFinite(value)) return formatNumber(locale, value);
  const bound = Math.max(Math.abs(value), SMALLEST_TOLD);
  const unit = 10 ** (Math.floor(Math.log10(bound)) - 1);
  // What is a round number already must not be pushed up by its last bit.
  const rounded = Math.ceil(bound / unit - 1e-9) * unit;
  return numberFormat(locale, { maximumSignificantDigits: 2 }).format(rounded);
}
