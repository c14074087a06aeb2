/** Things that happen to lie around. They say nothing about the class; with difficulty they multiply. */
import type { Random } from '../../../domain/random.ts';
import { createBlob, traceBlob } from './blob.ts';
import { between, blend, happens, pick } from './chance.ts';
import { css, hsl, mix, type Rgb } from './color.ts';
import { resetContext, type Easel } from './easel.ts';
import type { Light } from './light.ts';

export type Place = 'garden' | 'workshop' | 'kitchen';
type Painter = (context: OffscreenCanvasRenderingContext2D, random: Random, spot: Spot) => void;

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly turn: number;
  /** Pixels that one pixel at 320 px has become. */
  readonly unit: number;
}

const PAINTERS: Readonly<Record<Place, readonly [Painter, ...Painter[]]>> = {
  garden: [pebble, twig, blade, pebble, dryLeaf],
  workshop: [screw, shaving, pencil, stain, coin],
  kitchen: [crumb, napkin, coin, spoonHandle, stain],
};

export function scatterClutter(
  easel: Easel,
  random: Random,
  light: Light,
  place: Place,
  difficulty: number,
): void {
  const { size, scene } = easel;
  const unit = size / 320;
  const count = Math.round(blend(0.2, 8, difficulty) * random.float());
  const context = scene.context;
  for (let thing = 0; thing < count; thing++) {
    // Mostly near the border: a person frames the object.
    const angle = between(random, 0, 2 * Math.PI);
    const distance = size * between(random, 0.3, 0.68);
    resetContext(context);
    context.shadowColor = 'rgba(10,8,14,0.45)';
    context.shadowBlur = 5 * unit;
    context.shadowOffsetX = -light.x * 5 * unit;
    context.shadowOffsetY = -light.y * 5 * unit;
    const spot = {
      x: size / 2 + Math.cos(angle) * distance,
      y: size / 2 + Math.sin(angle) * distance,
      turn: between(random, 0, 2 * Math.PI),
      unit,
    };
    pick(random, PAINTERS[place])(context, random, spot);
  }
  resetContext(context);
}

function pebble(context: OffscreenCanvasRenderingContext2D, random: Random, spot: Spot): void {
  const radius = between(random, 5, 17) * spot.unit;
  const color = hsl(between(random, 15, 60), between(random, 3, 18), between(random, 38, 74));
  const shine = context.createRadialGradient(
    spot.x - radius * 0.3,
    spot.y - radius * 0.35,
    radius * 0.1,
    spot.x,
    spot.y,
    radius * 1.4,
  );
  shine.addColorStop(0, css(mix(color, [255, 255, 255], 0.25)));
  shine.addColorStop(1, css(mix(color, [20, 16, 14], 0.55)));
  context.fillStyle = shine;
  traceBlob(context, createBlob(random, 0.6), spot.x, spot.y, radius);
  context.fill();
}

function twig(context: OffscreenCanvasRenderingContext2D, random: Random, spot: Spot): void {
  const length = between(random, 40, 130) * spot.unit;
  const color = hsl(between(random, 18, 36), between(random, 18, 38), between(random, 20, 42));
  bar(context, spot, length, between(random, 2.2, 5.5) * spot.unit, color, random.normal() * 0.12);
}

function blade(context: OffscreenCanvasRenderingContext2D, random: Random, spot: Spot): void {
  const dry = happens(random, 0.35);
  const color = hsl(dry ? 46 : between(random, 78, 115), between(random, 30, 55), dry ? 58 : 36);
  const length = between(random, 70, 170) * spot.unit;
  bar(context, spot, length, between(random, 2.5, 5) * spot.unit, color, random.normal() * 0.3);
}

/** A small brown or yellow leaf of last year: garden litter in every class. */
function dryLeaf(context: OffscreenCanvasRenderingContext2D, random: Random, spot: Spot): void {
  const length = between(random, 22, 46) * spot.unit;
  const wide = length * between(random, 0.22, 0.34);
  const color = hsl(between(random, 24, 50), between(random, 28, 55), between(random, 28, 50));
  context.translate(spot.x, spot.y);
  context.rotate(spot.turn);
  context.fillStyle = css(color);
  context.beginPath();
  context.moveTo(-length, 0);
  context.quadraticCurveTo(-length * 0.2, -wide * 2, length, 0);
  context.quadraticCurveTo(-length * 0.2, wide * 1.8, -length, 0);
  context.fill();
  context.shadowColor = 'rgba(0,0,0,0)';
  context.strokeStyle = css(mix(color, [255, 235, 190], 0.4), 0.7);
  context.lineWidth = 1.2 * spot.unit;
  context.beginPath();
  context.moveTo(-length * 1.25, 0);
  context.lineTo(length * 0.95, 0);
  context.stroke();
}

function screw(context: OffscreenCanvasRenderingContext2D, random: Random, spot: Spot): void {
  const length = between(random, 22, 46) * spot.unit;
  const thick = between(random, 5, 8) * spot.unit;
  const color = hsl(between(random, 30, 220), 7, between(random, 44, 68));
  bar(context, spot, length, thick, color, 0);
  context.fillStyle = css(mix(color, [255, 255, 255], 0.15));
  context.translate(spot.x, spot.y);
  context.rotate(spot.turn);
  context.fillRect(-length / 2 - thick * 0.4, -thick, thick * 1.1, thick * 2);
  context.shadowColor = 'rgba(0,0,0,0)';
  context.strokeStyle = css(mix(color, [10, 10, 10], 0.55), 0.7);
  context.lineWidth = 1 * spot.unit;
  for (let thread = -length * 0.2; thread < length / 2; thread += 3 * spot.unit) {
    context.beginPath();
    context.moveTo(thread, -thick / 2);
    context.lineTo(thread + 1.5 * spot.unit, thick / 2);
    context.stroke();
  }
}

