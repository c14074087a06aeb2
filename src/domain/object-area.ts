/**
 * A guess at where a photo's object is, without any network: what differs in colour from the photo's
 * edge. Objects are seldom cut by the edge on all sides (the boundary prior of saliency detection: Y.
 * Wei et al., "Geodesic saliency using background priors", ECCV 2012). Where that fails, the middle of
 * the photo is taken instead, and said so.
 */
import { smoothMap, type CoarseMap } from './evidence-image.ts';

export const AREA_CELLS = 16;
/** Width of the edge in cells. */
const EDGE_CELLS = 1;
/** Side of the middle part, as a share of the photo's side. */
const MIDDLE_SIDE = 0.625;
/** An "object" smaller or larger than this share of the photo is not believed. */
const SMALLEST_AREA = 0.05;
const LARGEST_AREA = 0.7;

export interface ObjectArea {
  /** [AREA_CELLS, AREA_CELLS]: 1 for each cell that counts as object. */
  readonly cells: Uint8Array;
  readonly how: 'differs-from-edge' | 'middle';
}

/** pixels: RGB bytes [size, size, 3]. */
export function objectArea(pixels: Uint8Array, size: number): ObjectArea {
  const colours = cellColours(pixels, size);
  const distances = distancesFromEdge(colours);
  const threshold = otsuThreshold(distances);
  const cells = Uint8Array.from(distances, (distance) => (distance > threshold ? 1 : 0));
  const area = cells.reduce((sum, each) => sum + each, 0) / cells.length;
  return area >= SMALLEST_AREA && area <= LARGEST_AREA
    ? { cells, how: 'differs-from-edge' }
    : { cells: middleCells(), how: 'middle' };
}

export interface BackgroundShare {
  /** Share of the positive evidence that lies outside the object's area, 0 to 1. */
  readonly evidence: number;
  /** Share of the photo outside it: what `evidence` would be if evidence were spread evenly. */
  readonly area: number;
}

/** Null when the map holds no positive evidence. */
export function backgroundShare(map: CoarseMap, { cells }: ObjectArea): BackgroundShare | null {
  let outside = 0;
  let sum = 0;
  let outsideCells = 0;
  smoothMap(map, AREA_CELLS).forEach((value, cell) => {
    const positive = Math.max(0, value);
    sum += positive;
    if (cells[cell] === 1) return;
    outside += positive;
    outsideCells += 1;
  });
  return sum <= 0 ? null : { evidence: outside / sum, area: outsideCells / cells.length };
}

/** Mean colour of each cell, [AREA_CELLS², 3]. */
function cellColours(pixels: Uint8Array, size: number): Float64Array {
  const sums = new Float64Array(AREA_CELLS * AREA_CELLS * 3);
  const counts = new Float64Array(AREA_CELLS * AREA_CELLS);
  for (let y = 0; y < size; y++) {
    const row = Math.floor((y * AREA_CELLS) / size);
    for (let x = 0; x < size; x++) {
      const cell = row * AREA_CELLS + Math.floor((x * AREA_CELLS) / size);
      counts[cell] = (counts[cell] ?? 0) + 1;
      for (let c = 0; c < 3; c++) {
        sums[3 * cell + c] = (sums[3 * cell + c] ?? 0) + (pixels[3 * (y * size + x) + c] ?? 0);
      }
    }
  }
  return sums.map((sum, at) => sum / Math.max(1, counts[Math.floor(at / 3)] ?? 1));
}

/** Of each cell: how far its colour is from the nearest one of the edge's cells. */
function distancesFromEdge(colours: Float64Array): Float64Array {
  const edge: number[] = [];
  for (let cell = 0; cell < AREA_CELLS * AREA_CELLS; cell++) {
    if (isEdge(cell)) edge.push(cell);
  }
  return Float64Array.from({ length: AREA_CELLS * AREA_CELLS }, (_, cell) => {
    // The edge itself is what is taken for background.
    if (isEdge(cell)) return 0;
    let nearest = Infinity;
    for (const other of edge) {
      let square = 0;
      for (let c = 0; c < 3; c++) {
        square += ((colours[3 * cell + c] ?? 0) - (colours[3 * other + c] ?? 0)) ** 2;
      }
      nearest = Math.min(nearest, square);
    }
    return Math.sqrt(nearest);
  });
}

function isEdge(cell: number): boolean {
  const x = cell % AREA_CELLS;
  const y = Math.floor(cell / AREA_CELLS);
  const last = AREA_CELLS - 1 - EDGE_CELLS;
  return x < EDGE_CELLS || y < EDGE_CELLS || x > last || y > last;
}

function middleCells(): Uint8Array {
  const from = (AREA_CELLS * (1 - MIDDLE_SIDE)) / 2;
  const isMiddle = (at: number): boolean => at >= from && at < AREA_CELLS - from;
  return Uint8Array.from({ length: AREA_CELLS * AREA_CELLS }, (_, cell) =>
    isMiddle(cell % AREA_CELLS) && isMiddle(Math.floor(cell / AREA_CELLS)) ? 1 : 0,
  );
}

/** The cut that parts the values into two groups best (N. Otsu, IEEE Trans. SMC 9(1), 1979). */
function otsuThreshold(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  const total = sorted.reduce((sum, value) => sum + value, 0);
  let below = 0;
  let best = -1;
  let threshold = 0;
  for (let i = 0; i + 1 < sorted.length; i++) {
    below += sorted[i] ?? 0;
    if (sorted[i] === sorted[i + 1]) continue;
    const count = i + 1;
    const rest = sorted.length - count;
    const between = count * rest * (below / count - (total - below) / rest) ** 2;
    if (between <= best) continue;
    best = between;
    threshold = ((sorted[i] ?? 0) + (sorted[i + 1] ?? 0)) / 2;
  }
  return threshold;
}
