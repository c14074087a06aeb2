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
  const isInside = (at: number): boolean => outlineAt !== null && (values[at] ?? 0) >= outlineAt;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = y * size + x;
      const value = values[at] ?? 0;
      const share = scale > 0 ? Math.min(1, Math.abs(value) / scale) : 0;
      let colour = value >= 0 ? colours.pro : colours.contra;
      let alpha = 255 * strength * share;
      if (outlineAt !== null && isOnLine(isInside, x, y, size)) {
        colour = isInside(at) ? colours.lineInside : colours.lineOutside;
        alpha = 230;
      }
      pixels.set(colour, 4 * at);
      pixels[4 * at + 3] = alpha;
    }
  }
  return pixels;
}

/** Whether the line runs between this pixel and one beside it. */
function isOnLine(isInside: (at: number) => boolean, x: number, y: number, size: number): boolean {
  const own = isInside(y * size + x);
  return (
    (x > 0 && isInside(y * size + x - 1) !== own) ||
    (x < size - 1 && isInside(y * size + x + 1) !== own) ||
    (y > 0 && isInside((y - 1) * size + x) !== own) ||
    (y < size - 1 && isInside((y + 1) * size + x) !== own)
  );
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
