/**
 * Findings about what a class has in common that is not what it shows: one background, one picture
 * size. A model takes such a shortcut gladly, scores well on photos taken the same way, and fails on
 * the first one that is not. Only what tells a class from the others counts: where all classes lie on
 * the same table there is nothing to cheat with.
 */
import { isFinding, type Finding } from './finding.ts';
import type { ClassId, ClassInfo, Photo } from './photo.ts';

/** Below this many photos anything can be alike by chance. */
export const FEWEST_ALIKE = 8;
/** Of a class, the share that has to be alike; of the others, the share that may be like it. */
export const ALIKE_SHARE = 0.9;
export const OTHERS_SHARE = 0.1;
/** Distance in RGB (each 0 to 1) within which two borders are the same background. */
export const SAME_COLOUR = 0.12;
/** A border that varies more than this is no plain background. */
export const PLAIN_SPREAD = 0.16;

type Rgb = readonly [number, number, number];

interface Measured {
  readonly photo: Photo;
  readonly border: { readonly rgb: Rgb; readonly spread: number } | null;
}

export function shortcutFindings(
  classes: readonly ClassInfo[],
  photos: readonly Photo[],
): readonly Finding[] {
  const ofClass = new Map<ClassId, Measured[]>(classes.map((info) => [info.id, []]));
  for (const photo of photos) {
    ofClass.get(photo.classId)?.push({ photo, border: borderOf(photo) });
  }
  const filled = [...ofClass].filter(([, list]) => list.length > 0);
  if (filled.length < 2) return [];
  return filled.flatMap(([classId, own]) => {
    if (own.length < FEWEST_ALIKE) return [];
    return [
      report('same-background', classId, filled, sharedBackground(own)),
      report('same-size', classId, filled, sharedSize(own)),
    ].filter(isFinding);
  });
}

interface Trait {
  readonly has: (measured: Measured) => boolean;
  readonly figures: Finding['figures'];
}

function report(
  kind: 'same-background' | 'same-size',
  classId: ClassId,
  filled: readonly (readonly [ClassId, readonly Measured[]])[],
  trait: Trait | null,
): Finding | null {
  if (trait === null) return null;
  const own = filled.find(([id]) => id === classId)?.[1] ?? [];
  const alike = own.filter(trait.has);
  // Most classes are through here, and the others need not be looked at.
  if (alike.length < ALIKE_SHARE * own.length) return null;
  let others = 0;
  let alikeElsewhere = 0;
  for (const [id, list] of filled) {
    if (id === classId) continue;
    others += list.length;
    for (const each of list) if (trait.has(each)) alikeElsewhere += 1;
  }
  if (alikeElsewhere > OTHERS_SHARE * others) return null;
  const photoIds = alike.map(({ photo }) => photo.id);
  const figures = { ...trait.figures, alike: alike.length, photos: own.length };
  const id = `${kind}/${classId}`;
  return { id, kind, photoIds, sets: [photoIds], classIds: [classId], figures };
}

function sharedBackground(own: readonly Measured[]): Trait | null {
  const borders = own.flatMap(({ border }) => border ?? []);
  if (borders.length < ALIKE_SHARE * own.length) return null;
  const middle = [0, 1, 2].map((channel) => medianOf(borders.map(({ rgb }) => rgb[channel] ?? 0)));
  const [red = 0, green = 0, blue = 0] = middle;
  const has = ({ border }: Measured): boolean =>
    border !== null &&
    border.spread <= PLAIN_SPREAD &&
    isNear(border.rgb, [red, green, blue], SAME_COLOUR);
  return { has, figures: { red, green, blue } };
}

function sharedSize(own: readonly Measured[]): Trait | null {
  const counts = new Map<number, { photo: Photo; count: number }>();
  for (const { photo } of own) {
    const key = photo.width * LARGEST_SIDE + photo.height;
    const entry = counts.get(key);
    if (entry === undefined) counts.set(key, { photo, count: 1 });
    else entry.count += 1;
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  if (most === undefined) return null;
  const { width, height } = most.photo;
  return {
    has: ({ photo }) => photo.width === width && photo.height === height,
    figures: { width, height },
  };
}

/** More than any stored side, so that width and height make one number. */
const LARGEST_SIDE = 2 ** 20;

/** A record from a file edited by hand may hold anything. */
function borderOf({ stats }: Photo): Measured['border'] {
  const { border } = stats;
  if (border === undefined) return null;
  const { rgb, spread } = border as { readonly rgb: unknown; readonly spread: unknown };
  if (!Array.isArray(rgb) || !isNumber(spread)) return null;
  const [red, green, blue] = rgb as readonly unknown[];
  if (!isNumber(red) || !isNumber(green) || !isNumber(blue)) return null;
  return { rgb: [red, green, blue], spread };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isNear(a: Rgb, b: Rgb, limit: number): boolean {
  const [red, green, blue] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  return red * red + green * green + blue * blue <= limit * limit;
}

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
