/**
 * What tells the classes of leaves apart, and what tries to blur them: rust pustules, blight lesions,
 * and the small blemishes that every leaf outdoors has. Everything stays on the blade ('source-atop').
 */
import type { Random } from '../../../domain/random.ts';
import { createBlob, traceBlob } from './blob.ts';
import { between, blend, happens, sign, wholeBetween } from './chance.ts';
import { css, hsl } from './color.ts';
import { resetContext, type Easel } from './easel.ts';
import type { LeafForm } from './leaf-shape.ts';
import type { Point } from './point.ts';

type Context = OffscreenCanvasRenderingContext2D;

/** Rust: clusters of small raised orange-brown pustules, each in a pale yellow halo. */
export function paintRust(easel: Easel, random: Random, form: LeafForm, difficulty: number): void {
  const { colour, relief } = beginOnBlade(easel);
  const unit = easel.size / 320;
  const count = Math.round(blend(80, 20, difficulty ** 0.65) * between(random, 0.7, 1.35));
  const radius = blend(4.1, 2.7, difficulty) * unit;
  const strength = blend(1, 0.68, difficulty);
  const hue = between(random, 16, 30);
  const lightness = between(random, 36, 48);
  const clusters = wholeBetween(random, 2, 4);
  const centres = Array.from({ length: clusters }, () => [
    between(random, 0.18, 0.85),
    between(random, -0.65, 0.65),
  ]);
  for (let spot = 0; spot < count; spot++) {
    const centre = centres[spot % clusters];
    const loose = happens(random, 0.3);
    const along =
      loose || !centre ? between(random, 0.08, 0.93) : centre[0]! + random.normal() * 0.12;
    const across =
      loose || !centre ? between(random, -0.85, 0.85) : centre[1]! + random.normal() * 0.24;
    if (along < 0.04 || along > 0.96 || Math.abs(across) > 0.92) continue;
    const { x, y } = form.at(along, across);
    const r = radius * Math.exp(random.normal() * 0.3);
    const rust = hsl(
      hue + random.normal() * 4,
      between(random, 62, 82),
      lightness + random.normal() * 5,
    );
    dot(colour, x, y, r * 2.3, css(hsl(52, 70, 58), 0.24 * strength));
    dot(colour, x, y, r * 1.6, css(hsl(46, 75, 54), 0.34 * strength));
    dot(colour, x, y, r, css(rust, 0.92 * strength));
    dot(colour, x + r * 0.15, y + r * 0.15, r * 0.5, css(hsl(hue - 6, 70, 24), 0.7 * strength));
    dot(relief, x, y, r, `rgba(255,255,255,${(0.42 * strength).toFixed(3)})`);
  }
}

/** Blight: dead brown areas that spread from the edge or tip, ringed, in a yellow halo. */
export function paintBlight(
  easel: Easel,
  random: Random,
  form: LeafForm,
  difficulty: number,
): void {
  const { colour, relief } = beginOnBlade(easel);
  const count = wholeBetween(random, 1, difficulty > 0.7 ? 2 : 3);
  const reach = blend(0.21, 0.088, difficulty ** 0.65) * form.length;
  const strength = blend(1, 0.72, difficulty);
  for (let lesion = 0; lesion < count; lesion++) {
    const place = happens(random, 0.55)
      ? form.at(between(random, 0.25, 0.97), between(random, 0.6, 0.95) * sign(random))
      : form.at(between(random, 0.2, 0.9), between(random, -0.6, 0.6));
    const radius = reach * between(random, 0.65, 1.25) * (lesion === 0 ? 1 : 0.7);
    paintLesion(colour, relief, random, place, radius, strength);
  }
}

function paintLesion(
  colour: Context,
  relief: Context,
  random: Random,
  { x, y }: Point,
  radius: number,
  strength: number,
): void {
  const shape = createBlob(random, between(random, 0.6, 1));
  const hue = between(random, 18, 32);
  const brown = hsl(hue, between(random, 28, 48), between(random, 19, 29));
  colour.shadowColor = css(hsl(between(random, 48, 58), 68, 54), 0.85 * strength);
  colour.shadowBlur = radius * 0.55;
  colour.fillStyle = css(hsl(50, 55, 46), 0.55 * strength);
  traceBlob(colour, shape, x, y, radius * 1.15);
  colour.fill();
  colour.shadowColor = css(brown, 0.6 * strength);
  colour.shadowBlur = radius * 0.12;
  colour.fillStyle = css(brown, 0.88 * strength);
  traceBlob(colour, shape, x, y, radius);
  colour.fill();
  colour.shadowColor = 'rgba(0,0,0,0)';
  for (let ring = 0.8; ring > 0.15; ring -= between(random, 0.16, 0.26)) {
    colour.lineWidth = Math.max(0.8, radius * 0.06);
    colour.strokeStyle = css(hsl(hue + 6, 32, happens(random, 0.5) ? 38 : 13), 0.4 * strength);
    traceBlob(colour, shape, x, y, radius * ring);
    colour.stroke();
  }
  colour.fillStyle = css(hsl(hue + 8, 26, 48), 0.28 * strength);
  traceBlob(colour, shape, x, y, radius * 0.28);
  colour.fill();
  // Dead tissue shrinks: the lesion lies lower than the blade.
  relief.fillStyle = `rgba(0,0,0,${(0.3 * strength).toFixed(3)})`;
  traceBlob(relief, shape, x, y, radius * 0.97);
  relief.fill();
}

