/** Measured figures as text: a value with its interval, a verdict that follows it. */
import type { Estimate } from '../../domain/scorecard.ts';
import type { Interval } from '../../domain/classification-metrics.ts';
import type { Formats } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';

/** "82% (71% to 90%)"; a dash where nothing was measured. */
export function shareText(t: Translate, formats: Formats, estimate: Estimate | null): string {
  if (estimate === null || !Number.isFinite(estimate.value)) return '–';
  return t('evaluation.estimate', {
    value: formats.percent(estimate.value),
    low: formats.percent(estimate.low),
    high: formats.percent(estimate.high),
  });
}

/** The same for figures that are no shares. */
export function numberText(t: Translate, formats: Formats, estimate: Estimate | null): string {
  if (estimate === null || !Number.isFinite(estimate.value)) return '–';
  return t('evaluation.estimate', {
    value: formats.number(estimate.value, 2),
    low: formats.number(estimate.low, 2),
    high: formats.number(estimate.high, 2),
  });
}

/** Wider than this, the interval is the news. */
const WIDE = 0.15;
const NARROW = 0.08;

export function headlineText(
  t: Translate,
  formats: Formats,
  { low, high }: Interval,
  count: number,
): string {
  const values = { low: formats.percent(low), high: formats.percent(high), count };
  if (high - low > WIDE) return t('evaluation.headline-wide', values);
  if (high - low > NARROW) return t('evaluation.headline-middle', values);
  return t('evaluation.headline-narrow', values);
}
