/**
 * A coarse map of evidence as a picture to lay over a photo. Two colours of very different lightness
 * for the two signs, strength as opacity, and a line around the strongest part, so that nothing rests
 * on telling hues apart.
 */

export type Rgb = readonly [number, number, number];

export interface EvidenceColours {
  /** Evidence for the class. */
  readonly pro: Rgb;
  /** Evidence against it. */
  readonly contra: Rgb;
  /** The line: light inside, dark outside, so that one of the two shows on any photo. */
  readonly lineInside: Rgb;
  readonly lineOutside: Rgb;
}

export interface CoarseMap {
  /** [rows, columns] row-major. */
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Values above this share of the largest one are inside the line. */
export const OUTLINED_SHARE = 0.5;

/**
 * The map on a finer grid [size, size], linear between the middles of its cells and constant outside
 * them. Cells tile the whole square, as the backbone's places do.
 */
export function smoothMap({ values, rows, columns }: CoarseMap, size: number): Float32Array {
  const result = new Float32Array(size * size);
  const across = Array.from({ length: size }, (_, x) => between(x, size, columns));
  for (let y = 0; y < size; y++) {
    const { low: top, high: bottom, share: down } = between(y, size, rows);
    for (let x = 0; x < size; x++) {
      const { low, high, share } = across[x] as Between;
      const above = mix(values[top * columns + low], values[top * columns + high], share);
      const below = mix(values[bottom * columns + low], values[bottom * columns + high], share);
      result[y * size + x] = above + (below - above) * down;
    }
  }
  return result;
}

interface Between {
  readonly low: number;
  readonly high: number;
  readonly share: number;
}

function between(at: number, size: number, cells: number): Between {
  const place = Math.min(cells - 1, Math.max(0, ((at + 0.5) * cells) / size - 0.5));
  const low = Math.floor(place);
  return { low, high: Math.min(cells - 1, low + 1), share: place - low };
}

function mix(low: number | undefined, high: number | undefined, share: number): number {
  return (low ?? 0) + ((high ?? 0) - (low ?? 0)) * share;
}

/**
 * RGBA bytes [size, size, 4]. `values` [size, size]; `scale` is the value that gets full strength;
 * `strength` is the opacity there, 0 to 1. The line goes where values pass `outlineAt`; none for null.
 */
export function paintEvidence(
  values: Float32Array,
  size: number,
  options: {
    readonly scale: number;
    readonly strength: number;
    readonly outlineAt: number | null;
    readonly colours: EvidenceColours;
  },
): Uint8ClampedArray<ArrayBuffer> {
  const { scale, strength, outlineAt, colours } = options;
  const pixels = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = y * size + x;
      const value = values[at] ?? 0;
      const share = scale > 0 ? Math.min(1, Math.abs(value) / scale) : 0;
      const colour = value >= 0 ? colours.pro : colours.contra;
      pixels.set(colour, 4 * at);
      pixels[4 * at + 3] = 255 * strength * share;
      if (outlineAt !== null) {
        addLine(pixels, at, pixelsFromLine(values, size, x, y, outlineAt), colours);
      }
    }
  }
  return pixels;
}

/** How far the line reaches to each side, in pixels. */
const LINE_REACH = 1.5;
const LINE_ALPHA = 230;

/**
 * Signed distance of a pixel from where values pass `level`, in pixels, positive inside: the difference
 * over the steepest step to a pixel beside it. Infinite where the values are level.
 */
function pixelsFromLine(
  values: Float32Array,
  size: number,
  x: number,
  y: number,
  level: number,
): number {
  const at = y * size + x;
  const own = values[at] ?? 0;
  const step = (other: number): number => Math.abs((values[other] ?? 0) - own);
  const across = Math.max(x > 0 ? step(at - 1) : 0, x < size - 1 ? step(at + 1) : 0);
  const down = Math.max(y > 0 ? step(at - size) : 0, y < size - 1 ? step(at + size) : 0);
  const slope = Math.hypot(across, down);
  return slope === 0 ? Infinity : (own - level) / slope;
}

/** Lays the line over what is there, fading out at both edges and where it changes colour. */
function addLine(
  pixels: Uint8ClampedArray,
  at: number,
  distance: number,
  colours: EvidenceColours,
): void {
  const cover = Math.min(1, LINE_REACH - Math.abs(distance));
  if (!(cover > 0)) return;
  const inside = Math.min(1, Math.max(0, distance + 0.5));
  for (let channel = 0; channel < 3; channel++) {
    const line = mix(colours.lineOutside[channel], colours.lineInside[channel], inside);
    pixels[4 * at + channel] = mix(pixels[4 * at + channel], line, cover);
  }
  pixels[4 * at + 3] = mix(pixels[4 * at + 3], LINE_ALPHA, cover);
}

export const EVIDENCE_PLACES = [
  'top-left',
  'top',
  'top-right',
  'left',
  'middle',
  'right',
  'bottom-left',
  'bottom',
  'bottom-right',
] as const;
export type EvidencePlace = (typeof EVIDENCE_PLACES)[number];

/**
 * Where most of the positive evidence is, in words: the ninth of the square with its centre of
 * gravity. Null without any. `isMirrored`: as it is shown, left and right swapped.
 */
export function evidencePlace(map: CoarseMap, isMirrored = false): EvidencePlace | null {
  let sum = 0;
  let x = 0;
  let y = 0;
  map.values.forEach((value, at) => {
    if (value <= 0) return;
    sum += value;
    x += value * ((at % map.columns) + 0.5);
    y += value * (Math.floor(at / map.columns) + 0.5);
  });
  if (sum <= 0) return null;
  const across = isMirrored ? 1 - x / sum / map.columns : x / sum / map.columns;
  // The centre of gravity seldom leaves the middle by much: narrower than thirds.
  const third = (share: number): number => (share < 0.42 ? 0 : share > 0.58 ? 2 : 1);
  return EVIDENCE_PLACES[3 * third(y / sum / map.rows) + third(across)] ?? null;
}
