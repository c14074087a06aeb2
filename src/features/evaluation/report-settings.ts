/** The settings of a run as rows of the report: by their names on screen, not those in the code. */
import {
  HYPERPARAMETER_KEYS,
  HYPERPARAMETER_SPECS,
  withDefaults,
  type HyperparameterKey,
} from '../../domain/hyperparameter-specs.ts';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import { hyperparametersMessages } from '../../i18n/en/hyperparameters.ts';
import type { Formats } from '../../i18n/formats.ts';
import { addMessages, toMessageKey } from '../../i18n/messages.ts';
import type { Translate } from '../../i18n/translate.ts';

addMessages(hyperparametersMessages);

/**
 * In the order of the settings, without those that did nothing in this run; those that the run was stored
 * without have their defaults.
 */
export function settingRows(
  t: Translate,
  formats: Formats,
  settings: Hyperparameters,
): readonly (readonly [name: string, value: string])[] {
  const all = withDefaults(settings);
  return HYPERPARAMETER_KEYS.filter((key) => HYPERPARAMETER_SPECS[key].applies(all)).map((key) => [
    t(toMessageKey(`hyperparameters.${key}.name`, 'errors.unknown')),
    valueText(t, formats, key, all[key]),
  ]);
}

function valueText(
  t: Translate,
  formats: Formats,
  key: HyperparameterKey,
  value: string | number | boolean,
): string {
  if (typeof value === 'boolean') {
    return t(value ? 'evaluation.report-on' : 'evaluation.report-off');
  }
  if (typeof value === 'string') {
    return t(toMessageKey(`hyperparameters.${key}.${value}`, 'errors.unknown'));
  }
  const spec = HYPERPARAMETER_SPECS[key];
  const isWhole = spec.kind === 'number' && spec.integer;
  return isWhole ? formats.number(value) : formats.significant(value, 4);
}