/**
 * Blemishes of any leaf, in every class: pale dust, small nibbled holes, a dry tip, a few scars, dew.
 * With difficulty they become more and look more like disease.
 */
export function paintWear(easel: Easel, random: Random, form: LeafForm, difficulty: number): void {
  const { colour, relief } = beginOnBlade(easel);
  const unit = easel.size / 320;
  const anywhere = (): Point => form.at(between(random, 0.08, 0.94), between(random, -0.9, 0.9));

  const dust = Math.round(blend(4, 26, difficulty) * random.float());
  for (let speck = 0; speck < dust; speck++) {
    const { x, y } = anywhere();
    dot(colour, x, y, between(random, 0.5, 1.3) * unit, css(hsl(45, 25, 78), 0.5));
  }
  const scars = Math.round(blend(0.6, 9, difficulty) * random.float());
  for (let scar = 0; scar < scars; scar++) {
    const { x, y } = anywhere();
    const color = hsl(between(random, 24, 52), between(random, 25, 60), between(random, 24, 50));
    colour.fillStyle = css(color, between(random, 0.3, 0.75));
    traceBlob(colour, createBlob(random, 0.8), x, y, between(random, 0.9, 2.6) * unit);
    colour.fill();
  }
  if (happens(random, blend(0.08, 0.5, difficulty)))
    paintDryPatch(colour, random, form, difficulty);
  if (happens(random, 0.22)) {
    for (let drop = wholeBetween(random, 2, 7); drop > 0; drop--) {
      paintDew(colour, relief, random, anywhere(), unit);
    }
  }
  if (happens(random, blend(0.15, 0.45, difficulty))) {
    colour.globalCompositeOperation = 'destination-out';
    colour.fillStyle = '#000';
    for (let hole = wholeBetween(random, 1, 3); hole > 0; hole--) {
      const edge = happens(random, 0.6) ? sign(random) : between(random, -0.7, 0.7);
      const { x, y } = form.at(between(random, 0.2, 0.9), edge);
      traceBlob(colour, createBlob(random, 0.7), x, y, between(random, 2, 6.5) * unit);
      colour.fill();
    }
  }
  resetContext(colour);
}

/** A tan, withered bit of margin or tip: harmless, but brown. */
function paintDryPatch(colour: Context, random: Random, form: LeafForm, difficulty: number): void {
  const { x, y } = happens(random, 0.5)
    ? form.at(between(random, 0.96, 1), 0)
    : form.at(between(random, 0.2, 0.9), sign(random));
  const color = hsl(between(random, 34, 48), between(random, 30, 50), between(random, 42, 58));
  colour.shadowColor = css(color, 0.7);
  colour.shadowBlur = form.length * 0.02;
  colour.fillStyle = css(color, between(random, 0.45, 0.8));
  const radius = form.length * between(random, 0.025, blend(0.05, 0.085, difficulty));
  traceBlob(colour, createBlob(random, 0.7), x, y, radius);
  colour.fill();
  colour.shadowColor = 'rgba(0,0,0,0)';
}

function paintDew(
  colour: Context,
  relief: Context,
  random: Random,
  { x, y }: Point,
  unit: number,
): void {
  const r = between(random, 1.5, 4) * unit;
  dot(colour, x, y, r, 'rgba(255,255,255,0.13)');
  dot(colour, x - r * 0.3, y - r * 0.35, r * 0.3, 'rgba(255,255,255,0.9)');
  dot(relief, x, y, r, 'rgba(255,255,255,0.5)');
}

function beginOnBlade(easel: Easel): { colour: Context; relief: Context } {
  const colour = easel.object.context;
  const relief = easel.relief.context;
  resetContext(colour);
  resetContext(relief);
  colour.globalCompositeOperation = 'source-atop';
  return { colour, relief };
}

function dot(context: Context, x: number, y: number, radius: number, style: string): void {
  context.fillStyle = style;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
