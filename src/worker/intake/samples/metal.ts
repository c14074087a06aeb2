/**
 * Lights a metal face. A worked surface reflects differently along and across its tool marks: turned
 * faces show the bow-tie highlight of a lathe (Kajiya, "Anisotropic reflection models", SIGGRAPH 1985,
 * in its simplest form: bright where the marks run across the light), brushed ones mirror the room in
 * soft bands. Dents bend both, which is how a person sees them.
 */
import type { Rgb } from './color.ts';
import type { Easel } from './easel.ts';
import type { Light } from './light.ts';
import { cloudAt, grain, GRAIN_MASK } from './noise.ts';
import type { Finish } from './part-shape.ts';
import type { Pose } from './part-pose.ts';
import { chamferEdges, gatherObject } from './relief.ts';

export interface Metal {
  readonly finish: Finish;
  /** Multiplies what was painted. */
  readonly color: Rgb;
  /** Depth of tool marks, 0 polished to 1 rough. */
  readonly marks: number;
  /** How strongly light and dark reflections alternate, 0 to 1. */
  readonly contrast: number;
  /** Where in the reflected room the picture starts, radians. */
  readonly phase: number;
}

/** Grey that faces are painted with; it stands for the metal's own colour. White is 1.6 times it. */
export const FACE_GREY = 160;

/** How far a slope of 1 moves the reflection, in radians. */
const BEND = 2.6;

/** Returns the lit part, transparent around it and in its holes. */
export function shadeMetal(easel: Easel, light: Light, pose: Pose, metal: Metal): ImageData {
  const image = gatherObject(easel);
  const { size, height } = easel;
  chamferEdges(easel, image.data, (2.4 * size) / 320, (3.4 * size) / 320);
  const pixels = image.data;
  const flat = Math.hypot(light.x, light.y);
  const towardsX = light.x / flat;
  const towardsY = light.y / flat;
  const cosine = Math.cos(pose.angle);
  const sine = Math.sin(pose.angle);
  const unit = 320 / size;
  const toneOf =
    metal.finish === 'turned' ? turnedTone : metal.finish === 'brushed' ? brushedTone : castTone;
  for (let y = 1; y < size - 1; y++) {
    for (let x = 1; x < size - 1; x++) {
      const at = y * size + x;
      const p = at * 4;
      if (pixels[p + 3] === 0) continue;
      const dx = x - pose.x;
      const dy = y - pose.y;
      const slopeX = (height[at + 1]! - height[at - 1]!) * 0.5;
      const slopeY = (height[at + size]! - height[at - size]!) * 0.5;
      const inverse = 1 / Math.sqrt(slopeX * slopeX + slopeY * slopeY + 1);
      const facing = (light.z - slopeX * light.x - slopeY * light.y) * inverse;
      const lit = light.ambient + ((1 - light.ambient) * (facing > 0 ? facing : 0)) / light.z;
      const along = (dx * cosine + dy * sine) * unit;
      const across = ((-dx * sine + dy * cosine) * unit) / pose.tilt;
      const lean = slopeX * towardsX + slopeY * towardsY;
      const room = ((dx * towardsX + dy * towardsY) / size) * 4 + metal.phase - BEND * lean;
      const tone = toneOf(
        along,
        across,
        towardsX * cosine + towardsY * sine,
        towardsY * cosine - towardsX * sine,
        room,
        metal,
      );
      const level = (lit * tone) / FACE_GREY;
      pixels[p] = pixels[p]! * metal.color[0] * level;
      pixels[p + 1] = pixels[p + 1]! * metal.color[1] * level;
      pixels[p + 2] = pixels[p + 2]! * metal.color[2] * level;
    }
  }
  return image;
}

type Tone = (
  along: number,
  across: number,
  lightAlong: number,
  lightAcross: number,
  room: number,
  metal: Metal,
) => number;

const turnedTone: Tone = (along, across, lightAlong, lightAcross, room, metal) => {
  const radius = Math.sqrt(along * along + across * across) + 0.001;
  // Component of the light along the tool marks, which run around the middle.
  const along1 = (-across * lightAlong + along * lightAcross) / radius;
  const shine = 1 - along1 * along1;
  const groove = grain()[(radius * 2.2) & GRAIN_MASK]!;
  return (
    0.78 +
    metal.contrast * (0.75 * shine * shine * shine - 0.22) +
    0.12 * metal.contrast * Math.sin(room) +
    0.045 * metal.marks * groove * (0.4 + shine)
  );
};

const brushedTone: Tone = (along, across, _lightAlong, _lightAcross, room, metal) =>
  0.86 +
  metal.contrast * 0.3 * Math.sin(room) +
  metal.contrast * 0.1 * Math.sin(room * 2.3 + 1) +
  metal.marks * 0.05 * cloudAt(along * 0.04, across * 2.7) +
  metal.marks * 0.09 * cloudAt(along * 0.13 + 90, across * 17.7);

const castTone: Tone = (along, across, _lightAlong, _lightAcross, room, metal) =>
  0.84 +
  metal.contrast * 0.16 * Math.sin(room) +
  (0.04 + 0.07 * metal.marks) * cloudAt(along * 5.1, across * 5.1) +
  0.03 * cloudAt(along * 0.7, across * 0.7);
