/** Theme "parts": one machined part on a bench, intact, scratched or dented. */
import { createRandom, deriveSeed } from '../../../domain/random.ts';
import { calmFor, paintBackground, type Ground } from './background.ts';
import { between, blend, pick } from './chance.ts';
import { scatterClutter } from './clutter.ts';
import { css, mix, vary, type Rgb } from './color.ts';
import { beginObject, fixScene, resetContext, type Easel } from './easel.ts';
import type { Light } from './light.ts';
import { FACE_GREY, shadeMetal } from './metal.ts';
import { paintDents, paintHandling, paintScratches } from './part-defects.ts';
import { enterPose, type Pose } from './part-pose.ts';
import { createPartForm, type PartForm } from './part-shape.ts';
import { placeObject } from './place-object.ts';
import type { Subject } from './subject.ts';

const GROUNDS: readonly [Ground, ...Ground[]] = ['mat', 'wood', 'stone', 'cloth', 'paper', 'mat'];

const METALS: readonly [Rgb, ...Rgb[]] = [
  [206, 208, 212], // aluminium
  [182, 185, 190], // steel
  [158, 162, 170], // tool steel
  [214, 184, 118], // brass
  [196, 142, 108], // bronze
  [112, 114, 122], // blackened steel
];

/** The metals of easy pictures. */
const GREY_METALS = METALS.slice(0, 3);

const CLASS_PAINTERS = [null, paintScratches, paintDents] as const;

/** `drawnClass`: 0 intact, 1 scratched, 2 dented. */
export function paintParts(easel: Easel, light: Light, subject: Subject): void {
  const { difficulty, seed } = subject;
  const scene = createRandom(deriveSeed(seed, 'scene'));
  paintBackground(easel, scene, pick(scene, GROUNDS), light, calmFor(difficulty));
  scatterClutter(easel, scene, light, 'workshop', difficulty);

  const random = createRandom(deriveSeed(seed, 'pose'));
  const form = createPartForm(random, difficulty);
  const pose: Pose = {
    x: easel.size * (0.5 + between(random, -0.05, 0.05)),
    y: easel.size * (0.5 + between(random, -0.05, 0.05)),
    radius:
      easel.size * between(random, blend(0.47, 0.38, difficulty), blend(0.54, 0.48, difficulty)),
    angle: between(random, 0, 2 * Math.PI),
    tilt: between(random, blend(0.88, 0.74, difficulty), 1),
  };
  const anyMetal = pick(random, METALS);
  const grey = GREY_METALS[random.int(GREY_METALS.length)] ?? anyMetal;
  const metal = vary(random, random.float() < 0.9 * difficulty ? anyMetal : grey, 4);
  const marks = between(random, 0.3, blend(0.6, 1, difficulty));
  const contrast = between(random, 0.25, blend(0.38, 0.7, difficulty));
  const phase = between(random, 0, 2 * Math.PI);
  const thickness = between(random, 4, 14);

  paintWall(easel, form, pose, metal, thickness);
  fixScene(easel);
  beginObject(easel);
  paintFaces(easel, form, pose);
  const handling = createRandom(deriveSeed(seed, 'handling'));
  paintHandling(easel, handling, form, pose, light, difficulty);
  const paintDefect = CLASS_PAINTERS[subject.drawnClass];
  paintDefect?.(easel, createRandom(deriveSeed(seed, 'defect')), form, pose, light, difficulty);
  const lit = shadeMetal(easel, light, pose, {
    finish: form.finish,
    color: metal,
    marks,
    contrast,
    phase,
  });
  placeObject(easel, lit, light, { lift: thickness * 0.6, shadow: between(random, 0.55, 0.85) });
}

/** Grey metal: its colour comes with the light, and a fresh scratch can be brighter than the face. Steps go into the relief. */
function paintFaces(easel: Easel, form: PartForm, pose: Pose): void {
  const colour = easel.object.context;
  const relief = easel.relief.context;
  enterPose(colour, pose);
  colour.fillStyle = `rgb(${FACE_GREY},${FACE_GREY},${FACE_GREY})`;
  colour.fill(form.outline, 'evenodd');
  enterPose(relief, pose);
  for (const { path, level } of form.steps) {
    const grey = level > 0 ? '255,255,255' : '0,0,0';
    relief.fillStyle = `rgba(${grey},${Math.abs(level * 0.4).toFixed(3)})`;
    relief.fill(path, 'evenodd');
  }
  resetContext(colour);
  resetContext(relief);
}

/** The side of the part that a slanted view shows: painted into the scene, under the face. */
function paintWall(easel: Easel, form: PartForm, pose: Pose, metal: Rgb, thickness: number): void {
  const { context } = easel.scene;
  const seen = thickness * (easel.size / 320) * Math.sqrt(1 - pose.tilt * pose.tilt);
  // Foreshortening runs along the part's own y axis; the near side is the lower one in the picture.
  const near = Math.cos(pose.angle) >= 0 ? 1 : -1;
  const stepX = -Math.sin(pose.angle) * near;
  const stepY = Math.cos(pose.angle) * near;
  for (let depth = Math.floor(seen); depth >= 1; depth--) {
    enterPose(context, { ...pose, x: pose.x + stepX * depth, y: pose.y + stepY * depth });
    context.fillStyle = css(mix(metal, [14, 14, 18], 0.5 + 0.3 * (depth / (seen + 1))));
    context.fill(form.outline, 'evenodd');
  }
  resetContext(context);
}
