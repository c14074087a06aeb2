/** Theme "fruit": an apple, a lemon, a pear or a plum on a table, whole, sometimes partly hidden. */
import { createRandom, deriveSeed, type Random } from '../../../domain/random.ts';
import { calmFor, paintBackground, type Ground } from './background.ts';
import { between, blend, happens, pick } from './chance.ts';
import { scatterClutter } from './clutter.ts';
import { css, hsl, mix } from './color.ts';
import { beginObject, fixScene, resetContext, type Easel } from './easel.ts';
import { createBody, onBody, raiseBody, type Body, type FruitKind } from './fruit-shape.ts';
import { paintSkin } from './fruit-skin.ts';
import type { Light } from './light.ts';
import { cloudAt } from './noise.ts';
import { placeObject } from './place-object.ts';
import { shadeMatte } from './relief.ts';
import type { Subject } from './subject.ts';

const KINDS: readonly [FruitKind, ...FruitKind[]] = ['apple', 'lemon', 'pear', 'plum'];
const GROUNDS: readonly [Ground, ...Ground[]] = ['wood', 'cloth', 'paper', 'stone', 'wood'];

/** Highlight and fine bumps of each skin; `pores` in pixels of height at 320 px. */
const SURFACES: Readonly<Record<FruitKind, { gloss: number; sharpness: number; pores: number }>> = {
  apple: { gloss: 0.75, sharpness: 5, pores: 0.1 },
  lemon: { gloss: 0.4, sharpness: 4, pores: 0.9 },
  pear: { gloss: 0.3, sharpness: 4, pores: 0.22 },
  plum: { gloss: 0.42, sharpness: 4, pores: 0.08 },
};

/** `drawnClass`: 0 apple, 1 lemon, 2 pear, 3 plum. */
export function paintFruit(easel: Easel, light: Light, subject: Subject): void {
  const { difficulty, seed } = subject;
  const kind = KINDS[subject.drawnClass] ?? 'apple';
  const scene = createRandom(deriveSeed(seed, 'scene'));
  paintBackground(easel, scene, pick(scene, GROUNDS), light, calmFor(difficulty));
  scatterClutter(easel, scene, light, 'kitchen', difficulty);
  fixScene(easel);

  const random = createRandom(deriveSeed(seed, 'pose'));
  const pair = happens(random, blend(0.05, 0.35, difficulty));
  const size = kind === 'plum' ? 0.85 : 1;
  const radius = easel.size * between(random, blend(0.4, 0.3, difficulty), 0.44) * size;
  const apart = pair ? radius * 0.75 : 0;
  const where = between(random, 0, 6.28);
  for (const side of pair ? [-1, 1] : [0]) {
    const shrink = pair ? 0.74 : 1;
    const place = {
      x: easel.size * (0.5 + between(random, -0.06, 0.06)) + Math.cos(where) * apart * side,
      y: easel.size * (0.5 + between(random, -0.06, 0.06)) + Math.sin(where) * apart * side,
      radius: radius * shrink,
      axis: between(random, 0, 2 * Math.PI),
    };
    const skin = createRandom(deriveSeed(seed, `skin/${side}`));
    paintOne(
      easel,
      skin,
      light,
      kind,
      createBody(skin, kind, place, blend(1, 0.62, difficulty)),
      difficulty,
    );
  }
}

function paintOne(
  easel: Easel,
  random: Random,
  light: Light,
  kind: FruitKind,
  body: Body,
  difficulty: number,
): void {
  const unit = easel.size / 320;
  const surface = SURFACES[kind];
  const bump = surface.pores * unit;
  const placeInTile = between(random, 0, 256);
  beginObject(easel);
  paintSkin(easel, random, kind, body, difficulty);
  if (kind !== 'lemon' && happens(random, blend(0.9, 0.5, difficulty))) {
    paintStalk(easel, random, kind, body);
  }
  raiseBody(
    easel,
    body,
    (x, y) => bump * cloudAt((x / unit) * 2.1 + placeInTile, (y / unit) * 2.1),
  );
  if (kind === 'apple' && happens(random, 0.5)) sinkCavity(easel, body, between(random, 0.3, 0.75));
  const lit = shadeMatte(easel, light, {
    gloss: surface.gloss * between(random, 0.5, 1.2),
    sharpness: surface.sharpness,
    mottle: between(random, 0.05, 0.16),
    mottleSize: unit * between(random, 0.7, 1.6),
    mottleAt: placeInTile,
  });
  placeObject(easel, lit, light, { lift: 13, shadow: between(random, 0.55, 0.85) });
}

/** The hollow around an apple's stalk, when it is seen from above. */
function sinkCavity(easel: Easel, body: Body, share: number): void {
  const { size, height } = easel;
  const { x: middleX, y: middleY } = onBody(body, 0, share);
  const width = body.radius * 0.24;
  const reach = Math.ceil(width * 2.4);
  for (let y = Math.max(0, Math.floor(middleY - reach)); y < Math.min(size, middleY + reach); y++) {
    for (
      let x = Math.max(0, Math.floor(middleX - reach));
      x < Math.min(size, middleX + reach);
      x++
    ) {
      const distance = ((x - middleX) ** 2 + (y - middleY) ** 2) / (width * width);
      height[y * size + x]! -= body.radius * 0.3 * Math.exp(-1.6 * distance);
    }
  }
}

function paintStalk(easel: Easel, random: Random, kind: FruitKind, body: Body): void {
  const context = easel.object.context;
  resetContext(context);
  const length = kind === 'pear' ? between(random, 0.2, 0.38) : between(random, 0.14, 0.3);
  const start = onBody(body, 0, kind === 'apple' ? 0.9 : 0.97);
  const lean = random.normal() * 0.35;
  const end = {
    x: start.x + Math.cos(body.axis + lean) * length * body.radius,
    y: start.y + Math.sin(body.axis + lean) * length * body.radius,
  };
  const bark = hsl(between(random, 24, 48), between(random, 25, 45), between(random, 18, 32));
  for (const [width, lightness] of [
    [0.065, 0],
    [0.025, 0.3],
  ] as const) {
    context.strokeStyle = css(mix(bark, [240, 220, 170], lightness));
    context.lineWidth = width * body.radius;
    context.beginPath();
    context.moveTo(start.x, start.y);
    context.quadraticCurveTo(
      (start.x + end.x) / 2 + lean * 6,
      (start.y + end.y) / 2 - lean * 6,
      end.x,
      end.y,
    );
    context.stroke();
  }
}
