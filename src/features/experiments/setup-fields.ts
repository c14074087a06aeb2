/** The lines of a set-up: what each is called and what it says, its own value and the one of here. */
import {
  HYPERPARAMETER_KEYS,
  HYPERPARAMETER_SPECS,
  type HyperparameterKey,
} from '../../domain/hyperparameter-specs.ts';
import type { Formats } from '../../i18n/formats.ts';
import { toMessageKey, type MessageKey } from '../../i18n/messages.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { Setup } from '../../state/setup-state.ts';
import { settingName, settingText } from './setting-text.ts';

export interface SetupLine {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** Null where it is the same here. */
  readonly valueHere: string | null;
}

/** Settings that are not at their default or not as here; split, fit and backbone where they differ. */
export function setupLines(
  t: Translate,
  formats: Formats,
  setup: Setup,
  here: Setup,
): readonly SetupLine[] {
  const settings = HYPERPARAMETER_KEYS.filter(
    (key) =>
      setup.settings[key] !== here.settings[key] ||
      setup.settings[key] !== HYPERPARAMETER_SPECS[key].default,
  ).map((key) => {
    const text = (of: Setup) => settingText(t, formats, key, of.settings[key]);
    return line(`settings.${key}`, settingName(t, key), text(setup), text(here));
  });
  const shares = (['validationShare', 'testShare'] as const).map((key) =>
    line(
      `split.${key}`,
      fieldName(t, `split.${key}`),
      formats.percent(setup.split[key]),
      formats.percent(here.split[key]),
    ),
  );
  return [
    ...settings,
    ...shares,
    line(
      'split.seed',
      fieldName(t, 'split.seed'),
      formats.number(setup.split.seed),
      formats.number(here.split.seed),
    ),
    line('fit', fieldName(t, 'fit'), t(`runs.fit.${setup.fit}`), t(`runs.fit.${here.fit}`)),
    line('backboneId', fieldName(t, 'backboneId'), setup.backboneId, here.backboneId),
  ];
}

function line(id: string, name: string, value: string, valueHere: string): SetupLine {
  return { id, name, value, valueHere: value === valueHere ? null : valueHere };
}

const FIELDS: Readonly<Record<string, MessageKey>> = {
  'split.validationShare': 'setup.field.validation-share',
  'split.testShare': 'setup.field.test-share',
  'split.seed': 'setup.field.split-seed',
  fit: 'setup.field.fit',
  backboneId: 'setup.field.backbone',
  pinned: 'setup.field.pinned',
  'sampleSet.theme': 'setup.field.sample-theme',
  'sampleSet.photosPerClass': 'setup.field.sample-count',
  'sampleSet.difficulty': 'setup.field.sample-difficulty',
  'sampleSet.labelNoise': 'setup.field.sample-noise',
  'sampleSet.seed': 'setup.field.sample-seed',
};

/** `field`: as in a problem of the link; a whole part that is missing goes by its own name. */
export function fieldName(t: Translate, field: string): string {
  const known = FIELDS[field];
  if (known !== undefined) return t(known);
  const key = field.replace(/^settings\./, '');
  const isSetting = (HYPERPARAMETER_KEYS as readonly string[]).includes(key);
  return isSetting
    ? settingName(t, key as HyperparameterKey)
    : t(toMessageKey('setup.settings', 'errors.unknown'));
}
