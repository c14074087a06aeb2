/** One knob, drawn from its spec: slider with number, choice, or switch. */
import {
  DEFAULT_HYPERPARAMETERS,
  HYPERPARAMETER_SPECS,
  type HyperparameterKey,
} from '../../domain/hyperparameter-specs.ts';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import { toMessageKey } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { NumberSlider, type CommitVerdict } from '../../ui/primitives/number-slider.tsx';
import { Select } from '../../ui/primitives/select.tsx';
import { Switch } from '../../ui/primitives/switch.tsx';

import { GlossaryLink } from './glossary-link.tsx';
import styles from './glossary-link.module.css';
import { KnobDetails } from './knob-details.tsx';

/** Shares read better as per cent. */
const PERCENT_KEYS: ReadonlySet<HyperparameterKey> = new Set([
  'dropout',
  'warmup',
  'labelSmoothing',
]);

export function HyperparameterControl({ name }: { name: HyperparameterKey }) {
  const t = useTranslate();
  const settings = useApp((state) => state.hyperparameters);
  const setHyperparameter = useApp((state) => state.setHyperparameter);
  const spec = HYPERPARAMETER_SPECS[name];
  const value = settings[name];
  const label = t(`hyperparameters.${name}.name`);
  const applies = spec.applies(settings);
  const explanation = applies
    ? t(`hyperparameters.${name}.explanation`)
    : t('hyperparameters.does-nothing-now');
  // The spec's kind tells the value's type; TypeScript cannot follow that from one to the other.
  const commit = (next: unknown): CommitVerdict =>
    setHyperparameter(name, next as Hyperparameters[typeof name]);

  if (spec.kind === 'toggle') {
    return (
      <div className={styles.knob}>
        <Switch
          isSelected={value === true}
          isDisabled={!applies}
          description={explanation}
          onChange={commit}
        >
          {label}
        </Switch>
        {spec.group !== 'augment' && <GlossaryLink knob={name} />}
      </div>
    );
  }
  if (spec.kind === 'choice') {
    const options = spec.choices.map((choice: string) => ({
      value: choice,
      label: t(toMessageKey(`hyperparameters.${name}.${choice}`, `hyperparameters.${name}.name`)),
    }));
    return (
      <div className={styles.knob}>
        <Select
          label={label}
          value={String(value)}
          options={options}
          description={explanation}
          isDisabled={!applies}
          onChange={commit}
        />
        <GlossaryLink knob={name} />
      </div>
    );
  }
  return (
    <NumberSlider
      label={label}
      value={Number(value)}
      defaultValue={Number(DEFAULT_HYPERPARAMETERS[name])}
      scale={spec}
      percent={PERCENT_KEYS.has(name)}
      explanation={explanation}
      more={<KnobDetails name={name} />}
      valueText={
        name === 'hiddenUnits' && value === 0 ? t('hyperparameters.hiddenUnits.linear') : undefined
      }
      isDisabled={!applies}
      onCommit={commit}
    />
  );
}
