/** A short text beside a control on hover and keyboard focus. Never the only place something is said. */
import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import styles from './tooltip.module.css';

type Placement = 'top' | 'bottom' | 'left' | 'right';

export interface TooltipProps {
  readonly text: string;
  readonly placement?: Placement;
  /** One focusable control of react-aria-components (Button, ToggleButton, …). */
  readonly children: ReactElement;
}

export function Tooltip({ text, placement = 'bottom', children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <AriaTooltip className={styles.tooltip ?? ''} placement={placement} offset={6}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
