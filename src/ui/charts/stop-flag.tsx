/** Early stopping's flag: a mark, or a slider that moves the epoch where training stops. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { createPortal } from 'react-dom';
import {
  ReferenceLine,
  usePlotArea,
  useXAxisInverseScale,
  useXAxisScale,
  ZIndexLayer,
} from 'recharts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { classNames } from '../primitives/class-names.ts';
import styles from './curve-chart.module.css';
import type { CurvePoint } from './curve-series.ts';
import { draggedEpoch, epochForKey } from './epoch-steps.ts';

const FLAG_HEIGHT = 17;
/** From the top of the flag to the top of the plot. */
const FLAG_RISE = 26;
/** A finger needs more than the flag itself. */
const HANDLE_PADDING = 5;

export interface StopFlagProps {
  readonly epoch: number;
  /** Epochs it can be dragged to. */
  readonly points: readonly CurvePoint[];
  readonly chartTitle: string;
  /** Whole drawing in pixels. */
  readonly width: number;
  readonly zIndex: number;
  readonly onDrag: ((epoch: number) => void) | undefined;
  /** Where the handle is put: the drawing itself is hidden from assistive technology. */
  readonly handleHost: HTMLElement | null;
}

export function StopFlag(props: StopFlagProps) {
  const { epoch, width, zIndex, onDrag, handleHost } = props;
  const t = useTranslate();
  const x = useXAxisScale()?.(epoch);
  const top = usePlotArea()?.y;
  if (x === undefined || top === undefined) return null;
  const text = t('charts.stopped', { epoch });
  // About 6 px a letter at this size; the flag turns to the left where it would leave the drawing.
  const length = text.length * 6 + 12;
  const left = x + length > width ? x - length : x;
  const flagTop = top - FLAG_RISE;
  return (
    <>
      <ReferenceLine
        x={epoch}
        ifOverflow="visible"
        className={classNames(styles.stop)}
        zIndex={zIndex}
      />
      <ZIndexLayer zIndex={zIndex}>
        <g className={classNames(styles.stop)}>
          <line x1={x} x2={x} y1={flagTop + FLAG_HEIGHT - 1} y2={top} />
          <rect x={left} y={flagTop} width={length} height={FLAG_HEIGHT} rx={3} />
          <text x={left + length / 2} y={flagTop + 12} textAnchor="middle">
            {text}
          </text>
        </g>
      </ZIndexLayer>
      {onDrag && handleHost
        ? createPortal(
            <StopHandle
              {...props}
              onDrag={onDrag}
              markX={x}
              box={{
                left: left - HANDLE_PADDING,
                top: Math.max(0, flagTop - HANDLE_PADDING),
                width: length + 2 * HANDLE_PADDING,
                height: FLAG_HEIGHT + 2 * HANDLE_PADDING,
              }}
            />,
            handleHost,
          )
        : null}
    </>
  );
}

interface StopHandleProps extends StopFlagProps {
  readonly onDrag: (epoch: number) => void;
  /** Of the flag's line, in pixels from the left of the drawing. */
  readonly markX: number;
  readonly box: Readonly<Record<'left' | 'top' | 'width' | 'height', number>>;
}

function StopHandle({ epoch, points, chartTitle, onDrag, markX, box }: StopHandleProps) {
  const t = useTranslate();
  const inverse = useXAxisInverseScale();
  const grip = useRef<{ readonly markX: number; readonly grabbedX: number } | null>(null);

  function moveTo(target: number | null): void {
    if (target !== null && target !== epoch) onDrag(target);
  }

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    // Only differences of it matter, so it need not be counted from the drawing's left.
    grip.current = { markX, grabbedX: event.clientX };
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    if (!grip.current || !inverse) return;
    const epochAt = (x: number): number => Number(inverse(x));
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
