/** A chip of the top bar: what is in use, with a status dot; opens its panel. */
import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import styles from './chip.module.css';
import { classNames } from './class-names.ts';

export type ChipStatus = 'ok' | 'busy' | 'warning' | 'error' | 'idle';

export interface ChipProps {
  /** What it is about: "Model". Read before the value; shown as a tooltip-free prefix on wide screens. */
  readonly name: string;
  /** What is the case: "MobileNetV2 0.50". */
  readonly value: string;
  /** Shown instead of the value where that alone would not be understood: "Works offline". */
  readonly shownText?: string;
  /** The status in words, for those who do not see the dot: "ready"; empty where the value says it. */
  readonly statusText: string;
  readonly status: ChipStatus;
  readonly icon: LucideIcon;
  readonly isOpen: boolean;
  readonly onPress: () => void;
  /** Only icon and dot, e.g. on a phone. */
  readonly compact?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Chip({
  name,
  value,
  statusText,
  status,
  icon: Icon,
  isOpen,
  onPress,
  compact = false,
  shownText = value,
  ref,
}: ChipProps) {
  return (
    <AriaButton
      {...(ref ? { ref } : {})}
      aria-label={statusText === '' ? `${name}: ${value}` : `${name}: ${value}, ${statusText}`}
      aria-expanded={isOpen}
      aria-haspopup="dialog"
      onPress={onPress}
      className={classNames(styles.chip, compact && styles.compact)}
    >
      <span className={styles.mark}>
        <Icon aria-hidden="true" className={styles.icon} />
        <span className={classNames(styles.dot, styles[status])} />
      </span>
      {compact ? null : <span className={styles.value}>{shownText}</span>}
    </AriaButton>
  );
}
