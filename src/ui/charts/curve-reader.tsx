/**
 * Reads the curves by hover, touch and arrow keys. To assistive technology it is a slider over the
 * epochs: its value text says what the curves are there, which screen readers announce at their own
 * pace.
 */
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import styles from './curve-chart.module.css';
import { nearestPointIndex, type CurvePoint } from './curve-series.ts';
import { epochForKey } from './epoch-steps.ts';

export interface CurveReaderProps {
  readonly title: string;
  /** At least one. */
  readonly points: readonly CurvePoint[];
  /** Where the cursor is, or the newest point. */
  readonly read: CurvePoint;
  readonly best: CurvePoint | null;
  readonly stoppedEpoch: number | null;
  readonly cursorEpoch: number | null;
  readonly onCursorEpoch: (epoch: number | null) => void;
  /** From pixels from the left of the drawing to an epoch, not rounded. */
  readonly epochAt: (x: number) => number;
  readonly formatValue: (value: number) => string;
}

export function CurveReader(props: CurveReaderProps) {
  const { title, points, read, best, stoppedEpoch, cursorEpoch, onCursorEpoch, epochAt } = props;
  const t = useTranslate();
  const last = points.at(-1);
  // 'none' is a case of the messages, not a word anybody reads.
  const text = (value: number | null): string =>
    value === null ? 'none' : props.formatValue(value);

  function moveTo(epoch: number | undefined): void {
    if (epoch !== undefined && epoch !== cursorEpoch) onCursorEpoch(epoch);
  }

  function onPointer(event: PointerEvent<HTMLDivElement>): void {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    moveTo(points[nearestPointIndex(points, epochAt(x))]?.epoch);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && cursorEpoch !== null) {
      event.stopPropagation();
      onCursorEpoch(null);
    }
    const target = epochForKey(event.key, read.epoch, points);
    if (target === null) return;
    event.preventDefault();
    moveTo(target);
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      className={styles.reader}
      aria-label={[
        t('charts.summary', {
          title,
          epochs: points.length,
          training: text(last?.training ?? null),
          validation: text(last?.validation ?? null),
        }),
        best ? t('charts.summaryBest', { epoch: best.epoch }) : '',
        stoppedEpoch === null ? '' : t('charts.stoppedAt', { epoch: stoppedEpoch }),
      ]
        .filter((part) => part !== '')
        .join(' ')}
      aria-description={t('charts.keyboardHint')}
      aria-valuemin={points[0]?.epoch ?? read.epoch}
      aria-valuemax={last?.epoch ?? read.epoch}
      aria-valuenow={read.epoch}
      aria-valuetext={t('charts.cursorValues', {
        epoch: read.epoch,
        training: read.training === null ? t('charts.none') : text(read.training),
        validation: text(read.validation),
      })}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={(event) => {
        // A finger that lifts leaves its reading; a mouse that goes away takes it along.
        if (event.pointerType === 'mouse') onCursorEpoch(null);
      }}
      onKeyDown={onKeyDown}
    />
  );
}
