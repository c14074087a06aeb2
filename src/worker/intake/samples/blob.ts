/** Irregular closed outlines: lesions, pebbles, smears, dents. */
import type { Random } from '../../../domain/random.ts';
import { between } from './chance.ts';

/**
 * Traces a blob as a closed path: a circle whose radius wanders by a few harmonics, stretched and
 * turned. `raggedness` 0 is a circle, 1 is very ragged. Radius in pixels.
 */
export function traceBlob(
  context: OffscreenCanvasRenderingContext2D,
  shape: BlobShape,
  x: number,
  y: number,
  radius: number,
): void {
  const { harmonics, stretch, turn } = shape;
  const cosine = Math.cos(turn);
  const sine = Math.sin(turn);
  const steps = radius < 4 ? 12 : 36;
  context.beginPath();
  for (let step = 0; step < steps; step++) {
    const angle = (step / steps) * 2 * Math.PI;
    let reach = radius;
    for (const [index, wave] of harmonics.entries()) {
      reach += radius * wave.size * Math.sin((index + 2) * angle + wave.phase);
    }
    const forward = Math.cos(angle) * reach * stretch;
    const sideways = (Math.sin(angle) * reach) / stretch;
    const px = x + forward * cosine - sideways * sine;
    const py = y + forward * sine + sideways * cosine;
    if (step === 0) context.moveTo(px, py);
    else context.lineTo(px, py);
  }
  context.closePath();
}

export interface BlobShape {
  /** Waves with 2, 3, 4, … periods around the outline; size in shares of the radius. */
  readonly harmonics: readonly { readonly size: number; readonly phase: number }[];
  readonly stretch: number;
  readonly turn: number;
}

export function createBlob(random: Random, raggedness: number): BlobShape {
  return {
    harmonics: Array.from({ length: 7 }, (_, index) => ({
      size: (random.normal() * 0.16 * raggedness) / Math.sqrt(index + 1),
      phase: between(random, 0, 2 * Math.PI),
    })),
    stretch: between(random, 1, 1 + 0.35 * raggedness),
    turn: between(random, 0, Math.PI),
  };
}
