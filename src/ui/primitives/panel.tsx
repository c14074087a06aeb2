/**
 * A non-modal side panel under the top bar (a sheet from below on a phone). The page stays usable.
 * Opening moves the focus to it, Escape and the close button close it and hand the focus back.
 */
import { X } from 'lucide-react';
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import styles from './panel.module.css';

export interface PanelProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Under the title. */
  readonly description?: ReactNode;
  /** Stays visible below the scrolling content. */
  readonly footer?: ReactNode;
  readonly width?: 'narrow' | 'wide';
}

export function Panel({ isOpen, ...rest }: PanelProps) {
  return isOpen ? <OpenPanel {...rest} /> : null;
}

function OpenPanel({
  title,
  onClose,
  children,
  description,
  footer,
  width = 'narrow',
}: Omit<PanelProps, 'isOpen'>) {
  const t = useTranslate();
  const titleId = useId();
  const panel = useRef<HTMLElement>(null);

  useEffect(() => {
    const own = panel.current;
    const before = document.activeElement;
    own?.focus({ preventScroll: true });
    return () => {
      // Hand the focus back only if it is still ours: the person may have moved on.
      const now = document.activeElement;
      const ours = now === null || now === document.body || own?.contains(now);
      if (ours && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  // After a click on plain page text nothing has the focus; Escape still means the panel then.
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    function onPageKeyDown(event: globalThis.KeyboardEvent): void {
      if (event.key === 'Escape' && event.target === document.body) close.current();
    }
    document.addEventListener('keydown', onPageKeyDown);
    return () => document.removeEventListener('keydown', onPageKeyDown);
  }, []);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    onClose();
  }

  return (
    <section
      ref={panel}
      role="dialog"
      aria-modal="false"
      aria-labelledby={titleId}
      tabIndex={-1}
      className={classNames(styles.panel, width === 'wide' && styles.wide)}
      onKeyDown={onKeyDown}
    >
      <header className={styles.header}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        <IconButton label={t('common.close')} icon={X} onPress={onClose} />
      </header>
      <div className={styles.content}>
        {description ? <p className={styles.description}>{description}</p> : null}
        {children}
      </div>
      {footer ? <footer className={styles.footer}>{footer}</footer> : null}
    </section>
  );
}
