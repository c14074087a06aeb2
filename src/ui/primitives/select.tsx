/** One of many choices, in a list that opens. */
import { Check, ChevronDown } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { Text } from 'react-aria-components/Text';
import { classNames } from './class-names.ts';
import menuStyles from './menu.module.css';
import styles from './select.module.css';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly description?: string;
  readonly isDisabled?: boolean;
}

export interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly SelectOption<Value>[];
  readonly description?: string | undefined;
  readonly hideLabel?: boolean;
  readonly isDisabled?: boolean;
}

export function Select<Value extends string>({
  label,
  value,
  onChange,
  options,
  description,
  hideLabel = false,
  isDisabled = false,
}: SelectProps<Value>) {
  return (
    <AriaSelect
      value={value}
      onChange={(key) => {
        const option = options.find((each) => each.value === key);
        if (option) onChange(option.value);
      }}
      isDisabled={isDisabled}
      className={styles.select ?? ''}
    >
      <Label className={classNames(styles.label, hideLabel && 'visually-hidden')}>{label}</Label>
      <Button className={styles.button ?? ''}>
        <SelectValue className={styles.value ?? ''}>
          {({ selectedText }) => selectedText}
        </SelectValue>
        <ChevronDown aria-hidden="true" className={styles.chevron} />
      </Button>
      {description ? (
        <Text slot="description" className={styles.description ?? ''}>
          {description}
        </Text>
      ) : null}
      <Popover className={menuStyles.popover ?? ''} offset={4}>
        <ListBox className={menuStyles.list ?? ''}>
          {options.map((option) => (
            <ListBoxItem
              key={option.value}
              id={option.value}
              textValue={option.label}
              isDisabled={option.isDisabled ?? false}
              className={menuStyles.item ?? ''}
            >
              {({ isSelected }) => (
                <>
                  <span className={menuStyles.mark}>
                    {isSelected ? <Check aria-hidden="true" /> : null}
                  </span>
                  <span className={menuStyles.texts}>
                    <Text slot="label">{option.label}</Text>
                    {option.description ? (
                      <Text slot="description" className={menuStyles.description ?? ''}>
                        {option.description}
                      </Text>
                    ) : null}
                  </span>
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
