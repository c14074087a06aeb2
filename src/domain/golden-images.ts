/**
 * Pictures that every export carries to prove itself: drawn from a seed with integer arithmetic, so
 * they are the same everywhere and nobody's. Colours, edges, texture: enough to make each class move.
 */
import { createRandom, type Random } from './random.ts';

export const GOLDEN_COUNT = 4;
const SEED = 20_260;

/** RGB bytes [size, size, 3] of golden picture `index`. */
export function goldenPixels(size: number, index: number): Uint8Array {
  const random = createRandom(SEED + index);
  const pixels = new Uint8Array(size * size * 3);
  drawGround(pixels, size, random);
  const shapes = 3 + index * 2;
  for (let shape = 0; shape < shapes; shape++) drawShape(pixels, size, random);
  addNoise(pixels, random, 4 + index * 6);
  return pixels;
}

/** A slope from one colour to another, in a direction of its own for each picture. */
function drawGround(pixels: Uint8Array, size: number, random: Random): void {
  const from = color(random);
  const to = color(random);
  const across = random.int(size);
  const down = size - across;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = Math.floor((256 * (x * across + y * down)) / (size * size));
      for (let c = 0; c < 3; c++) {
        const start = from[c] ?? 0;
        pixels[(y * size + x) * 3 + c] = start + (((to[c] ?? 0) - start) * at) / 256;
      }
    }
  }
}

function drawShape(pixels: Uint8Array, size: number, random: Random): void {
  const isRound = random.int(2) === 0;
  const radius = 2 + random.int(Math.max(1, size >> 2));
  const centreX = random.int(size);
  const centreY = random.int(size);
  const paint = color(random);
  for (let y = Math.max(0, centreY - radius); y < Math.min(size, centreY + radius); y++) {
    for (let x = Math.max(0, centreX - radius); x < Math.min(size, centreX + radius); x++) {
      const distance = (x - centreX) ** 2 + (y - centreY) ** 2;
      if (isRound && distance > radius * radius) continue;
      pixels.set(paint, (y * size + x) * 3);
    }
  }
}

function addNoise(pixels: Uint8Array, random: Random, strength: number): void {
  for (let i = 0; i < pixels.length; i++) {
    const value = (pixels[i] ?? 0) + random.int(2 * strength + 1) - strength;
    pixels[i] = Math.min(255, Math.max(0, value));
  }
}

function color(random: Random): readonly [number, number, number] {
  return [random.int(256), random.int(256), random.int(256)];
}
