/** A small number field that keeps the old value and says why when the typed one is refused. */
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import styles from './number-field.module.css';
import type { CommitVerdict } from './number-slider.tsx';
import { parseTypedNumber, toTypedNumber } from './number-text.ts';
import { createSliderTrack, type SliderScale } from './slider-scale.ts';

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly scale: SliderScale;
  readonly onCommit: (value: number) => CommitVerdict;
  readonly unit?: string | undefined;
  readonly percent?: boolean;
  readonly isDisabled?: boolean;
  readonly errorId?: string;
}

interface Refused {
  readonly verdict: Exclude<CommitVerdict, 'ok'>;
  readonly typed: string;
  /** The value that was kept; once it changes, the message has had its time. */
  readonly kept: number;
}

export function NumberField(props: NumberFieldProps) {
  const { label, value, scale, onCommit, unit, percent = false, isDisabled = false } = props;
  const t = useTranslate();
  const ownId = useId();
  const errorId = props.errorId ?? ownId;
  const [draft, setDraft] = useState<string | null>(null);
  const [lastRefused, setRefused] = useState<Refused | null>(null);
  const refused = lastRefused?.kept === value ? lastRefused : null;
  const factor = percent ? 100 : 1;
  const show = (each: number): string => toTypedNumber(each * factor);
  const suffix = percent ? '%' : unit;

  function commit(): void {
    const typed = draft;
    setDraft(null);
    if (typed === null) return;
    if (typed === show(value)) {
      setRefused(null);
      return;
    }
    // Dividing by 100 leaves 0.07 as 0.07000000000000001 at times.
    const number = Number((parseTypedNumber(typed) / factor).toPrecision(12));
    const verdict = onCommit(scale.integer ? Math.round(number) : number);
    setRefused(verdict === 'ok' ? null : { verdict, typed, kept: value });
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape' && (draft !== null || refused)) {
      event.stopPropagation();
      setDraft(null);
      setRefused(null);
    }
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const track = createSliderTrack(scale);
    const position = track.toPosition(value) + (event.key === 'ArrowUp' ? 1 : -1);
    if (position < 0 || position > track.last) return;
    setDraft(null);
    setRefused(null);
    onCommit(track.toValue(position));
  }

  return (
    <span className={styles.wrap}>
      <span className={styles.box} data-invalid={refused ? '' : undefined}>
        <input
          className={styles.input}
          type="text"
          inputMode={scale.integer && scale.min >= 0 ? 'numeric' : 'decimal'}
          autoComplete="off"
          aria-label={label}
          aria-invalid={refused !== null}
          aria-describedby={refused ? errorId : undefined}
          disabled={isDisabled}
          value={draft ?? show(value)}
          size={Math.max(3, (draft ?? show(value)).length)}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
        {suffix ? <span className={styles.unit}>{suffix}</span> : null}
      </span>
      {refused ? (
        <span id={errorId} role="alert" className={styles.error}>
          {t(
            refused.verdict === 'not-a-number'
              ? 'common.number.notANumber'
              : 'common.number.outOfRange',
            {
              typed: refused.typed.trim(),
              min: show(scale.min),
              max: show(scale.max),
              unit: suffix ?? '',
            },
          )}{' '}
          {t('common.number.kept', { value: show(value) })}
        </span>
      ) : null}
    </span>
  );
}
