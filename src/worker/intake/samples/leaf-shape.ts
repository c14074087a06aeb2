/** The form of a leaf: a bent midrib, a blade of varying width, a margin and side veins. */
import type { Random } from '../../../domain/random.ts';
import { between, pick, sign, wholeBetween } from './chance.ts';
import type { Point } from './point.ts';

type Margin = 'entire' | 'serrate' | 'lobed';

interface Species {
  /** Greatest half-width in shares of the length. */
  readonly halfWidth: readonly [number, number];
  /** Exponents of t and 1 - t: where the blade is widest and how pointed its ends are. */
  readonly base: readonly [number, number];
  readonly tip: readonly [number, number];
  readonly margin: Margin;
  readonly veinPairs: readonly [number, number];
}

const SPECIES: readonly [Species, ...Species[]] = [
  // Like beech or dogwood.
  {
    halfWidth: [0.27, 0.34],
    base: [0.6, 0.75],
    tip: [0.75, 0.95],
    margin: 'entire',
    veinPairs: [6, 8],
  },
  // Like willow or peach.
  {
    halfWidth: [0.12, 0.19],
    base: [0.6, 0.8],
    tip: [0.8, 1.1],
    margin: 'entire',
    veinPairs: [8, 11],
  },
  // Like birch, cherry or elm.
  {
    halfWidth: [0.25, 0.34],
    base: [0.4, 0.6],
    tip: [0.95, 1.3],
    margin: 'serrate',
    veinPairs: [6, 9],
  },
  // Like lime or lilac: heart-shaped.
  {
    halfWidth: [0.36, 0.44],
    base: [0.28, 0.36],
    tip: [0.9, 1.2],
    margin: 'entire',
    veinPairs: [5, 7],
  },
  // Like rose or apple.
  {
    halfWidth: [0.29, 0.37],
    base: [0.55, 0.65],
    tip: [0.6, 0.75],
    margin: 'serrate',
    veinPairs: [6, 8],
  },
  // Like oak.
  {
    halfWidth: [0.26, 0.33],
    base: [0.85, 1.05],
    tip: [0.42, 0.55],
    margin: 'lobed',
    veinPairs: [5, 6],
  },
];

export interface LeafForm {
  /** Length of the blade in pixels. */
  readonly length: number;
  readonly outline: readonly Point[];
  /** Midrib from the base of the blade to its tip. */
  readonly midrib: readonly Point[];
  /** Side veins, each from midrib to margin as start, control and end of a quadratic curve. */
  readonly veins: readonly (readonly [Point, Point, Point])[];
  /** End of the stalk; the blade starts at midrib[0]. */
  readonly stalkEnd: Point;
  /** The outline of one half only, for the fold along the midrib. */
  readonly rightHalf: readonly Point[];
  /** Place on the blade: `along` 0 base to 1 tip; `across` -1 to 1, margin to margin. */
  at(along: number, across: number): Point;
}

/**
 * A leaf of a random species. `centre` in pixels, `length` of the blade in pixels, `angle` of the
 * midrib in radians.
 */
