/** What objects lie on: table wood, soil, cloth, paper, stone, a cutting mat. Painted pixel by pixel. */
import type { Random } from '../../../domain/random.ts';
import { between, happens, pick, wholeBetween } from './chance.ts';
import { hsl, mix, vary, type Rgb } from './color.ts';
import type { Easel } from './easel.ts';
import type { Light } from './light.ts';
import { cloudAt, grain, GRAIN_MASK } from './noise.ts';

export type Ground = 'wood' | 'soil' | 'cloth' | 'paper' | 'stone' | 'mat';

/**
 * A ground gives, for a place in its own rotated coordinates (pixels at 320 px), how far it is from
 * its dark colour (0) to its light colour (1). Outside 0 to 1 is cut off.
 */
interface Texture {
  readonly dark: Rgb;
  readonly light: Rgb;
  /** Standard deviation of the finest texture, in shares of the way from dark to light. */
  readonly roughness: number;
  toneAt(u: number, v: number): number;
}

/** `calm` 0 to 1 flattens the texture towards an even colour: an easy picture has a quiet ground. */
export function paintBackground(
  easel: Easel,
  random: Random,
  ground: Ground,
  light: Light,
  calm: number,
): void {
  const texture = createTexture(random, ground, light);
  const { size, scene, plate } = easel;
  // The plate is filled for good by `fixScene`; until then it serves as working space.
  const pixels = plate.data;
  const angle = between(random, 0, 2 * Math.PI);
  const zoom = (320 / size) * between(random, 0.8, 1.25);
  const alongX = Math.cos(angle) * zoom;
  const alongY = Math.sin(angle) * zoom;
  const originU = between(random, 0, 1000);
  const originV = between(random, 0, 1000);
  const rough = grain();
  let roughAt = random.int(GRAIN_MASK);
  const { dark } = texture;
  const liveliness = 1 - calm;
  const reach = [
    texture.light[0] - dark[0],
    texture.light[1] - dark[1],
    texture.light[2] - dark[2],
  ] as const;
  // Every second pixel of every second row; between them the tone is interpolated. A ground is
  // rarely in perfect focus, and textures are the dearest part of a picture.
  const half = (size >> 1) + 2;
  const tones = easel.spare[0];
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      const u = originU + 2 * (x * alongX - y * alongY);
      const v = originV + 2 * (x * alongY + y * alongX);
      tones[y * half + x] = MIDDLE_TONE * calm + liveliness * texture.toneAt(u, v);
    }
  }
  const roughness = liveliness * texture.roughness;
  for (let y = 0; y < size; y++) {
    const row = (y >> 1) * half;
    const nextRow = row + (y & 1) * half;
    for (let x = 0; x < size; x++) {
      const column = x >> 1;
      const nextColumn = column + (x & 1);
      roughAt = (roughAt + 1) & GRAIN_MASK;
      let tone =
        0.25 *
          (tones[row + column]! +
            tones[row + nextColumn]! +
            tones[nextRow + column]! +
            tones[nextRow + nextColumn]!) +
        roughness * rough[roughAt]!;
      tone = tone < 0 ? 0 : tone > 1 ? 1 : tone;
      const p = (y * size + x) * 4;
      pixels[p] = dark[0] + reach[0] * tone;
      pixels[p + 1] = dark[1] + reach[1] * tone;
      pixels[p + 2] = dark[2] + reach[2] * tone;
      pixels[p + 3] = 255;
    }
  }
  scene.context.putImageData(plate, 0, 0);
}

/** How quiet the ground of a picture of this difficulty is. */
export function calmFor(difficulty: number): number {
  return Math.max(0, 0.85 - difficulty);
}

/** Where every texture is on average, roughly. */
const MIDDLE_TONE = 0.62;

function createTexture(random: Random, ground: Ground, light: Light): Texture {
  switch (ground) {
    case 'wood':
      return wood(random);
    case 'soil':
      return soil(random, light);
    case 'cloth':
      return cloth(random, light);
    case 'paper':
      return paper(random);
    case 'stone':
      return stone(random, light);
    case 'mat':
      return mat(random);
  }
}

/** Growth rings cut lengthwise: a warped wave across the grain, long fibres, seams between boards. */
function wood(random: Random): Texture {
  const base = pick<Rgb>(random, [
    [176, 128, 82],
    [148, 100, 62],
    [205, 166, 118],
    [110, 74, 50],
    [190, 158, 128],
  ]);
  const light = vary(random, base, 8);
  const ringWidth = between(random, 9, 26);
  const wander = between(random, 6, 22);
  const board = happens(random, 0.5) ? between(random, 90, 200) : Number.POSITIVE_INFINITY;
  return {
    light: mix(light, [255, 240, 215], 0.12),
    dark: mix(light, [40, 22, 12], 0.62),
    roughness: 0.03,
    toneAt(u, v) {
      const plank = Math.floor(v / board);
      const inPlank = v - plank * board;
      const shift = Number.isFinite(board) ? plank * 77 : 0;
      const ring = Math.sin(
        ((v + wander * cloudAt(u * 0.06 + shift, v * 0.35 + shift)) / ringWidth) * 6.28,
      );
      const fibre = cloudAt(u * 0.05 + shift, v * 2.3);
      const seam = inPlank < 2 || board - inPlank < 1 ? 0.5 : 0;
      return 0.66 + 0.13 * ring + 0.3 * fibre - seam;
    },
  };
}

