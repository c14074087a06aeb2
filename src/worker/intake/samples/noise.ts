/**
 * Two tileable noise pictures, computed once per worker from a fixed seed; every texture (soil, wood,
 * skin, metal, camera noise) reads them at its own place, angle and scale, which is much cheaper than
 * computing noise per picture. `cloud` is value noise summed over octaves (Perlin, "An image
 * synthesizer", SIGGRAPH 1985, with lattice values instead of gradients); `grain` is independent noise.
 */
import { createRandom } from '../../../domain/random.ts';

const SIDE = 256;
const MASK = SIDE - 1;

/** [SIDE * SIDE], about -1 to 1, mean 0. */
let cloudTile: Float32Array | null = null;
/** [SIDE * SIDE], standard normal. */
let grainTile: Float32Array | null = null;

/** Smooth noise at any place, in tile pixels (period 256). About -1 to 1. */
export function cloudAt(u: number, v: number): number {
  const tile = (cloudTile ??= makeCloud());
  return sample(tile, u, v);
}

/** [256 * 256] standard normal numbers for loops that pick their own offsets. */
export function grain(): Float32Array {
  return (grainTile ??= makeGrain());
}

export const GRAIN_MASK = SIDE * SIDE - 1;

/** Bilinear, wrapping. */
function sample(tile: Float32Array, u: number, v: number): number {
  const left = Math.floor(u);
  const top = Math.floor(v);
  const across = u - left;
  const down = v - top;
  const x0 = left & MASK;
  const x1 = (left + 1) & MASK;
  const row0 = (top & MASK) * SIDE;
  const row1 = ((top + 1) & MASK) * SIDE;
  const upper = tile[row0 + x0]! + (tile[row0 + x1]! - tile[row0 + x0]!) * across;
  const lower = tile[row1 + x0]! + (tile[row1 + x1]! - tile[row1 + x0]!) * across;
  return upper + (lower - upper) * down;
}

function makeGrain(): Float32Array {
  const random = createRandom(20_011);
  return Float32Array.from({ length: SIDE * SIDE }, () => random.normal());
}

function makeCloud(): Float32Array {
  const random = createRandom(30_013);
  const tile = new Float32Array(SIDE * SIDE);
  let weight = 1;
  for (let cells = 4; cells <= 128; cells *= 2) {
    const lattice = Float32Array.from({ length: cells * cells }, () => 2 * random.float() - 1);
    addOctave(tile, lattice, cells, weight);
    weight *= 0.55;
  }
  let sum = 0;
  let peak = 0;
  for (const value of tile) sum += value;
  const mean = sum / tile.length;
  for (const value of tile) peak = Math.max(peak, Math.abs(value - mean));
  for (let at = 0; at < tile.length; at++) tile[at] = (tile[at]! - mean) / peak;
  return tile;
}

function addOctave(tile: Float32Array, lattice: Float32Array, cells: number, weight: number): void {
  const step = SIDE / cells;
  const fade = (t: number): number => t * t * (3 - 2 * t);
  for (let y = 0; y < SIDE; y++) {
    const row = Math.floor(y / step);
    const down = fade(y / step - row);
    const below = (row + 1) % cells;
    for (let x = 0; x < SIDE; x++) {
      const column = Math.floor(x / step);
      const across = fade(x / step - column);
      const right = (column + 1) % cells;
      const a = lattice[row * cells + column]!;
      const b = lattice[row * cells + right]!;
      const c = lattice[below * cells + column]!;
      const d = lattice[below * cells + right]!;
      const upper = a + (b - a) * across;
      const lower = c + (d - c) * across;
      tile[y * SIDE + x]! += weight * (upper + (lower - upper) * down);
    }
  }
}
