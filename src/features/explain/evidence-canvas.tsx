/** A map of evidence over the square that the backbone sees. Fills its parent, which is positioned. */
import { useEffect, useRef } from 'react';
import {
  OUTLINED_SHARE,
  paintEvidence,
  smoothMap,
  type CoarseMap,
  type EvidenceColours,
  type Rgb,
} from '../../domain/evidence-image.ts';
import styles from './explain.module.css';

/** Fine enough for smooth edges; the browser smooths the rest. */
const CANVAS_SIDE_PX = 160;

export interface EvidenceCanvasProps {
  readonly map: CoarseMap;
  /** Value that gets full strength. */
  readonly scale: number;
  readonly strength: number;
  /** 1 for each cell to surround, in a grid of its own; null: the strongest half of the map. */
  readonly marked: CoarseMap | null;
  readonly isMirrored: boolean;
  readonly label: string;
}

export function EvidenceCanvas(props: EvidenceCanvasProps) {
  const { map, scale, strength, marked, isMirrored, label } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d') ?? null;
    if (canvas.current === null || context === null) return;
    const size = CANVAS_SIDE_PX;
    const smooth = smoothMap(map, size);
    const highest = map.values.reduce((most, value) => Math.max(most, value), 0);
    const outlineAt = marked === null && highest > 0 ? OUTLINED_SHARE * highest : null;
    const colours = readColours(canvas.current);
    const image = new ImageData(size, size);
    image.data.set(paintEvidence(smooth, size, { scale, strength, outlineAt, colours }));
    if (marked !== null) drawMarked(image, marked, colours);
    context.putImageData(image, 0, 0);
  }, [map, scale, strength, marked]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className={styles.canvas}
      data-mirrored={isMirrored}
      width={CANVAS_SIDE_PX}
      height={CANVAS_SIDE_PX}
    />
  );
}

/** Whole cells were hidden, so the line follows their edges. */
function drawMarked(image: ImageData, marked: CoarseMap, colours: EvidenceColours): void {
  const size = image.width;
  const cellOf = (at: number, cells: number): number => Math.floor((at * cells) / size);
  const values = Float32Array.from({ length: size * size }, (_, at) => {
    const row = cellOf(Math.floor(at / size), marked.rows);
    return marked.values[row * marked.columns + cellOf(at % size, marked.columns)] ?? 0;
  });
  const line = paintEvidence(values, size, { scale: 1, strength: 0, outlineAt: 0.5, colours });
  for (let at = 0; at < line.length; at += 4) {
    if (line[at + 3] !== 0) image.data.set(line.subarray(at, at + 4), at);
  }
}

function readColours(element: Element): EvidenceColours {
  const style = getComputedStyle(element);
  const colour = (token: string): Rgb => hexToRgb(style.getPropertyValue(token).trim());
  return {
    pro: colour('--evidence-pro'),
    contra: colour('--evidence-contra'),
    lineInside: colour('--evidence-line'),
    lineOutside: colour('--evidence-line-outside'),
  };
}

/** The build may have shortened #ffffff to #fff. */
function hexToRgb(hex: string): Rgb {
  const digits = hex.replace('#', '');
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const value = Number.parseInt(full, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
