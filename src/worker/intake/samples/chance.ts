/** Small ways of drawing from a seeded generator, and the blending that difficulty needs. */
import type { Random } from '../../../domain/random.ts';

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.float();
}

/** Whole number from `low` to `high`, both included. */
export function wholeBetween(random: Random, low: number, high: number): number {
  return low + random.int(high - low + 1);
}

export function happens(random: Random, probability: number): boolean {
  return random.float() < probability;
}

export function sign(random: Random): 1 | -1 {
  return random.float() < 0.5 ? -1 : 1;
}

export function pick<Item>(random: Random, list: readonly [Item, ...Item[]]): Item {
  return list[random.int(list.length)] ?? list[0];
}

/** `at` 0 gives `from`, 1 gives `to`. */
export function blend(from: number, to: number, at: number): number {
  return from + (to - from) * at;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
