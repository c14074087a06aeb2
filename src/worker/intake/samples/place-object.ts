/** Puts a lit object into the picture with the shadow that the light asks for. */
import type { Easel } from './easel.ts';
import type { Light } from './light.ts';
import { boxBlur } from './relief.ts';

export interface Placing {
  /** Distance of the object from what it lies on, in pixels at 320 px. */
  readonly lift: number;
  /** 0 no shadow to 1 black. */
  readonly shadow: number;
}

/**
 * Composites a lit object, [size * size * 4], over `easel.plate`. The canvas' own shadows would do, but cost as much
 * as the rest of the picture; here the shadow is computed at half the size.
 */
export function placeObject(easel: Easel, lit: ImageData, light: Light, placing: Placing): void {
  const { size } = easel;
  const object = lit.data;
  const shadow = castShadow(easel, object, light, placing);
  const half = halfOf(size);
  const plate = easel.plate.data;
  for (let y = 0; y < size; y++) {
    const row = (y >> 1) * half;
    const nextRow = Math.min(half - 1, (y + 1) >> 1) * half;
    for (let x = 0; x < size; x++) {
      const p = (y * size + x) * 4;
      const alpha = object[p + 3]! / 255;
      const column = x >> 1;
      const nextColumn = Math.min(half - 1, (x + 1) >> 1);
      const dark =
        shadow[row + column]! +
        shadow[row + nextColumn]! +
        shadow[nextRow + column]! +
        shadow[nextRow + nextColumn]!;
      if (alpha === 0 && dark === 0) continue;
      const ground = (1 - dark * 0.25) * (1 - alpha);
      plate[p] = plate[p]! * ground + object[p]! * alpha;
      plate[p + 1] = plate[p + 1]! * ground + object[p + 1]! * alpha;
      plate[p + 2] = plate[p + 2]! * ground + object[p + 2]! * alpha;
    }
  }
}

/**
 * Share of light that the object takes away, [half * half]: a wide soft shadow and a tight dark one
 * where the object touches the ground; one alone looks pasted on.
 */
function castShadow(
  easel: Easel,
  object: Uint8ClampedArray,
  light: Light,
  placing: Placing,
): Float32Array {
  const { size } = easel;
  const half = halfOf(size);
  const area = half * half;
  const unit = half / 160;
  const soft = easel.spare[0].subarray(0, area);
  const tight = easel.spare[0].subarray(area, 2 * area);
  const shadow = easel.spare[1].subarray(0, area);
  const scratch = easel.spare[1].subarray(area, 2 * area);
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      const mask = object[(Math.min(size - 1, 2 * y) * size + Math.min(size - 1, 2 * x)) * 4 + 3]!;
      soft[y * half + x] = mask / 255;
    }
  }
  tight.set(soft);
  boxBlur(tight, scratch, half, 1);
  const radius = (1 + placing.lift * (0.2 + 0.4 * light.ambient)) * unit;
  boxBlur(soft, scratch, half, radius);
  boxBlur(soft, scratch, half, radius);
  const reach = (placing.lift * 0.5 * unit) / Math.max(0.4, light.z);
  const farX = Math.round(light.x * reach);
  const farY = Math.round(light.y * reach);
  const nearX = Math.round(light.x * unit);
  const nearY = Math.round(light.y * unit);
  const last = half - 1;
  for (let y = 0; y < half; y++) {
    const farRow = Math.max(0, Math.min(last, y + farY)) * half;
    const nearRow = Math.max(0, Math.min(last, y + nearY)) * half;
    for (let x = 0; x < half; x++) {
      const wide = soft[farRow + Math.max(0, Math.min(last, x + farX))]!;
      const close = tight[nearRow + Math.max(0, Math.min(last, x + nearX))]!;
      shadow[y * half + x] =
        1 - (1 - 0.75 * placing.shadow * wide) * (1 - 0.5 * placing.shadow * close);
    }
  }
  return shadow;
}

/** Two such planes fit into one working plane of the easel. */
function halfOf(size: number): number {
  return size >> 1;
}
