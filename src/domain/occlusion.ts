/**
 * Hiding parts of a photo to see what its answer rests on (M. D. Zeiler, R. Fergus, "Visualizing and
 * understanding convolutional networks", ECCV 2014, section 4.2). A grid of 8 × 8 cells; each patch
 * covers 2 × 2 of them, so that neighbouring patches overlap by half.
 */
import type { CoarseMap, Rgb } from './evidence-image.ts';

export const HIDING_CELLS = 8;
const PATCH_CELLS = 2;
/** Patches along a side. */
const POSITIONS = HIDING_CELLS - PATCH_CELLS + 1;

/** A patch that changes the probability by less than this does not count as mattering. */
export const LEAST_DROP = 0.02;
/** Of the largest drop: cells from here on are marked. */
const MARKED_SHARE = 0.5;
/** Hiding nearly everything would change any answer, and say nothing. */
const MOST_MARKED_CELLS = Math.floor(0.3 * HIDING_CELLS * HIDING_CELLS);

export const PATCH_COUNT = POSITIONS * POSITIONS;

/** Cells [HIDING_CELLS, HIDING_CELLS] that patch number `index` hides: 1 for hidden. */
export function patchCells(index: number): Uint8Array {
  const cells = new Uint8Array(HIDING_CELLS * HIDING_CELLS);
  const left = index % POSITIONS;
  const top = Math.floor(index / POSITIONS);
  for (let y = top; y < top + PATCH_CELLS; y++) {
    cells.fill(1, y * HIDING_CELLS + left, y * HIDING_CELLS + left + PATCH_CELLS);
  }
  return cells;
}

/** Average colour of RGB bytes. */
export function meanColour(pixels: Uint8Array): Rgb {
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < pixels.length; i++) {
    const channel = (i % 3) as 0 | 1 | 2;
    sums[channel] += pixels[i] ?? 0;
  }
  const count = Math.max(1, pixels.length / 3);
  return [Math.round(sums[0] / count), Math.round(sums[1] / count), Math.round(sums[2] / count)];
}

/** Writes `pixels` [size, size, 3] with the hidden cells in one colour into `out`, at `offset`. */
export function hideCells(
  pixels: Uint8Array,
  size: number,
  cells: Uint8Array,
  colour: Rgb,
  out: Uint8Array,
  offset = 0,
): void {
  out.set(pixels, offset);
  const edge = (cell: number): number => Math.round((cell * size) / HIDING_CELLS);
  cells.forEach((isHidden, cell) => {
    if (isHidden === 0) return;
    const column = cell % HIDING_CELLS;
    const row = Math.floor(cell / HIDING_CELLS);
    for (let y = edge(row); y < edge(row + 1); y++) {
      for (let x = edge(column); x < edge(column + 1); x++) {
        out.set(colour, offset + 3 * (y * size + x));
      }
    }
  });
}

/** drops [PATCH_COUNT]: by how much the probability fell under each patch → mean drop of each cell. */
export function dropMap(drops: readonly number[]): CoarseMap {
  const sums = new Float64Array(HIDING_CELLS * HIDING_CELLS);
  const counts = new Float64Array(sums.length);
  drops.forEach((drop, index) => {
    patchCells(index).forEach((isHidden, cell) => {
      if (isHidden === 0) return;
      sums[cell] = (sums[cell] ?? 0) + drop;
      counts[cell] = (counts[cell] ?? 0) + 1;
    });
  });
  const values = Float32Array.from(sums, (sum, cell) => sum / Math.max(1, counts[cell] ?? 0));
  return { values, rows: HIDING_CELLS, columns: HIDING_CELLS };
}

/** The cells that matter most: 1 for each with at least half of the largest drop, at most 30 %. */
export function markedCells({ values }: CoarseMap): Uint8Array {
  const marked = new Uint8Array(values.length);
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  if (largest <= 0) return marked;
  [...values.keys()]
    .filter((cell) => (values[cell] ?? 0) >= MARKED_SHARE * largest)
    .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0))
    .slice(0, MOST_MARKED_CELLS)
    .forEach((cell) => {
      marked[cell] = 1;
    });
  return marked;
}

export interface HiddenAnswer {
  readonly classIndex: number;
  readonly probability: number;
}

export type OcclusionVerdict =
  /** No patch moves the answer's probability by `LEAST_DROP`. */
  | { readonly kind: 'nowhere'; readonly before: HiddenAnswer }
  | {
      readonly kind: 'changes' | 'weakens' | 'stays';
      readonly before: HiddenAnswer;
      /** What is answered with the marked area hidden. */
      readonly after: HiddenAnswer;
      /** Probability of the first answer with the marked area hidden. */
      readonly left: number;
      /** Share of the picture that is marked. */
      readonly area: number;
    };

export interface OcclusionResult {
  /** Mean drop of the answer's probability over the patches on each cell. */
  readonly map: CoarseMap;
  /** [HIDING_CELLS, HIDING_CELLS]: 1 for each cell that was hidden in the end. */
  readonly marked: Uint8Array;
  readonly verdict: OcclusionVerdict;
}

/** From here on the answer counts as weakened although it stays. */
const WEAKENED_BY = 0.1;

/** `before` and `hidden` are probabilities [classCount]; `hidden` with the marked cells hidden. */
export function occlusionVerdict(
  before: Float32Array,
  largestDrop: number,
  hidden: Float32Array,
  marked: Uint8Array,
): OcclusionVerdict {
  const first = answerOf(before);
  if (largestDrop < LEAST_DROP) return { kind: 'nowhere', before: first };
  const after = answerOf(hidden);
  const left = hidden[first.classIndex] ?? 0;
  const area = marked.reduce((sum, each) => sum + each, 0) / marked.length;
  const isSame = after.classIndex === first.classIndex;
  const kind = isSame ? (first.probability - left >= WEAKENED_BY ? 'weakens' : 'stays') : 'changes';
  return { kind, before: first, after, left, area };
}

export function answerOf(probabilities: Float32Array): HiddenAnswer {
  let classIndex = 0;
  probabilities.forEach((probability, k) => {
    if (probability > (probabilities[classIndex] ?? 0)) classIndex = k;
  });
  return { classIndex, probability: probabilities[classIndex] ?? 0 };
}
