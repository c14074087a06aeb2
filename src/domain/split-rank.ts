/**
 * Ranks: each group of photos has a fixed place on a line from 0 to 1. The left end of the line is
 * the validation side, the right end the test side, training lies between. Changing a share moves a
 * border and with it only the groups the border passes; moving it back restores the former split
 * exactly. Ranks of one class are spread evenly by weight, so that every share is met closely.
 */
import type { Side } from './photo.ts';
import type { SplitSettings } from './project.ts';

type Shares = Pick<SplitSettings, 'validationShare' | 'testShare'>;

/** Resolution of the spreading: shares in whole per cent fall exactly between two cells. */
export const RANK_CELLS = 100;
const EPSILON = 1e-9;
/** Validation never takes more than the left half and test never more than the right 0.4. */
const ALWAYS_TRAINING = { first: 50, last: 59 } as const;
/** Validation is never less than 0.05. */
const ALWAYS_VALIDATION = { first: 0, last: 4 } as const;
const LAST_CELL = RANK_CELLS - 1;

/** The side that a rank means at these shares. */
export function sideOfRank(rank: number, shares: Shares): Side {
  if (rank < shares.validationShare) return 'validation';
  return rank >= 1 - shares.testShare ? 'test' : 'train';
}

/** A rank on this side for a group that came without one. @param chance in [0, 1) */
export function rankWithin(side: Side, shares: Shares, chance: number): number {
  const { from, to } = sideInterval(side, shares);
  return from + chance * (to - from);
}

function sideInterval(side: Side, { validationShare, testShare }: Shares) {
  if (side === 'validation') return { from: 0, to: validationShare };
  if (side === 'test') return { from: 1 - testShare, to: 1 };
  return { from: validationShare, to: 1 - testShare };
}

/** How many photos of one class lie in each cell of the line. [RANK_CELLS] */
export type RankTable = Float64Array;

export function createRankTable(): RankTable {
  return new Float64Array(RANK_CELLS);
}

export function addToRankTable(table: RankTable, rank: number, photos: number): void {
  const cell = Math.min(LAST_CELL, Math.max(0, Math.floor(rank * RANK_CELLS)));
  table[cell] = (table[cell] ?? 0) + photos;
}

/**
 * A rank for a new group of `photos` photos on `side`. Each class first gets one group that is
 * validation at every share and one that is training at every share. After that: the cell that
 * brings the class closest (least squares over all cell borders) to an even spread.
 *
 * @param chance in [0, 1), fixed for the group; its place within the cell
 */
export function chooseRank(
  table: RankTable,
  photos: number,
  side: Side,
  shares: Shares,
  chance: number,
): number {
  const interval = sideInterval(side, shares);
  const first = Math.ceil(interval.from * RANK_CELLS - EPSILON);
  const last = Math.floor(interval.to * RANK_CELLS + EPSILON) - 1;
  if (last < first) return rankWithin(side, shares, chance);
  const cell = neededCell(table, side, last) ?? evenestCell(table, photos, first, last);
  return (cell + chance) / RANK_CELLS;
}

function neededCell(table: RankTable, side: Side, lastTrainingCell: number): number | null {
  const empty = (from: number, to: number) => table.subarray(from, to + 1).every((n) => n === 0);
  if (side === 'validation') {
    return empty(ALWAYS_VALIDATION.first, ALWAYS_VALIDATION.last) ? ALWAYS_VALIDATION.first : null;
  }
  if (side === 'test') return empty(LAST_CELL, LAST_CELL) ? LAST_CELL : null;
  const { first, last } = ALWAYS_TRAINING;
  if (empty(first, last)) return Math.min(Math.floor((first + last) / 2), lastTrainingCell);
  return null;
}

/**
 * Evenness is judged within the side's own stretch of the line: the borders are right already, and
 * a batch decides all of one side before the other.
 */
function evenestCell(table: RankTable, photos: number, first: number, last: number): number {
  const own = table.subarray(first, last + 1);
  const total = own.reduce((sum, n) => sum + n, photos);
  let below = 0;
  const excess = own.map((n, i) => (below += n) - ((i + 1) / own.length) * total);
  // Putting the group into a cell adds its photos to every border from there on.
  let best = own.length - 1;
  let bestCost = Infinity;
  let cost = 0;
  for (let i = own.length - 1; i >= 0; i--) {
    cost += 2 * (excess[i] ?? 0) + photos;
    if (cost < bestCost) {
      best = i;
      bestCost = cost;
    }
  }
  return first + best;
}