/** Crumbs of several sizes, lit from the side. */
function soil(random: Random, light: Light): Texture {
  const hue = between(random, 18, 34);
  const saturation = between(random, 18, 40);
  const relief = between(random, 1.4, 2.4);
  return {
    dark: hsl(hue, saturation, 5),
    light: hsl(hue + 4, saturation * 0.8, between(random, 38, 54)),
    roughness: 0.1,
    toneAt(u, v) {
      const clod = cloudAt(u * 1.1, v * 1.1);
      const lit = clod - cloudAt(u * 1.1 + light.x * 3, v * 1.1 + light.y * 3);
      return 0.42 + 0.35 * clod + relief * 0.4 * lit + 0.22 * cloudAt(u * 4.3, v * 4.3);
    },
  };
}

/** A weave of two threads over large folds; sometimes checked or striped. */
function cloth(random: Random, light: Light): Texture {
  const hue = between(random, 0, 360);
  const color = happens(random, 0.35)
    ? hsl(38, between(random, 8, 25), between(random, 70, 86))
    : hsl(hue, between(random, 12, 50), between(random, 32, 66));
  const thread = (2 * Math.PI) / between(random, 5, 8);
  const stripe = between(random, 16, 44);
  const stripes = wholeBetween(random, 0, 3);
  const folds = between(random, 0.2, 0.9);
  return {
    dark: mix(color, [10, 10, 20], 0.62),
    light: mix(color, [255, 255, 250], 0.3),
    roughness: 0.05,
    toneAt(u, v) {
      const weave = Math.sin(u * thread) * Math.sin(v * thread);
      const fold = cloudAt(u * 0.16, v * 0.16);
      const lit = fold - cloudAt(u * 0.16 + light.x * 2.5, v * 0.16 + light.y * 2.5);
      let tone = 0.62 + 0.1 * weave + folds * lit + 0.12 * fold;
      if (stripes >= 2 && (u / stripe) % 2 < 1) tone -= 0.16;
      if (stripes === 3 && (v / stripe) % 2 < 1) tone -= 0.16;
      return tone;
    },
  };
}

/** Plain, ruled or squared paper, or coloured card. */
function paper(random: Random): Texture {
  const tinted = happens(random, 0.3);
  const color = tinted
    ? hsl(between(random, 0, 360), between(random, 15, 45), between(random, 62, 84))
    : hsl(between(random, 35, 60), between(random, 4, 30), between(random, 84, 95));
  const ruled = tinted ? 0 : wholeBetween(random, 0, 3);
  const spacing = between(random, 13, 24);
  return {
    dark: mix(color, [60, 75, 120], 0.5),
    light: mix(color, [255, 255, 255], 0.15),
    roughness: 0.025,
    toneAt(u, v) {
      let tone = 0.82 + 0.07 * cloudAt(u * 0.4, v * 0.4) + 0.05 * cloudAt(u * 3, v * 3);
      if (ruled >= 2 && v - Math.floor(v / spacing) * spacing < 1.7) tone -= 0.42;
      if (ruled === 3 && u - Math.floor(u / spacing) * spacing < 1.7) tone -= 0.42;
      return tone;
    },
  };
}

/** Slate, concrete, granite: clouds, pits and specks. */
function stone(random: Random, light: Light): Texture {
  const hue = between(random, 20, 240);
  const lightness = between(random, 42, 76);
  const specks = happens(random, 0.5) ? between(random, 0.06, 0.16) : 0.05;
  return {
    dark: hsl(hue, 6, lightness * 0.32),
    light: hsl(hue, 7, lightness * 1.2),
    roughness: specks,
    toneAt(u, v) {
      const pit = cloudAt(u * 1.7, v * 1.7);
      const lit = pit - cloudAt(u * 1.7 + light.x * 2, v * 1.7 + light.y * 2);
      return 0.6 + 0.26 * cloudAt(u * 0.3, v * 0.3) + 0.12 * pit + 0.42 * lit;
    },
  };
}

/** A rubber or cutting mat: nearly even, sometimes with a printed grid. */
function mat(random: Random): Texture {
  const color = pick<Rgb>(random, [
    [44, 92, 78],
    [38, 40, 44],
    [52, 66, 104],
    [96, 98, 102],
    [104, 50, 46],
  ]);
  const grid = happens(random, 0.5);
  const spacing = between(random, 26, 44);
  return {
    dark: mix(vary(random, color, 6), [0, 0, 0], 0.35),
    light: mix(color, [255, 255, 255], 0.42),
    roughness: 0.045,
    toneAt(u, v) {
      let tone = 0.36 + 0.12 * cloudAt(u * 0.5, v * 0.5) + 0.08 * cloudAt(u * 3.7, v * 3.7);
      if (!grid) return tone;
      if (v - Math.floor(v / spacing) * spacing < 1.6) tone += 0.3;
      if (u - Math.floor(u / spacing) * spacing < 1.6) tone += 0.3;
      return tone;
    },
  };
}
