/**
 * A knob: slider and number field for one quantity. Moving either reports through `onCommit`, which
 * judges the value; a refused one is explained in place and the old value stays. A changed value is
 * marked and can be reset (button, or a double click on the slider).
 */
import { Info, RotateCcw } from 'lucide-react';
import { useId, useMemo, useState, type CSSProperties, type ReactNode } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import { NumberField } from './number-field.tsx';
import styles from './number-slider.module.css';
import { toTypedNumber } from './number-text.ts';
import { createSliderTrack, type SliderScale } from './slider-scale.ts';

export type CommitVerdict = 'ok' | 'out-of-range' | 'not-a-number';

export interface NumberSliderProps {
  readonly label: string;
  readonly value: number;
  readonly defaultValue: number;
  /** Range, step and scale; a hyperparameter's spec fits as it is. */
  readonly scale: SliderScale;
  /** Judges and takes the value. Called with NaN when something else than a number was typed. */
  readonly onCommit: (value: number) => CommitVerdict;
  /** After the number, e.g. "epochs". */
  readonly unit?: string | undefined;
  /** Shows and reads a share in [0, 1] as per cent. */
  readonly percent?: boolean;
  /** One line under the label. */
  readonly explanation?: ReactNode;
  /** Opens under the explanation. */
  readonly more?: ReactNode;
  /** Instead of the number for screen readers and under the thumb, e.g. "linear" for 0 hidden units. */
  readonly valueText?: string | undefined;
  readonly isDisabled?: boolean;
}

export function NumberSlider(props: NumberSliderProps) {
  const { label, value, defaultValue, scale, onCommit, unit, percent = false } = props;
  const { explanation, more, valueText, isDisabled = false } = props;
  const t = useTranslate();
  const id = useId();
  const [moreOpen, setMoreOpen] = useState(false);
  const track = useMemo(() => createSliderTrack(scale), [scale]);
  const changed = value !== defaultValue;
  const show = (each: number): string =>
    percent ? `${toTypedNumber(each * 100)}%` : toTypedNumber(each);
  const fractions = {
    '--fraction': track.toFraction(value),
    '--default': track.toFraction(defaultValue),
  } as CSSProperties;

  return (
    <div
      role="group"
      aria-labelledby={`${id}-label`}
      className={classNames(styles.knob, isDisabled && styles.disabled)}
    >
      <div className={styles.head}>
        <label
          id={`${id}-label`}
          htmlFor={`${id}-range`}
          className={classNames(styles.label, changed && styles.changed)}
        >
          {label}
        </label>
        {more ? (
          <button
            type="button"
            className={styles.more}
            aria-expanded={moreOpen}
            aria-controls={`${id}-more`}
            aria-label={t('common.moreAbout', { name: label })}
            onClick={() => setMoreOpen(!moreOpen)}
          >
            <Info aria-hidden="true" />
          </button>
        ) : null}
        <span className={styles.spring} />
        {changed && !isDisabled ? (
          <IconButton
            label={t('common.resetTo', { name: label, value: show(defaultValue) })}
            icon={RotateCcw}
            size="small"
            onPress={() => onCommit(defaultValue)}
          />
        ) : null}
        <NumberField
          label={t('common.number.field', { name: label })}
          value={value}
          scale={scale}
          percent={percent}
          unit={unit}
          onCommit={onCommit}
          isDisabled={isDisabled}
          errorId={`${id}-error`}
        />
      </div>
      <div className={styles.slide} style={fractions}>
        <input
          id={`${id}-range`}
          type="range"
          className={styles.range}
          min={0}
          max={track.last}
          step={1}
          value={track.toPosition(value)}
          disabled={isDisabled}
          aria-valuetext={valueText ?? (unit ? `${show(value)} ${unit}` : show(value))}
          aria-describedby={explanation ? `${id}-explanation` : undefined}
          onChange={(event) => onCommit(track.toValue(Number(event.currentTarget.value)))}
          onDoubleClick={() => onCommit(defaultValue)}
        />
        <div className={styles.ends} aria-hidden="true">
          <span>{show(scale.min)}</span>
          {valueText ? <span className={styles.valueText}>{valueText}</span> : null}
          <span>{show(scale.max)}</span>
        </div>
      </div>
      {explanation ? (
        <p id={`${id}-explanation`} className={styles.explanation}>
          {explanation}
        </p>
      ) : null}
      {more && moreOpen ? (
        <div id={`${id}-more`} className={styles.details}>
          {more}
        </div>
      ) : null}
    </div>
  );
}
