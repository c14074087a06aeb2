/** A curve as an SVG path. */

/** One place on a curve in pixels; a `y` of null leaves a gap in the line. */
export interface LinePoint {
  readonly x: number;
  readonly y: number | null;
}

/** Straight segments between neighbours, to a tenth of a pixel. A lone point becomes a short dash. */
export function polylinePath(points: readonly LinePoint[]): string {
  let path = '';
  points.forEach(({ x, y }, i) => {
    if (y === null) return;
    const follows = (points[i - 1]?.y ?? null) !== null;
    const place = `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
    path += `${follows ? 'L' : 'M'}${place}`;
    const alone = !follows && (points[i + 1]?.y ?? null) === null;
    if (alone) path += 'h1';
  });
  return path;
}
