/** A button with text, in four weights and three sizes. One primary per view at most. */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components/Button';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  /** Before the text; decoration only. */
  readonly icon?: LucideIcon | undefined;
  readonly fullWidth?: boolean;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function buttonClass(variant: ButtonVariant, size: ButtonSize, fullWidth = false): string {
  return classNames(styles.button, styles[variant], styles[size], fullWidth && styles.fullWidth);
}

export function Button({
  variant = 'secondary',
  size = 'medium',
  icon: Icon,
  fullWidth = false,
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton {...rest} className={buttonClass(variant, size, fullWidth)}>
      {Icon ? <Icon className={styles.icon} aria-hidden="true" /> : null}
      <span className={styles.text}>{children}</span>
    </AriaButton>
  );
}
