/** The bodies of the fruit: how far the skin is from the middle in each direction, and how it bulges. */
import type { Random } from '../../../domain/random.ts';
import { between } from './chance.ts';
import type { Easel } from './easel.ts';
import type { Point } from './point.ts';

export type FruitKind = 'apple' | 'lemon' | 'pear' | 'plum';

/** A body: middle and size in pixels; `axis` is the direction of the stalk in radians. */
export interface Body extends Point {
  readonly radius: number;
  readonly axis: number;
  /** Distance from the middle to the outline in units of `radius`, [DIRECTIONS] from the axis on. */
  readonly reach: Float32Array;
}

const DIRECTIONS = 720;

/**
 * `character` 1 gives the typical form, 0 a plain ellipsoid: what is typical fades with difficulty.
 */
export function createBody(
  random: Random,
  kind: FruitKind,
  place: Point & { readonly radius: number; readonly axis: number },
  character: number,
): Body {
  const profile = PROFILES[kind](random, character);
  const lump = between(random, 0, 6.28);
  const lumpiness = between(random, 0.005, 0.025);
  const reach = Float32Array.from({ length: DIRECTIONS }, (_, index) => {
    const angle = (index / DIRECTIONS) * 2 * Math.PI;
    // From the stalk, either way round: 0 to pi.
    const off = angle > Math.PI ? 2 * Math.PI - angle : angle;
    return profile(off) * (1 + lumpiness * Math.sin(3 * angle + lump));
  });
  return { ...place, reach };
}

type Profile = (offAxis: number) => number;

const PROFILES: Readonly<Record<FruitKind, (random: Random, character: number) => Profile>> = {
  apple(random, character) {
    const dip = between(random, 0.08, 0.16) * character;
    const hollow = between(random, 0.02, 0.07) * character;
    const taper = between(random, 0, 0.07);
    const flat = between(random, -0.02, 0.06);
    return (off) =>
      0.95 +
      taper * Math.cos(off) -
      flat * Math.cos(2 * off) -
      dip * bump(off, 0.34) -
      hollow * bump(Math.PI - off, 0.3);
  },
  lemon(random, character) {
    const long = between(random, 1.12, 1.34) ** character;
    const nipple = between(random, 0.08, 0.17) * character;
    const stem = between(random, 0.02, 0.08) * character;
    return (off) =>
      ellipse(off, 0.98, 0.98 / long) + nipple * bump(Math.PI - off, 0.21) + stem * bump(off, 0.22);
  },
  pear(random, character) {
    const neck = between(random, 0.36, 0.56) * character;
    const wide = between(random, 0.46, 0.6);
    const bottom = between(random, 0, 0.05);
    return (off) => 0.7 + neck * bump(off, wide) - bottom * bump(Math.PI - off, 0.35);
  },
  plum(random, character) {
    const long = between(random, 1.02, 1.26);
    const cleft = between(random, 0.01, 0.035) * character;
    return (off) => ellipse(off, 0.93, 0.93 / long) - cleft * bump(off, 0.16);
  },
};

function bump(distance: number, width: number): number {
  return Math.exp(-((distance / width) ** 2));
}

function ellipse(off: number, along: number, across: number): number {
  return (along * across) / Math.hypot(across * Math.cos(off), along * Math.sin(off));
}

/** A place in the body: `share` 0 middle to 1 skin at `off` radians from the stalk. */
export function onBody(body: Body, off: number, share: number): Point {
  const turns = off / (2 * Math.PI);
  const index = Math.floor((turns - Math.floor(turns)) * DIRECTIONS) % DIRECTIONS;
  const distance = body.radius * body.reach[index]! * share;
  return {
    x: body.x + Math.cos(body.axis + off) * distance,
    y: body.y + Math.sin(body.axis + off) * distance,
  };
}

export function traceBody(context: OffscreenCanvasRenderingContext2D, body: Body): void {
  context.beginPath();
  for (let index = 0; index < DIRECTIONS; index += 6) {
    const { x, y } = onBody(body, (index / DIRECTIONS) * 2 * Math.PI, 1);
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
}

/** Writes the body's bulge into `easel.height`: a dome, steep at the outline. */
export function raiseBody(
  easel: Easel,
  body: Body,
  surface: (x: number, y: number) => number,
): void {
  const { size, height } = easel;
  const perRadian = DIRECTIONS / (2 * Math.PI);
  const fromAxis = DIRECTIONS * 2 - body.axis * perRadian;
  const mean = (body.radius * body.reach.reduce((sum, reach) => sum + reach, 0)) / DIRECTIONS;
  const farthest = body.radius * Math.max(...body.reach);
  const firstRow = Math.max(0, Math.floor(body.y - farthest));
  const lastRow = Math.min(size - 1, Math.ceil(body.y + farthest));
  for (let y = firstRow; y <= lastRow; y++) {
    const dy = y - body.y;
    const halfRow = Math.sqrt(Math.max(0, farthest * farthest - dy * dy));
    const lastColumn = Math.min(size - 1, Math.ceil(body.x + halfRow));
    for (let x = Math.max(0, Math.floor(body.x - halfRow)); x <= lastColumn; x++) {
      const dx = x - body.x;
      const index = Math.floor(angleOf(dx, dy) * perRadian + fromAxis) % DIRECTIONS;
      const edge = body.radius * body.reach[index]!;
      const distance2 = dx * dx + dy * dy;
      const share2 = distance2 / (edge * edge);
      if (share2 >= 1) continue;
      // Towards the middle every direction counts the same: else a dip in the outline would run as a
      // crease over the whole fruit.
      const smoothEdge = mean + (edge - mean) * share2;
      const dome = Math.max(0, 1 - distance2 / (smoothEdge * smoothEdge));
      height[y * size + x] = 0.82 * body.radius * Math.sqrt(dome) + surface(x, y);
    }
  }
}

/**
 * atan2(y, x) within 0.005 radians, several times faster than Math.atan2: on each eighth of the
 * circle atan(q) is close to q * (pi/4 + 0.273 * (1 - q)) (Rajan et al., "Efficient approximations
 * for the arctangent function", IEEE Signal Processing Magazine 23(3), 2006).
 */
function angleOf(x: number, y: number): number {
  const wide = Math.abs(x);
  const high = Math.abs(y);
  const steep = high > wide;
  const q = (steep ? wide : high) / ((steep ? high : wide) + 1e-9);
  let angle = q * (0.785398 + 0.273 * (1 - q));
  if (steep) angle = Math.PI / 2 - angle;
  if (x < 0) angle = Math.PI - angle;
  return y < 0 ? -angle : angle;
}
