/**
 * Lights a painted object: colours times Lambert's law on the normals of its height map, plus a
 * Blinn–Phong highlight (Blinn, SIGGRAPH 1977). This is what makes veins, dents, pustules and pores
 * agree with the direction of the light, which hand-placed gradients never do.
 */
import type { Easel } from './easel.ts';
import type { Light } from './light.ts';
import { cloudAt } from './noise.ts';

export interface Matte {
  /** Strength of the highlight, 0 none to 1. */
  readonly gloss: number;
  /** Highlight exponent is 2 to this power: 2 broad sheen, 6 wet. */
  readonly sharpness: number;
  /** Share by which colour wanders over the surface, and the size of its patches in pixels. */
  readonly mottle: number;
  readonly mottleSize: number;
  /** Place in the noise tile, so that each object wanders differently. */
  readonly mottleAt: number;
}

/** Pixels of height that the difference between mid grey and white stands for, at 320 px. */
const RELIEF_DEPTH = 5;

/** Adds the fine relief to `easel.height` and returns the unlit colours, to be lit. */
export function gatherObject(easel: Easel): ImageData {
  const { size, height } = easel;
  const greys = easel.relief.context.getImageData(0, 0, size, size).data;
  const scale = (RELIEF_DEPTH * size) / 320 / 127;
  for (let at = 0; at < height.length; at++) height[at]! += (greys[at * 4]! - 128) * scale;
  return easel.object.context.getImageData(0, 0, size, size);
}

/** Returns the lit object, transparent around it. */
export function shadeMatte(easel: Easel, light: Light, matte: Matte): ImageData {
  const image = gatherObject(easel);
  const { size, height } = easel;
  const pixels = image.data;
  const halfway = halfwayVector(light);
  const flatLight = light.z;
  for (let y = 1; y < size - 1; y++) {
    for (let x = 1; x < size - 1; x++) {
      const at = y * size + x;
      const p = at * 4;
      if (pixels[p + 3] === 0) continue;
      const slopeX = (height[at + 1]! - height[at - 1]!) * 0.5;
      const slopeY = (height[at + size]! - height[at - size]!) * 0.5;
      const inverse = 1 / Math.sqrt(slopeX * slopeX + slopeY * slopeY + 1);
      const facing = (light.z - slopeX * light.x - slopeY * light.y) * inverse;
      const direct = facing > 0 ? facing / flatLight : 0;
      let lit = light.ambient + (1 - light.ambient) * direct;
      if (matte.mottle > 0) {
        lit *=
          1 + matte.mottle * cloudAt(x / matte.mottleSize + matte.mottleAt, y / matte.mottleSize);
      }
      let shine = (halfway.z - slopeX * halfway.x - slopeY * halfway.y) * inverse;
      shine = shine > 0 ? shine : 0;
      for (let power = 0; power < matte.sharpness; power++) shine *= shine;
      const glint = 255 * matte.gloss * shine;
      pixels[p] = pixels[p]! * lit + glint;
      pixels[p + 1] = pixels[p + 1]! * lit + glint;
      pixels[p + 2] = pixels[p + 2]! * lit + glint;
    }
  }
  return image;
}

/** Unit vector halfway between the light and the eye, which looks along -z. */
function halfwayVector(light: Light): { x: number; y: number; z: number } {
  const length = Math.hypot(light.x, light.y, light.z + 1);
  return { x: light.x / length, y: light.y / length, z: (light.z + 1) / length };
}

/**
 * Raises `easel.height` inside the outline: a chamfer about `2 * radius` pixels wide and `amount`
 * pixels high around every edge. `pixels` are the object's; only their alpha counts.
 */
export function chamferEdges(
  easel: Easel,
  pixels: Uint8ClampedArray,
  radius: number,
  amount: number,
): void {
  const { size, height } = easel;
  const [mask, scratch] = easel.spare;
  for (let at = 0; at < mask.length; at++) mask[at] = pixels[at * 4 + 3]! / 255;
  boxBlur(mask, scratch, size, radius);
  for (let at = 0; at < mask.length; at++) height[at]! += mask[at]! * amount;
}

/** Mean over a square of side 2 * radius + 1, in place; outside counts as the nearest pixel. */
export function boxBlur(
  plane: Float32Array,
  scratch: Float32Array,
  size: number,
  radius: number,
): void {
  const reach = Math.max(1, Math.round(radius));
  blurLines(plane, scratch, size, reach, size, 1);
  blurLines(scratch, plane, size, reach, 1, size);
}

function blurLines(
  from: Float32Array,
  to: Float32Array,
  size: number,
  reach: number,
  lineStep: number,
  step: number,
): void {
  const weight = 1 / (2 * reach + 1);
  for (let line = 0; line < size; line++) {
    const start = line * lineStep;
    const last = start + (size - 1) * step;
    let sum = from[start]! * (reach + 1);
    for (let ahead = 1; ahead <= reach; ahead++)
      sum += from[start + Math.min(ahead, size - 1) * step]!;
    for (let index = 0; index < size; index++) {
      to[start + index * step] = sum * weight;
      const entering = start + (index + reach + 1) * step;
      const leaving = start + (index - reach) * step;
      sum += from[entering > last ? last : entering]! - from[leaving < start ? start : leaving]!;
    }
  }
}
