/** Which recorded epoch a key or a dragged mark asks for. */
import { nearestPointIndex, type CurvePoint } from './curve-series.ts';

const PAGE_EPOCHS = 10;

/**
 * `points` rise in epoch; `now`: the epoch held at the moment. Returns a recorded epoch, null for
 * keys that are not ours and for an empty curve.
 */
export function epochForKey(
  key: string,
  now: number,
  points: readonly CurvePoint[],
): number | null {
  if (points.length === 0) return null;
  const last = points.length - 1;
  const target = indexForKey(key, nearestPointIndex(points, now), last);
  if (target === null) return null;
  return points[Math.min(last, Math.max(0, target))]?.epoch ?? null;
}

function indexForKey(key: string, index: number, last: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return index - 1;
    case 'ArrowRight':
    case 'ArrowUp':
      return index + 1;
    case 'PageDown':
      return index - PAGE_EPOCHS;
    case 'PageUp':
      return index + PAGE_EPOCHS;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/**
 * Where a mark taken hold of at `grabbedX` and moved to `pointerX` comes to lie. All in pixels from
 * the left of the drawing, `markX` is where the mark stood when it was taken: a mark gripped beside
 * its line must not jump under the pointer. `epochAt` is the inverse of the epoch axis. Returns the
 * nearest recorded epoch, the first or last beyond the ends; null for an empty curve.
 */
export function draggedEpoch(
  points: readonly CurvePoint[],
  epochAt: (x: number) => number,
  { markX, grabbedX, pointerX }: Record<'markX' | 'grabbedX' | 'pointerX', number>,
): number | null {
  const index = nearestPointIndex(points, epochAt(markX + pointerX - grabbedX));
  return points[index]?.epoch ?? null;
}
