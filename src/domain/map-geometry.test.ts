import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitView,
  isInside,
  LARGEST_ZOOM,
  nearestPoint,
  nextInDirection,
  toMap,
  toPixels,
  zoomAt,
} from './map-geometry.ts';

const coordinate = fc.double({ min: 0, max: 1, noNaN: true });
const place = fc.record({ x: coordinate, y: coordinate });

describe('views', () => {
  it('shows the whole map with a margin', () => {
    const view = fitView(800, 500);
    expect(toPixels(view, { x: 0.5, y: 0.5 })).toEqual({ x: 400, y: 250 });
    expect(toPixels(view, { x: 0, y: 0 }).y).toBeGreaterThan(0);
    expect(toPixels(view, { x: 1, y: 1 }).y).toBeLessThan(500);
  });

  it('keeps what is under the pointer there, and comes back from pixels', () => {
    const fitted = fitView(600, 400);
    fc.assert(
      fc.property(place, fc.double({ min: 0.3, max: 3, noNaN: true }), (point, factor) => {
        const at = toPixels(fitted, point);
        const zoomed = zoomAt(fitted, at, factor, fitted);
        expect(toPixels(zoomed, point).x).toBeCloseTo(at.x, 6);
        expect(toPixels(zoomed, point).y).toBeCloseTo(at.y, 6);
        expect(toMap(zoomed, toPixels(zoomed, point)).x).toBeCloseTo(point.x, 9);
        expect(zoomed.scale).toBeLessThanOrEqual(fitted.scale * LARGEST_ZOOM);
      }),
    );
  });
});

describe('isInside', () => {
  const square = [
    { x: 0.2, y: 0.2 },
    { x: 0.8, y: 0.2 },
    { x: 0.8, y: 0.8 },
    { x: 0.2, y: 0.8 },
  ];
  it('agrees with the bounds of a rectangle, whichever way round it is drawn', () => {
    fc.assert(
      fc.property(place, ({ x, y }) => {
        const wanted = x > 0.2 && x < 0.8 && y > 0.2 && y < 0.8;
        fc.pre(![x, y].some((value) => value === 0.2 || value === 0.8));
        expect(isInside(square, { x, y })).toBe(wanted);
        expect(isInside([...square].reverse(), { x, y })).toBe(wanted);
      }),
    );
  });

  it('leaves out the bay of a lasso that turns inwards, and everything for a line', () => {
    const bay = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 1, y: 1 },
      { x: 0.5, y: 0.2 },
      { x: 0, y: 1 },
    ];
    expect(isInside(bay, { x: 0.5, y: 0.6 })).toBe(false);
    expect(isInside(bay, { x: 0.1, y: 0.5 })).toBe(true);
    expect(isInside(bay.slice(0, 2), { x: 0.5, y: 0 })).toBe(false);
  });
});

describe('going from point to point', () => {
  const points = [
    { x: 0.5, y: 0.5 },
    { x: 0.7, y: 0.52 },
    { x: 0.6, y: 0.9 },
    { x: 0.9, y: 0.5 },
  ];
  it('takes the next one in the direction of the key', () => {
    expect(nextInDirection(points, 0, 'right')).toBe(1);
    expect(nextInDirection(points, 1, 'right')).toBe(3);
    expect(nextInDirection(points, 0, 'down')).toBe(2);
    expect(nextInDirection(points, 3, 'left')).toBe(1);
    expect(nextInDirection(points, 0, 'up')).toBe(-1);
    expect(nextInDirection(points, -1, 'up')).toBe(0);
    expect(nextInDirection([], 0, 'up')).toBe(-1);
  });

  it('finds the nearest point within reach', () => {
    expect(nearestPoint(points, { x: 0.69, y: 0.5 }, 0.1)).toBe(1);
    expect(nearestPoint(points, { x: 0.1, y: 0.1 }, 0.1)).toBe(-1);
  });
});
