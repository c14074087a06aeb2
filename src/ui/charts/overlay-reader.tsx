/** Reads all curves of a chart of runs at one epoch, by hover, touch and arrow keys. */
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import chartStyles from './curve-chart.module.css';
import { nearestPointIndex, type CurvePoint } from './curve-series.ts';
import { epochForKey } from './epoch-steps.ts';

export interface OverlayReaderProps {
  readonly label: string;
  /** At least one; rising in epoch. */
  readonly points: readonly CurvePoint[];
  readonly cursorEpoch: number | null;
  readonly onCursorEpoch: (epoch: number | null) => void;
  /** From pixels from the left of the drawing to an epoch, not rounded. */
  readonly epochAt: (x: number) => number;
  /** What the curves say there. */
  readonly readAt: (epoch: number) => string;
}

export function OverlayReader(props: OverlayReaderProps) {
  const { label, points, cursorEpoch, onCursorEpoch, epochAt, readAt } = props;
  const t = useTranslate();
  const last = points.at(-1)?.epoch ?? 1;
  const now = cursorEpoch ?? last;

  function onPointer(event: PointerEvent<HTMLDivElement>): void {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const epoch = points[nearestPointIndex(points, epochAt(x))]?.epoch ?? null;
    if (epoch !== cursorEpoch) onCursorEpoch(epoch);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && cursorEpoch !== null) {
      event.stopPropagation();
      onCursorEpoch(null);
    }
    const target = epochForKey(event.key, now, points);
    if (target === null) return;
    event.preventDefault();
    onCursorEpoch(target);
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      className={chartStyles.reader}
      aria-label={label}
      aria-description={t('charts.keyboardHint')}
      aria-valuemin={points[0]?.epoch ?? 1}
      aria-valuemax={last}
      aria-valuenow={now}
      aria-valuetext={readAt(now)}
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
