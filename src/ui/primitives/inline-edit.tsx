/**
 * A name that can be edited in place: text until it is hovered or focused. Enter or leaving the
 * field keeps the new name, Escape brings the old one back.
 */
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { classNames } from './class-names.ts';
import styles from './inline-edit.module.css';

export interface InlineEditProps {
  /** Accessible name of the field, e.g. "Name of the class". */
  readonly label: string;
  readonly value: string;
  /** Returns null when the name was taken over, else why it was refused. */
  readonly onCommit: (value: string) => string | null;
  readonly size?: 'body' | 'title';
  readonly maxLength?: number;
}

export function InlineEdit({
  label,
  value,
  onCommit,
  size = 'body',
  maxLength = 80,
}: InlineEditProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const errorId = useId();
  const cancelled = useRef(false);
  const text = draft ?? value;

  function commit(): void {
    const wanted = draft;
    setDraft(null);
    if (cancelled.current || wanted === null || wanted.trim() === value) {
      cancelled.current = false;
      setError(null);
      return;
    }
    setError(onCommit(wanted.trim()));
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key === 'Escape' && draft !== null) {
      // Kept from the panel around it, which would close.
      event.stopPropagation();
      cancelled.current = true;
      event.currentTarget.blur();
    }
  }

  return (
    <span className={classNames(styles.wrap, size === 'title' && styles.title)}>
      <span className={styles.sizer} data-text={text === '' ? ' ' : text}>
        <input
          className={styles.input}
          aria-label={label}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : errorId}
          value={text}
          maxLength={maxLength}
          spellCheck={false}
          autoComplete="off"
          size={1}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => {
            setDraft(event.currentTarget.value);
            setError(null);
          }}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
      </span>
      {error === null ? null : (
        <span id={errorId} role="alert" className={styles.error}>
          {error}
        </span>
      )}
    </span>
  );
}
