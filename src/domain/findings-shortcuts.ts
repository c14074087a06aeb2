/**
 * Findings about what a class has in common that is not what it shows: one background, one picture
 * size. A model takes such a shortcut gladly, scores well on photos taken the same way, and fails on
 * the first one that is not. Only what tells a class from the others counts: where all classes lie on
 * the same table there is nothing to cheat with.
 */
import type { Finding } from './finding.ts';
import type { ClassInfo, Photo } from './photo.ts';

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

export function shortcutFindings(
  classes: readonly ClassInfo[],
  photos: readonly Photo[],
): readonly Finding[] {
  const ofClass = new Map<string, Photo[]>(classes.map((info) => [info.id, []]));
  for (const photo of photos) ofClass.get(photo.classId)?.push(photo);
  const filled = [...ofClass].filter(([, list]) => list.length > 0);
  if (filled.length < 2) return [];
  return filled.flatMap(([classId, own]) => {
    if (own.length < FEWEST_ALIKE) return [];
    const others = photos.filter(
      (photo) => photo.classId !== classId && ofClass.has(photo.classId),
    );
    return [
      ...report('same-background', classId, own, others, sharedBackground(own)),
      ...report('same-size', classId, own, others, sharedSize(own)),
    ];
  });
}

interface Trait {
  readonly has: (photo: Photo) => boolean;
  readonly figures: Finding['figures'];
}

function report(
  kind: 'same-background' | 'same-size',
  classId: string,
  own: readonly Photo[],
  others: readonly Photo[],
  trait: Trait | null,
): readonly Finding[] {
  if (trait === null) return [];
  const alike = own.filter(trait.has);
  const alikeElsewhere = others.filter(trait.has).length;
  if (alike.length < ALIKE_SHARE * own.length) return [];
  if (alikeElsewhere > OTHERS_SHARE * others.length) return [];
  const photoIds = alike.map((photo) => photo.id);
  const figures = { ...trait.figures, alike: alike.length, photos: own.length };
  return [
    { id: `${kind}/${classId}`, kind, photoIds, sets: [photoIds], classIds: [classId], figures },
  ];
}

function sharedBackground(own: readonly Photo[]): Trait | null {
  const borders = own.flatMap((photo) => borderOf(photo) ?? []);
  if (borders.length < ALIKE_SHARE * own.length) return null;
  const middle = [0, 1, 2].map((channel) => medianOf(borders.map(({ rgb }) => rgb[channel] ?? 0)));
  const [red = 0, green = 0, blue = 0] = middle;
  const has = (photo: Photo): boolean => {
    const border = borderOf(photo);
    if (border === null || border.spread > PLAIN_SPREAD) return false;
    return distance(border.rgb, [red, green, blue]) <= SAME_COLOUR;
  };
  return { has, figures: { red, green, blue } };
}

function sharedSize(own: readonly Photo[]): Trait | null {
  const counts = new Map<string, { photo: Photo; count: number }>();
  for (const photo of own) {
    const key = `${String(photo.width)}x${String(photo.height)}`;
    const entry = counts.get(key);
    if (entry === undefined) counts.set(key, { photo, count: 1 });
    else entry.count += 1;
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  if (most === undefined) return null;
  const { width, height } = most.photo;
  return {
    has: (photo) => photo.width === width && photo.height === height,
    figures: { width, height },
  };
}

/** A record from a file edited by hand may hold anything. */
function borderOf({ stats }: Photo): { readonly rgb: Rgb; readonly spread: number } | null {
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

function distance(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
