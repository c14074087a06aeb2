/** The skins of the fruit: colours, blush, streaks, pores, bloom, groove, bruises. */
import type { Random } from '../../../domain/random.ts';
import { createBlob, traceBlob } from './blob.ts';
import { between, blend, happens, pick, wholeBetween } from './chance.ts';
import { css, hsl, mix, type Rgb } from './color.ts';
import type { Easel } from './easel.ts';
import { onBody, traceBody, type Body, type FruitKind } from './fruit-shape.ts';
import type { Point } from './point.ts';

type Context = OffscreenCanvasRenderingContext2D;

/** Typical colours first; the odd ones (from `odd` on) come with difficulty and overlap other kinds. */
const COLORS: Readonly<
  Record<FruitKind, { usual: readonly [Rgb, ...Rgb[]]; odd: readonly [Rgb, ...Rgb[]] }>
> = {
  apple: {
    usual: [hsl(2, 68, 38), hsl(354, 66, 32), hsl(356, 70, 36), hsl(12, 70, 46), hsl(92, 52, 46)],
    odd: [hsl(52, 66, 58), hsl(345, 50, 24), hsl(66, 55, 54), hsl(28, 62, 50)],
  },
  lemon: {
    usual: [hsl(52, 88, 54), hsl(49, 90, 52), hsl(55, 82, 58)],
    odd: [hsl(72, 58, 50), hsl(88, 48, 42), hsl(42, 82, 54), hsl(62, 60, 56)],
  },
  pear: {
    usual: [hsl(76, 46, 50), hsl(86, 42, 44), hsl(68, 48, 52), hsl(38, 44, 42)],
    odd: [hsl(12, 56, 42), hsl(88, 42, 44), hsl(48, 76, 56), hsl(358, 48, 36)],
  },
  plum: {
    usual: [hsl(282, 34, 26), hsl(262, 30, 28), hsl(335, 44, 28)],
    odd: [hsl(350, 56, 36), hsl(48, 68, 54), hsl(76, 46, 48), hsl(8, 58, 42)],
  },
};

/** Paints the skin, clipped to the body, on the object layer. */
export function paintSkin(
  easel: Easel,
  random: Random,
  kind: FruitKind,
  body: Body,
  difficulty: number,
): void {
  const colour = easel.object.context;
  const relief = easel.relief.context;
  const odd = happens(random, blend(0, 0.6, difficulty ** 1.3));
  const base = pick(random, odd ? COLORS[kind].odd : COLORS[kind].usual);
  colour.save();
  traceBody(colour, body);
  colour.fillStyle = css(base);
  colour.fill();
  colour.clip();
  switch (kind) {
    case 'apple':
      paintBlush(
        colour,
        random,
        body,
        hsl(between(random, -8, 14), 70, 38),
        between(random, 0.1, 0.75),
      );
      paintStreaks(colour, random, body, base);
      paintSpecks(
        colour,
        random,
        body,
        hsl(48, 50, 76),
        wholeBetween(random, 20, 60),
        1,
        easel.size,
      );
      break;
    case 'lemon':
      paintBlush(colour, random, body, hsl(78, 60, 46), between(random, 0, 0.35));
      break;
    case 'pear':
      paintBlush(colour, random, body, hsl(14, 62, 44), between(random, 0, 0.5));
      paintSpecks(
        colour,
        random,
        body,
        hsl(32, 42, 34),
        wholeBetween(random, 50, 130),
        0.8,
        easel.size,
      );
      paintBlush(colour, random, body, hsl(34, 40, 38), between(random, 0, 0.4));
      break;
    case 'plum':
      paintBlush(colour, random, body, hsl(345, 46, 34), between(random, 0, 0.5));
      paintGroove(colour, relief, random, body, easel.size);
      paintBloom(colour, random, body);
      break;
  }
  paintBruises(colour, random, body, difficulty, easel.size);
  colour.restore();
}

/** A side that ripened in the sun: a soft patch of another colour. */
function paintBlush(colour: Context, random: Random, body: Body, color: Rgb, alpha: number): void {
  const { x, y } = onBody(body, between(random, 0, 6.28), between(random, 0.3, 0.9));
  const gradient = colour.createRadialGradient(
    x,
    y,
    0,
    x,
    y,
    body.radius * between(random, 0.7, 1.3),
  );
  gradient.addColorStop(0, css(color, alpha));
  gradient.addColorStop(0.5, css(color, alpha * 0.6));
  gradient.addColorStop(1, css(color, 0));
  colour.fillStyle = gradient;
  traceBody(colour, body);
  colour.fill();
}

