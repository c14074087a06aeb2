/** A button that stays pressed. Give `label` alone for an icon-only one. */
import type { LucideIcon } from 'lucide-react';
import { ToggleButton as AriaToggleButton } from 'react-aria-components/ToggleButton';
import { classNames } from './class-names.ts';
import styles from './toggle-button.module.css';
import { Tooltip } from './tooltip.tsx';

export interface ToggleButtonProps {
  readonly label: string;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly icon?: LucideIcon | undefined;
  /** Shows only the icon; the label becomes the accessible name and a tooltip. */
  readonly iconOnly?: boolean;
  readonly isDisabled?: boolean;
}

export function ToggleButton({
  label,
  isSelected,
  onChange,
  icon: Icon,
  iconOnly = false,
  isDisabled = false,
}: ToggleButtonProps) {
  const button = (
    <AriaToggleButton
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
      {...(iconOnly ? { 'aria-label': label } : {})}
      className={classNames(styles.toggle, iconOnly && styles.iconOnly)}
    >
      {Icon ? <Icon aria-hidden="true" /> : null}
      {iconOnly ? null : label}
    </AriaToggleButton>
  );
  return iconOnly ? <Tooltip text={label}>{button}</Tooltip> : button;
}
