/** One of a few choices, all visible: a radio group that looks like one divided button. */
import type { LucideIcon } from 'lucide-react';
import { Label } from 'react-aria-components/Label';
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components/RadioGroup';
import { classNames } from './class-names.ts';
import styles from './segmented-control.module.css';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: LucideIcon;
}

export interface SegmentedControlProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly segments: readonly Segment<Value>[];
  /** Keeps the label for screen readers only. */
  readonly hideLabel?: boolean;
  /** Icons alone; labels become accessible names. */
  readonly iconOnly?: boolean;
  readonly isDisabled?: boolean;
}

export function SegmentedControl<Value extends string>({
  label,
  value,
  onChange,
  segments,
  hideLabel = false,
  iconOnly = false,
  isDisabled = false,
}: SegmentedControlProps<Value>) {
  return (
    <RadioGroup
      value={value}
      onChange={(chosen) => {
        const segment = segments.find((each) => each.value === chosen);
        if (segment) onChange(segment.value);
      }}
      orientation="horizontal"
      isDisabled={isDisabled}
      className={styles.group ?? ''}
    >
      <Label className={classNames(styles.label, hideLabel && 'visually-hidden')}>{label}</Label>
      <div className={styles.segments}>
        {segments.map(({ value: each, label: text, icon: Icon }) => (
          <RadioField key={each} value={each} className={styles.field ?? ''}>
            <RadioButton className={styles.segment ?? ''}>
              {Icon ? <Icon aria-hidden="true" /> : null}
              <span className={classNames(iconOnly && 'visually-hidden')}>{text}</span>
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
