/** A square button that is only an icon; its name is read aloud and shown as a tooltip. */
import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components/Button';
import { classNames } from './class-names.ts';
import styles from './icon-button.module.css';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<
  AriaButtonProps,
  'children' | 'className' | 'style' | 'aria-label'
> {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly size?: 'small' | 'medium';
  readonly tone?: 'neutral' | 'danger';
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  label,
  icon: Icon,
  size = 'medium',
  tone = 'neutral',
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={classNames(
          styles.button,
          size === 'small' && styles.small,
          tone === 'danger' && styles.danger,
        )}
      >
        <Icon aria-hidden="true" />
      </AriaButton>
    </Tooltip>
  );
}
