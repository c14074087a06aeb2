/**
 * How a recharts line is put on the screen: one path through its points. recharts' own shape measures
 * the path at every drawing for an animation that is switched off, which takes as long as all the rest
 * of a line; it can only measure what it holds a ref to, and this path does not take the ref.
 */
import type { LineDrawShapeProps } from 'recharts';

interface PlacedPoint {
  /** Pixels; null where there is no value. */
  readonly x: number | null;
  readonly y: number | null;
}

export function LinePath({
  points = [],
  className,
  clipPath,
  stroke,
  strokeWidth,
  strokeDasharray,
}: LineDrawShapeProps) {
  return (
    <path
      d={pathThrough(points)}
      fill="none"
      className={className}
      clipPath={clipPath}
      stroke={stroke}
      strokeWidth={strokeWidth}
      strokeDasharray={strokeDasharray}
    />
  );
}

/** SVG path data with a tenth of a pixel; a missing value breaks the line. */
export function pathThrough(points: readonly PlacedPoint[]): string {
  let path = '';
  let isOpen = false;
  for (const { x, y } of points) {
    if (x === null || y === null || !Number.isFinite(x) || !Number.isFinite(y)) {
      isOpen = false;
      continue;
    }
    path += `${isOpen ? 'L' : 'M'}${tenths(x)} ${tenths(y)}`;
    isOpen = true;
  }
  return path;
}

/** Half the text of toFixed for whole numbers, and faster. */
function tenths(value: number): string {
  return String(Math.round(value * 10) / 10);
}
