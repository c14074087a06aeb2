/** The light of one picture: where it comes from, how hard it is and what colour it has. */
import type { Random } from '../../../domain/random.ts';
import { between, blend } from './chance.ts';
import type { Rgb } from './color.ts';

export interface Light {
  /** Unit vector towards the light; x to the right, y down, z towards the eye. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Share of light that comes from everywhere, 0 to 1. High: overcast, soft. */
  readonly ambient: number;
  /** Gain per channel of the whole picture (colour temperature and exposure). */
  readonly gain: Rgb;
  /** How much darker the side away from the light is across the picture, 0 to 1. */
  readonly falloff: number;
}

export function createLight(random: Random, difficulty: number): Light {
  const azimuth = between(random, 0, 2 * Math.PI);
  const elevation = between(random, 0.6, 1.1);
  const flat = Math.cos(elevation);
  const warmth = random.normal() * blend(0.035, 0.08, difficulty);
  const tint = random.normal() * 0.012;
  const exposure = Math.exp(random.normal() * blend(0.07, 0.17, difficulty));
  return {
    x: Math.cos(azimuth) * flat,
    y: Math.sin(azimuth) * flat,
    z: Math.sin(elevation),
    ambient: between(random, blend(0.5, 0.28, difficulty), blend(0.66, 0.6, difficulty)),
    gain: [exposure * (1 + warmth), exposure * (1 + tint), exposure * (1 - warmth)],
    falloff: between(random, 0.05, 0.3),
  };
}
