/** Which photos of a grid a rubber band touches, worked out from the grid's shape: most are not rendered. */

export interface BandBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A grid of equal cells, filled row by row. Lengths in CSS pixels, in the coordinates of the band. */
export interface GridShape {
  /** Of the first cell, also when it is scrolled out of sight. */
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** From one cell to the next. */
  readonly stepX: number;
  readonly stepY: number;
  readonly count: number;
}

/** Indices of the cells that the band touches, rising. */
export function bandHits(shape: GridShape, band: BandBox): readonly number[] {
  const columns = span(band.left, band.right, shape.left, shape.cellWidth, shape.stepX);
  const rows = span(band.top, band.bottom, shape.top, shape.cellHeight, shape.stepY);
  const lastRow = Math.ceil(shape.count / shape.columns) - 1;
  const hits: number[] = [];
  for (let row = Math.max(0, rows.first); row <= Math.min(rows.last, lastRow); row++) {
    const last = Math.min(columns.last, shape.columns - 1);
    for (let column = Math.max(0, columns.first); column <= last; column++) {
      const index = row * shape.columns + column;
      if (index < shape.count) hits.push(index);
    }
  }
  return hits;
}

/** Cells along one axis that the stretch from `from` to `to` touches; first beyond last for none. */
function span(from: number, to: number, start: number, size: number, step: number) {
  return {
    first: Math.floor((from - start - size) / step) + 1,
    last: Math.floor((to - start) / step),
  };
}

export interface SeenCell {
  readonly index: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The shape of the whole grid from the cells that are rendered; null without any. */
export function gridShape(cells: readonly SeenCell[], count: number): GridShape | null {
  const [first] = cells;
  if (first === undefined) return null;
  const lefts = distinct(cells.map(({ left }) => left));
  const tops = distinct(cells.map(({ top }) => top));
  const columns = lefts.length;
  const stepX =
    (lefts[1] ?? 0) > 0 && columns > 1 ? (lefts[1] ?? 0) - (lefts[0] ?? 0) : first.width;
  const stepY = tops.length > 1 ? (tops[1] ?? 0) - (tops[0] ?? 0) : first.height;
  return {
    left: lefts[0] ?? 0,
    top: first.top - Math.floor(first.index / columns) * stepY,
    columns,
    cellWidth: first.width,
    cellHeight: first.height,
    stepX,
    stepY,
    count,
  };
}

/** Rising; layout leaves fractions of a pixel. */
function distinct(values: readonly number[]): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.filter((value, i) => i === 0 || value - (sorted[i - 1] ?? 0) > 1);
}
