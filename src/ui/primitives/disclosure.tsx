/** A title that opens what is under it. */
import { ChevronRight } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './disclosure.module.css';

export interface DisclosureProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Beside the title, e.g. a count or "2 changed". */
  readonly aside?: ReactNode;
  readonly defaultOpen?: boolean;
  /** Give both to control it from outside. */
  readonly isOpen?: boolean | undefined;
  readonly onOpenChange?: ((isOpen: boolean) => void) | undefined;
  readonly size?: 'small' | 'medium';
}

/** Children are mounted only while open. */
export function Disclosure({
  title,
  children,
  aside,
  defaultOpen = false,
  isOpen,
  onOpenChange,
  size = 'medium',
}: DisclosureProps) {
  const [ownOpen, setOwnOpen] = useState(defaultOpen);
  const open = isOpen ?? ownOpen;
  const id = useId();
  return (
    <div className={classNames(styles.disclosure, size === 'small' && styles.small)}>
      <button
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => {
          setOwnOpen(!open);
          onOpenChange?.(!open);
        }}
      >
        <ChevronRight aria-hidden="true" className={styles.chevron} />
        <span className={styles.title}>{title}</span>
        {aside ? <span className={styles.aside}>{aside}</span> : null}
      </button>
      {open ? (
        <div id={id} className={styles.content}>
          {children}
        </div>
      ) : null}
    </div>
  );
}