/** Apple streaks: along the meridians, from the stalk over the side. */
function paintStreaks(colour: Context, random: Random, body: Body, base: Rgb): void {
  const strength = between(random, 0, 0.4);
  const count = wholeBetween(random, 30, 70);
  // On a sphere seen from the side, the meridian at `side` (-1 to 1) is an ellipse arc from pole to
  // pole; `from` and `to` are angles from the stalk along it.
  const onMeridian = (side: number, angle: number): Point => {
    const along = Math.cos(angle) * 0.9;
    const across = Math.sin(angle) * side;
    const off = Math.atan2(across, along);
    return onBody(body, off, Math.min(0.97, Math.hypot(along, across)));
  };
  for (let streak = 0; streak < count; streak++) {
    const dark = happens(random, 0.6);
    const side = between(random, -0.95, 0.95);
    const start = between(random, 0.25, 1.7);
    const length = between(random, 0.25, 1.1);
    const from = onMeridian(side, start);
    const middle = onMeridian(side, start + length / 2);
    const to = onMeridian(side, start + length);
    colour.strokeStyle = css(
      mix(base, dark ? [110, 10, 16] : [255, 226, 140], 0.6),
      strength * random.float(),
    );
    colour.lineWidth = body.radius * between(random, 0.008, 0.028);
    colour.beginPath();
    colour.moveTo(from.x, from.y);
    colour.quadraticCurveTo(middle.x, middle.y, to.x, to.y);
    colour.stroke();
  }
}

function paintSpecks(
  colour: Context,
  random: Random,
  body: Body,
  color: Rgb,
  count: number,
  radius: number,
  size: number,
): void {
  colour.fillStyle = css(color, 0.5);
  for (let speck = 0; speck < count; speck++) {
    const { x, y } = onBody(body, between(random, 0, 6.28), Math.sqrt(random.float()) * 0.97);
    const r = (radius * between(random, 0.5, 1.2) * size) / 320;
    colour.beginPath();
    colour.arc(x, y, r, 0, 2 * Math.PI);
    colour.fill();
  }
}

/** The seam of a plum: a dark line in a shallow furrow from pole to pole. */
function paintGroove(
  colour: Context,
  relief: Context,
  random: Random,
  body: Body,
  size: number,
): void {
  const bulge = between(random, -0.55, 0.55);
  const top = onBody(body, 0, 0.98);
  const bottom = onBody(body, Math.PI, 0.98);
  const side = onBody(body, Math.PI / 2, bulge * 2);
  for (const [context, width, style] of [
    [relief, 10, 'rgba(0,0,0,0.12)'],
    [relief, 4, 'rgba(0,0,0,0.2)'],
    [colour, 2, 'rgba(20,6,26,0.45)'],
  ] as const) {
    context.lineWidth = (width * size) / 320;
    context.strokeStyle = style;
    context.beginPath();
    context.moveTo(top.x, top.y);
    context.quadraticCurveTo(side.x, side.y, bottom.x, bottom.y);
    context.stroke();
  }
}

/** The grey-blue wax on a plum, rubbed off in places. */
function paintBloom(colour: Context, random: Random, body: Body): void {
  const amount = between(random, 0, 0.2);
  for (let patch = 0; patch < 7; patch++) {
    const { x, y } = onBody(body, between(random, 0, 6.28), between(random, 0, 0.8));
    colour.fillStyle = css(hsl(228, 30, 74), amount * random.float());
    colour.shadowColor = css(hsl(228, 30, 74), amount);
    colour.shadowBlur = body.radius * 0.16;
    traceBlob(colour, createBlob(random, 1), x, y, body.radius * between(random, 0.15, 0.45));
    colour.fill();
  }
  colour.shadowColor = 'rgba(0,0,0,0)';
}

function paintBruises(
  colour: Context,
  random: Random,
  body: Body,
  difficulty: number,
  size: number,
): void {
  for (let bruise = Math.round(blend(1, 4, difficulty) * random.float()); bruise > 0; bruise--) {
    const { x, y } = onBody(body, between(random, 0, 6.28), between(random, 0, 0.85));
    colour.fillStyle = css(hsl(26, 45, 22), between(random, 0.1, 0.45));
    traceBlob(colour, createBlob(random, 0.8), x, y, (between(random, 1.5, 9) * size) / 320);
    colour.fill();
  }
}
