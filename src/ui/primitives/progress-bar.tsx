/** Long work: counts, rate, time left and cancel. Values are read aloud by the browser's own pace. */
import { X } from 'lucide-react';
import { useId, type CSSProperties, type ReactNode } from 'react';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import styles from './progress-bar.module.css';

export interface ProgressBarProps {
  /** What is being done: "Adding photos". */
  readonly label: string;
  readonly done: number;
  /** Null while the amount is not known: the bar then only shows that something moves. */
  readonly total: number | null;
  /** Instead of "12 of 40", e.g. bytes. */
  readonly counts?: string | undefined;
  readonly etaMs?: number | null;
  /** e.g. "58 photos a second". */
  readonly rate?: string | undefined;
  readonly isPaused?: boolean;
  readonly onCancel?: (() => void) | undefined;
  readonly cancelLabel?: string;
  /** Other buttons (pause, resume). */
  readonly actions?: ReactNode;
}

export function ProgressBar({
  label,
  done,
  total,
  counts,
  etaMs = null,
  rate,
  isPaused = false,
  onCancel,
  cancelLabel,
  actions,
}: ProgressBarProps) {
  const t = useTranslate();
  const formats = useFormats();
  const id = useId();
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  const countText = counts ?? (total === null ? '' : t('common.progress.count', { done, total }));
  const details = [
    countText,
    rate ?? '',
    etaMs === null || isPaused
      ? ''
      : t('common.progress.timeLeft', { duration: formats.timeLeft(etaMs) }),
  ].filter((text) => text !== '');

  return (
    <div className={styles.progress}>
      <div className={styles.head}>
        <span id={id} className={styles.label}>
          {label}
        </span>
        {actions}
        {onCancel ? (
          <IconButton
            label={cancelLabel ?? t('common.cancel')}
            icon={X}
            size="small"
            onPress={onCancel}
          />
        ) : null}
      </div>
      <div
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={share === null ? undefined : done}
        aria-valuetext={details.join(', ') || undefined}
        className={classNames(
          styles.track,
          share === null && styles.unknown,
          isPaused && styles.paused,
        )}
      >
        <div
          className={styles.fill}
          style={share === null ? undefined : ({ '--share': share } as CSSProperties)}
        />
      </div>
      {details.length > 0 ? (
        <div className={classNames(styles.details, 'tabular')}>
          {details.map((text) => (
            <span key={text}>{text}</span>
          ))}
        </div>
      ) : null}
    </div>
  );
}
