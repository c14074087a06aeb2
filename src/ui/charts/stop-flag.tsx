/** Early stopping's flag as a slider that moves the epoch where training stops. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import styles from './curve-chart.module.css';
import type { CurvePoint } from './curve-series.ts';
import { draggedEpoch, epochForKey } from './epoch-steps.ts';
import { epochOf, xOf, type PlotFrame } from './plot-frame.ts';

const FLAG_HEIGHT = 17;
/** From the top of the flag to the top of the plot. */
const FLAG_RISE = 26;
/** A finger needs more than the flag itself. */
const HANDLE_PADDING = 5;

export type Box = Readonly<Record<'left' | 'top' | 'width' | 'height', number>>;

/** Where the flag lies, in pixels of the drawing. `width`: of the whole drawing. */
export function flagBox(frame: PlotFrame, width: number, epoch: number, text: string): Box {
  const x = xOf(frame, epoch);
  // About 6 px a letter at this size; the flag turns to the left where it would leave the drawing.
  const length = text.length * 6 + 12;
  const left = x + length > width ? x - length : x;
  return { left, top: frame.top - FLAG_RISE, width: length, height: FLAG_HEIGHT };
}

export interface StopHandleProps {
  readonly frame: PlotFrame;
  /** Whole drawing in pixels. */
  readonly width: number;
  readonly epoch: number;
  /** Epochs it can be dragged to. */
  readonly points: readonly CurvePoint[];
  readonly chartTitle: string;
  readonly onDrag: (epoch: number) => void;
}

export function StopHandle({ frame, width, epoch, points, chartTitle, onDrag }: StopHandleProps) {
  const t = useTranslate();
  const grip = useRef<{ readonly markX: number; readonly grabbedX: number } | null>(null);
  const flag = flagBox(frame, width, epoch, t('charts.stopped', { epoch }));
  const box: Box = {
    left: flag.left - HANDLE_PADDING,
    top: Math.max(0, flag.top - HANDLE_PADDING),
    width: flag.width + 2 * HANDLE_PADDING,
    height: flag.height + 2 * HANDLE_PADDING,
  };

  function moveTo(target: number | null): void {
    if (target !== null && target !== epoch) onDrag(target);
  }

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    // Only differences of it matter, so it need not be counted from the drawing's left.
    grip.current = { markX: xOf(frame, epoch), grabbedX: event.clientX };
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    if (!grip.current) return;
    const epochAt = (x: number): number => epochOf(frame, x);
    moveTo(draggedEpoch(points, epochAt, { ...grip.current, pointerX: event.clientX }));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const target = epochForKey(event.key, epoch, points);
    if (target === null) return;
    event.preventDefault();
    moveTo(target);
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      className={styles.stopHandle}
      style={box}
      aria-label={t('charts.stopHandle', { title: chartTitle })}
      aria-valuemin={points[0]?.epoch ?? epoch}
      aria-valuemax={points.at(-1)?.epoch ?? epoch}
      aria-valuenow={epoch}
      aria-valuetext={t('charts.stoppedAt', { epoch })}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onLostPointerCapture={() => (grip.current = null)}
      onKeyDown={onKeyDown}
    />
  );
}