export function createLeafForm(
  random: Random,
  centre: Point,
  length: number,
  angle: number,
): LeafForm {
  const species = pick(random, SPECIES);
  const halfWidth = between(random, ...species.halfWidth) * length * between(random, 0.82, 1.05);
  const base = between(random, ...species.base);
  const tip = between(random, ...species.tip);
  const pairs = wholeBetween(random, ...species.veinPairs);
  const bend = between(random, 0.01, 0.1) * sign(random);
  const asymmetry = random.normal() * 0.04;

  // t^base (1 - t)^tip reaches 1 at t = base / (base + tip) after division by this peak.
  const widest = base / (base + tip);
  const peak = widest ** base * (1 - widest) ** tip;
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);

  const spine = (along: number): Point => {
    const forward = (along - 0.5) * length;
    const sideways = bend * length * (4 * along * (1 - along) - 0.5);
    return {
      x: centre.x + forward * cosine - sideways * sine,
      y: centre.y + forward * sine + sideways * cosine,
    };
  };
  const smoothWidth = (along: number): number =>
    along <= 0 || along >= 1 ? 0 : (halfWidth * along ** base * (1 - along) ** tip) / peak;
  const at = (along: number, across: number): Point => {
    const middle = spine(along);
    const tilt = Math.atan(bend * (4 - 8 * along));
    const width = smoothWidth(along) * across * (1 + asymmetry * Math.sign(across));
    return {
      x: middle.x - Math.sin(angle + tilt) * width,
      y: middle.y + Math.cos(angle + tilt) * width,
    };
  };
  const margin = createMargin(random, species.margin, pairs);
  const right = traceSide(at, margin, 1);
  const left = traceSide(at, margin, -1);
  const midrib = Array.from({ length: 25 }, (_, index) => spine(index / 24));
  const stalk = length * between(random, 0.1, 0.28);
  const start = spine(0);
  const swing = angle + bend * 4 + random.normal() * 0.15;
  return {
    length,
    outline: [...right, ...left.reverse()],
    midrib,
    veins: layVeins(spine, at, pairs, 0.12 + 0.3 * (halfWidth / length)),
    stalkEnd: { x: start.x - Math.cos(swing) * stalk, y: start.y - Math.sin(swing) * stalk },
    rightHalf: [...right, ...midrib.slice().reverse()],
    at,
  };
}

type PlaceOnBlade = LeafForm['at'];

interface MarginLine {
  /** Steps from base to tip that follow its corners. */
  readonly steps: number;
  /** Factor on the width of the blade. */
  widthAt(along: number): number;
}

function createMargin(random: Random, kind: Margin, veinPairs: number): MarginLine {
  const phase = between(random, 0, 2 * Math.PI);
  switch (kind) {
    case 'serrate': {
      const teeth = wholeBetween(random, 16, 30);
      const depth = between(random, 0.05, 0.12);
      return {
        steps: teeth * 3,
        widthAt: (along) => 1 + depth * (along * teeth - Math.floor(along * teeth) - 0.5),
      };
    }
    case 'lobed': {
      const depth = between(random, 0.16, 0.26);
      return {
        steps: 72,
        widthAt: (along) => 1 + depth * Math.cos(along * veinPairs * 2 * Math.PI + 2.4),
      };
    }
    case 'entire':
      return { steps: 72, widthAt: (along) => 1 + 0.012 * Math.sin(along * 23 + phase) };
  }
}

function traceSide(at: PlaceOnBlade, margin: MarginLine, side: 1 | -1): Point[] {
  return Array.from({ length: margin.steps + 1 }, (_, index) => {
    const along = index / margin.steps;
    // A little ahead, so that rounding never puts a tooth's corner on the wrong side of its edge.
    return at(along, side * margin.widthAt(Math.min(0.9999, along + 0.0001)));
  });
}

/** Side veins leave the midrib in alternation and bend towards the tip; `rise` is how far along. */
function layVeins(
  spine: (along: number) => Point,
  at: PlaceOnBlade,
  pairs: number,
  rise: number,
): LeafForm['veins'] {
  const veins: (readonly [Point, Point, Point])[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    for (const side of [1, -1] as const) {
      const start = 0.04 + (0.82 * (pair + (side === 1 ? 0.25 : 0))) / pairs;
      const end = Math.min(0.97, start + rise);
      veins.push([
        spine(start),
        at(start + (end - start) * 0.45, side * 0.5),
        at(end, side * 0.94),
      ]);
    }
  }
  return veins;
}

export function tracePath(
  context: OffscreenCanvasRenderingContext2D,
  points: readonly Point[],
  closed: boolean,
): void {
  context.beginPath();
  points.forEach((point, index) => {
    if (index === 0) context.moveTo(point.x, point.y);
    else context.lineTo(point.x, point.y);
  });
  if (closed) context.closePath();
}
