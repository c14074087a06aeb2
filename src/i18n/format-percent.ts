/** Shares in [0, 1] as percentages. */
import { numberFormat } from './format-number.ts';
import type { Locale } from './locale.ts';

/** `digits` after the decimal point, 0 unless told; 0.934 → "93%". */
export function formatPercent(locale: Locale, share: number, digits = 0): string {
  return numberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

/**
 * A class probability: never "100%" or "0%" unless it is exactly that, because a model that is
 * almost sure is not sure; 0.998 → ">99%", 0.002 → "<1%".
 */
export function formatProbability(locale: Locale, probability: number): string {
  if (probability < 1 && probability >= 0.995) return `>${formatPercent(locale, 0.99)}`;
  if (probability > 0 && probability < 0.005) return `<${formatPercent(locale, 0.01)}`;
  return formatPercent(locale, probability);
}
