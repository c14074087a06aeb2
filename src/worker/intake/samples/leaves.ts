/** Theme "leaves": one leaf on the ground, healthy, with rust or with blight. */
import { createRandom, deriveSeed } from '../../../domain/random.ts';
import { calmFor, paintBackground, type Ground } from './background.ts';
import { between, blend, happens, pick } from './chance.ts';
import { scatterClutter } from './clutter.ts';
import { css, hsl, mix, type Rgb } from './color.ts';
import { beginObject, fixScene, resetContext, type Easel } from './easel.ts';
import { paintBlight, paintRust, paintWear } from './leaf-disease.ts';
import { createLeafForm, tracePath, type LeafForm } from './leaf-shape.ts';
import type { Light } from './light.ts';
import { placeObject } from './place-object.ts';
import { shadeMatte } from './relief.ts';
import type { Random } from '../../../domain/random.ts';
import type { Subject } from './subject.ts';

const GROUNDS: readonly [Ground, ...Ground[]] = ['soil', 'wood', 'paper', 'cloth', 'stone'];
const CLASS_PAINTERS = [null, paintRust, paintBlight] as const;

/** `drawnClass`: 0 healthy, 1 rust, 2 blight. */
export function paintLeaves(easel: Easel, light: Light, subject: Subject): void {
  const { difficulty, seed } = subject;
  const scene = createRandom(deriveSeed(seed, 'scene'));
  paintBackground(easel, scene, pick(scene, GROUNDS), light, calmFor(difficulty));
  scatterClutter(easel, scene, light, 'garden', difficulty);
  fixScene(easel);

  const pose = createRandom(deriveSeed(seed, 'pose'));
  const length = between(pose, blend(0.84, 0.7, difficulty), 0.96) * easel.size;
  const centre = {
    x: easel.size * (0.5 + between(pose, -0.07, 0.07)),
    y: easel.size * (0.5 + between(pose, -0.07, 0.07)),
  };
  const form = createLeafForm(pose, centre, length, between(pose, 0, 2 * Math.PI));
  beginObject(easel);
  paintBlade(easel, pose, form, light, difficulty);
  const wear = createRandom(deriveSeed(seed, 'wear'));
  paintWear(easel, wear, form, difficulty);
  const paintDisease = CLASS_PAINTERS[subject.drawnClass];
  paintDisease?.(easel, createRandom(deriveSeed(seed, 'disease')), form, difficulty);
  const lit = shadeMatte(easel, light, {
    gloss: between(pose, 0.02, 0.2),
    sharpness: 3,
    mottle: between(pose, 0.08, 0.24),
    mottleSize: (easel.size / 320) * between(pose, 0.8, 2.2),
    mottleAt: between(pose, 0, 256),
  });
  placeObject(easel, lit, light, { lift: between(pose, 2, 9), shadow: between(pose, 0.5, 0.8) });
}

function paintBlade(
  easel: Easel,
  random: Random,
  form: LeafForm,
  light: Light,
  difficulty: number,
): void {
  const colour = easel.object.context;
  const relief = easel.relief.context;
  const unit = easel.size / 320;
  const hue = 96 + random.normal() * blend(10, 16, difficulty);
  const green = hsl(hue, between(random, 34, 62), between(random, 24, 40));
  const young = hsl(hue - 16, 52, between(random, 40, 52));
  const vein = mix(green, hsl(hue - 24, 45, 66), between(random, 0.45, 0.85));

  paintStalk(colour, form, mix(vein, [120, 70, 40], between(random, 0, 0.5)), unit);
  const base = form.at(0, 0);
  const tip = form.at(1, 0);
  const gradient = colour.createLinearGradient(base.x, base.y, tip.x, tip.y);
  const freshness = between(random, 0, 0.5);
  gradient.addColorStop(0, css(mix(green, young, freshness)));
  gradient.addColorStop(0.5, css(green));
  gradient.addColorStop(1, css(mix(green, young, happens(random, 0.4) ? freshness : 0.1)));
  tracePath(colour, form.outline, true);
  colour.fillStyle = gradient;
  colour.fill();

  colour.globalCompositeOperation = 'source-atop';
  paintFold(colour, form, light, between(random, 0.04, 0.2));
  paintVeins(colour, relief, form, vein, unit, between(random, 0.5, 1));
  resetContext(colour);
}

function paintStalk(
  colour: OffscreenCanvasRenderingContext2D,
  form: LeafForm,
  color: Rgb,
  unit: number,
): void {
  const start = form.at(0.02, 0);
  colour.strokeStyle = css(color);
  colour.lineWidth = 3.4 * unit;
  tracePath(colour, [form.stalkEnd, start], false);
  colour.stroke();
}

/** The two halves of a blade stand at an angle: the one away from the light is darker. */
function paintFold(
  colour: OffscreenCanvasRenderingContext2D,
  form: LeafForm,
  light: Light,
  depth: number,
): void {
  const right = form.at(0.5, 1);
  const left = form.at(0.5, -1);
  const towards = (right.x - left.x) * light.x + (right.y - left.y) * light.y;
  colour.fillStyle =
    towards > 0
      ? `rgba(255,255,235,${(depth * 0.6).toFixed(3)})`
      : `rgba(0,8,0,${depth.toFixed(3)})`;
  tracePath(colour, form.rightHalf, true);
  colour.fill();
}

function paintVeins(
  colour: OffscreenCanvasRenderingContext2D,
  relief: OffscreenCanvasRenderingContext2D,
  form: LeafForm,
  vein: Rgb,
  unit: number,
  depth: number,
): void {
  const strokeVeins = (context: OffscreenCanvasRenderingContext2D): void => {
    context.beginPath();
    for (const [from, control, to] of form.veins) {
      context.moveTo(from.x, from.y);
      context.quadraticCurveTo(control.x, control.y, to.x, to.y);
    }
    context.stroke();
  };
  // Wide faint furrows under the veins make the tissue between them bulge.
  for (const width of [15, 9, 4]) {
    relief.strokeStyle = `rgba(0,0,0,${(0.085 * depth).toFixed(3)})`;
    relief.lineWidth = width * unit;
    strokeVeins(relief);
    tracePath(relief, form.midrib, false);
    relief.lineWidth = width * 1.4 * unit;
    relief.stroke();
  }
  colour.strokeStyle = css(vein, 0.55);
  colour.lineWidth = 1.1 * unit;
  strokeVeins(colour);
  colour.strokeStyle = css(vein, 0.9);
  for (const [part, width] of [
    [1, 1.3],
    [0.7, 2.1],
    [0.35, 3],
  ] as const) {
    colour.lineWidth = width * unit;
    tracePath(colour, form.midrib.slice(0, Math.ceil(form.midrib.length * part)), false);
    colour.stroke();
  }
}
