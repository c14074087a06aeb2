/** A measured share (storage used, a probability) as a bar with its value. */
import { useId, type CSSProperties } from 'react';
import { classNames } from './class-names.ts';
import styles from './meter.module.css';

export interface MeterProps {
  readonly label: string;
  /** In [0, 1]; beyond is cut. */
  readonly value: number;
  /** The value as text, e.g. "12 MB of 2 GB". */
  readonly valueText: string;
  readonly tone?: 'neutral' | 'warning' | 'danger';
}

export function Meter({ label, value, valueText, tone = 'neutral' }: MeterProps) {
  const id = useId();
  const share = Math.min(1, Math.max(0, value));
  return (
    <div className={styles.meter}>
      <div className={styles.head}>
        <span id={id} className={styles.label}>
          {label}
        </span>
        <span className={classNames(styles.value, 'tabular')}>{valueText}</span>
      </div>
      <div
        role="meter"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={valueText}
        className={styles.track}
      >
        <div
          className={classNames(styles.fill, tone !== 'neutral' && styles[tone])}
          style={{ '--share': share } as CSSProperties}
        />
      </div>
    </div>
  );
}
