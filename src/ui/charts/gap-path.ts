/** The area between the curves where validation is worse than training. */

/** One epoch in pixels; y grows downwards. */
export interface GapPoint {
  readonly x: number;
  readonly training: number;
  readonly validation: number;
}

/**
 * SVG path of the closed areas between the two polylines wherever validation lies on its worse
 * side: above for a loss (`worse` -1, smaller y), below for an accuracy (+1). Areas begin and end
 * exactly where the lines cross. Empty string when there is none.
 */
export function gapPath(points: readonly GapPoint[], worse: -1 | 1): string {
  const areas: GapPoint[][] = [];
  let area: GapPoint[] = [];
  const gapOf = (point: GapPoint): number => worse * (point.validation - point.training);

  points.forEach((point, i) => {
    const before = points[i - 1];
    if (before && gapOf(before) * gapOf(point) < 0) {
      const crossing = crossingOf(before, point, gapOf(before), gapOf(point));
      area.push(crossing);
      if (gapOf(point) < 0) {
        areas.push(area);
        area = [];
      }
    }
    if (gapOf(point) >= 0) area.push(point);
    else if (area.length > 0) {
      areas.push(area);
      area = [];
    }
  });
  areas.push(area);
  return areas
    .filter((each) => each.length > 1 && each.some((point) => gapOf(point) > 0))
    .map(closedPath)
    .join('');
}

function crossingOf(a: GapPoint, b: GapPoint, gapA: number, gapB: number): GapPoint {
  const share = gapA / (gapA - gapB);
  const y = a.training + share * (b.training - a.training);
  return { x: a.x + share * (b.x - a.x), training: y, validation: y };
}

function closedPath(area: readonly GapPoint[]): string {
  const along = area.map((point) => `${round(point.x)} ${round(point.validation)}`);
  const back = area.map((point) => `${round(point.x)} ${round(point.training)}`).reverse();
  return `M${[...along, ...back].join('L')}Z`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
