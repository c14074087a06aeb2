/** Settings and facts of runs as text. */
import { HYPERPARAMETER_SPECS, type HyperparameterKey } from '../../domain/hyperparameter-specs.ts';
import type { RunFact, SettingValue } from '../../domain/run-difference.ts';
import type { Formats } from '../../i18n/formats.ts';
import { toMessageKey } from '../../i18n/messages.ts';
import type { Translate } from '../../i18n/translate.ts';

export function settingName(t: Translate, key: HyperparameterKey): string {
  return t(toMessageKey(`hyperparameters.${key}.name`, 'errors.unknown'));
}

export function settingText(
  t: Translate,
  formats: Formats,
  key: HyperparameterKey,
  value: SettingValue,
): string {
  if (typeof value === 'boolean') return t(value ? 'runs.on' : 'runs.off');
  if (typeof value === 'string') {
    return t(toMessageKey(`hyperparameters.${key}.${value}`, 'errors.unknown'));
  }
  const spec = HYPERPARAMETER_SPECS[key];
  const isWhole = spec.kind === 'number' && spec.integer;
  return isWhole ? formats.number(value) : formats.significant(value, 3);
}

const SHARES: ReadonlySet<RunFact> = new Set(['validation-share', 'test-share']);

export function factText(
  t: Translate,
  formats: Formats,
  key: RunFact,
  value: string | number | null,
): string {
  if (value === null) return t('runs.unknown');
  if (typeof value === 'number') {
    return SHARES.has(key) ? formats.percent(value) : formats.number(value);
  }
  if (key === 'fit') return t(toMessageKey(`runs.fit.${value}`, 'runs.unknown'));
  if (key === 'backend') return t(toMessageKey(`backends.name.${value}`, 'runs.unknown'));
  return value;
}