/** A curl of metal from the lathe. */
function shaving(context: OffscreenCanvasRenderingContext2D, random: Random, spot: Spot): void {
  context.strokeStyle = css(hsl(between(random, 30, 220), 8, between(random, 58, 84)), 0.95);
  context.lineWidth = between(random, 1.2, 2.6) * spot.unit;
  const radius = between(random, 4, 11) * spot.unit;
  const turns = between(random, 4, 14);
  context.beginPath();
  for (let at = 0; at < turns; at += 0.4) {
    const x = spot.x + Math.cos(spot.turn + at) * radius * (1 - at / 30) + at * 1.2 * spot.unit;
    const y = spot.y + Math.sin(spot.turn + at) * radius * (1 - at / 30);
    if (at === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.stroke();
}

function pencil(context: OffscreenCanvasRenderingContext2D, random: Random, spot: Spot): void {
  const color = hsl(between(random, 0, 360), between(random, 45, 80), between(random, 38, 58));
  bar(context, spot, between(random, 110, 200) * spot.unit, 10 * spot.unit, color, 0);
}

function spoonHandle(context: OffscreenCanvasRenderingContext2D, random: Random, spot: Spot): void {
  const length = between(random, 120, 200) * spot.unit;
  bar(
    context,
    spot,
    length,
    between(random, 8, 13) * spot.unit,
    hsl(40, 6, 72),
    random.normal() * 0.05,
  );
}

/** A dried ring or smear: flat, no shadow. */
function stain(context: OffscreenCanvasRenderingContext2D, random: Random, spot: Spot): void {
  context.shadowColor = 'rgba(0,0,0,0)';
  const color: Rgb = hsl(between(random, 15, 45), between(random, 15, 40), between(random, 14, 32));
  traceBlob(context, createBlob(random, 0.4), spot.x, spot.y, between(random, 12, 38) * spot.unit);
  context.fillStyle = css(color, between(random, 0.08, 0.25));
  context.fill();
  context.strokeStyle = css(color, between(random, 0.1, 0.35));
  context.lineWidth = 1.5 * spot.unit;
  context.stroke();
}

function coin(context: OffscreenCanvasRenderingContext2D, random: Random, spot: Spot): void {
  const radius = between(random, 11, 18) * spot.unit;
  const color = happens(random, 0.5) ? hsl(42, 45, 55) : hsl(24, 48, 45);
  const shine = context.createLinearGradient(
    spot.x - radius,
    spot.y - radius,
    spot.x + radius,
    spot.y + radius,
  );
  shine.addColorStop(0, css(mix(color, [255, 255, 255], 0.4)));
  shine.addColorStop(1, css(mix(color, [20, 10, 0], 0.3)));
  context.fillStyle = shine;
  context.beginPath();
  context.arc(spot.x, spot.y, radius, 0, 2 * Math.PI);
  context.fill();
  context.shadowColor = 'rgba(0,0,0,0)';
  context.strokeStyle = css(mix(color, [30, 16, 0], 0.5), 0.7);
  context.lineWidth = 1.2 * spot.unit;
  context.beginPath();
  context.arc(spot.x, spot.y, radius * 0.82, 0, 2 * Math.PI);
  context.stroke();
}

function crumb(context: OffscreenCanvasRenderingContext2D, random: Random, spot: Spot): void {
  for (let bit = 0; bit < 7; bit++) {
    const x = spot.x + random.normal() * 18 * spot.unit;
    const y = spot.y + random.normal() * 18 * spot.unit;
    context.fillStyle = css(hsl(34, 45, between(random, 45, 70)));
    traceBlob(context, createBlob(random, 1), x, y, between(random, 1, 4) * spot.unit);
    context.fill();
  }
}

function napkin(context: OffscreenCanvasRenderingContext2D, random: Random, spot: Spot): void {
  const side = between(random, 70, 130) * spot.unit;
  const color = hsl(between(random, 0, 360), between(random, 10, 55), between(random, 55, 88));
  context.translate(spot.x, spot.y);
  context.rotate(spot.turn);
  context.fillStyle = css(color);
  context.fillRect(0, 0, side, side);
  context.shadowColor = 'rgba(0,0,0,0)';
  context.fillStyle = 'rgba(255,255,255,0.25)';
  context.fillRect(side * 0.06, side * 0.06, side * 0.03, side * 0.88);
  context.fillRect(side * 0.06, side * 0.06, side * 0.88, side * 0.03);
}

/** A round bar with a light line along it; `bow` bends it, in shares of its length. */
function bar(
  context: OffscreenCanvasRenderingContext2D,
  spot: Spot,
  length: number,
  thick: number,
  color: Rgb,
  bow: number,
): void {
  const dx = (Math.cos(spot.turn) * length) / 2;
  const dy = (Math.sin(spot.turn) * length) / 2;
  const trace = (): void => {
    context.beginPath();
    context.moveTo(spot.x - dx, spot.y - dy);
    context.quadraticCurveTo(
      spot.x - dy * bow * 2,
      spot.y + dx * bow * 2,
      spot.x + dx,
      spot.y + dy,
    );
    context.stroke();
  };
  context.lineWidth = thick;
  context.strokeStyle = css(mix(color, [10, 8, 6], 0.3));
  trace();
  context.shadowColor = 'rgba(0,0,0,0)';
  context.lineWidth = thick * 0.6;
  context.strokeStyle = css(color);
  trace();
  context.lineWidth = thick * 0.22;
  context.strokeStyle = css(mix(color, [255, 255, 255], 0.35), 0.8);
  trace();
}
