/** Plane geometry of the photo map: what lies inside a lasso, under the pointer, beside a point. */

export interface PlanePoint {
  readonly x: number;
  readonly y: number;
}

/** Map coordinates to pixels: pixel = coordinate × scale + offset. */
export interface MapView {
  readonly scale: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

export const SMALLEST_ZOOM = 0.8;
export const LARGEST_ZOOM = 40;
const MARGIN_PX = 24;

/** The whole unit square, with a margin, in the middle of `width` × `height` pixels. */
export function fitView(width: number, height: number): MapView {
  const scale = Math.max(1, Math.min(width, height) - 2 * MARGIN_PX);
  return { scale, offsetX: (width - scale) / 2, offsetY: (height - scale) / 2 };
}

/** Zooms by `factor` so that what is at `at` (pixels) stays there; within limits of the fitted view. */
export function zoomAt(view: MapView, at: PlanePoint, factor: number, fitted: MapView): MapView {
  const scale = Math.min(
    fitted.scale * LARGEST_ZOOM,
    Math.max(fitted.scale * SMALLEST_ZOOM, view.scale * factor),
  );
  const real = scale / view.scale;
  return {
    scale,
    offsetX: at.x - (at.x - view.offsetX) * real,
    offsetY: at.y - (at.y - view.offsetY) * real,
  };
}

export function toPixels(view: MapView, point: PlanePoint): PlanePoint {
  return { x: point.x * view.scale + view.offsetX, y: point.y * view.scale + view.offsetY };
}

export function toMap(view: MapView, pixel: PlanePoint): PlanePoint {
  return { x: (pixel.x - view.offsetX) / view.scale, y: (pixel.y - view.offsetY) / view.scale };
}

/** Even-odd rule; the polygon is closed by itself. Fewer than three corners hold nothing. */
export function isInside(polygon: readonly PlanePoint[], { x, y }: PlanePoint): boolean {
  if (polygon.length < 3) return false;
  let inside = false;
  let before = polygon[polygon.length - 1] as PlanePoint;
  for (const corner of polygon) {
    const crosses = corner.y > y !== before.y > y;
    if (crosses) {
      const at = ((before.x - corner.x) * (y - corner.y)) / (before.y - corner.y) + corner.x;
      if (x < at) inside = !inside;
    }
    before = corner;
  }
  return inside;
}

/** Index of the point nearest to `at` and nearer than `reach`; −1 without one. */
export function nearestPoint(points: readonly PlanePoint[], at: PlanePoint, reach: number): number {
  let best = -1;
  let bestSquare = reach * reach;
  points.forEach((point, index) => {
    const square = (point.x - at.x) ** 2 + (point.y - at.y) ** 2;
    if (square > bestSquare || (square === bestSquare && best >= 0)) return;
    best = index;
    bestSquare = square;
  });
  return best;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

const STEPS: Readonly<Record<Direction, PlanePoint>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/**
 * The next point in a direction: of those within 45° of it, the one that is nearest, with what lies
 * aside counting double; −1 when there is none.
 */
export function nextInDirection(
  points: readonly PlanePoint[],
  from: number,
  direction: Direction,
): number {
  const origin = points[from];
  if (origin === undefined) return points.length > 0 ? 0 : -1;
  const step = STEPS[direction];
  let best = -1;
  let lowest = Infinity;
  points.forEach((point, index) => {
    const dx = point.x - origin.x;
    const dy = point.y - origin.y;
    const ahead = dx * step.x + dy * step.y;
    const aside = Math.abs(dx * step.y) + Math.abs(dy * step.x);
    if (index === from || ahead <= 0 || aside > ahead) return;
    const cost = ahead + 2 * aside;
    if (cost < lowest) {
      lowest = cost;
      best = index;
    }
  });
  return best;
}
