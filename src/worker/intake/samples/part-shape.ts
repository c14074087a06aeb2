/** The machined parts: washer, gear, flange, nut, bracket, plate. Outlines in units of their radius. */
import { createRandom, type Random } from '../../../domain/random.ts';
import { between, happens, pick, wholeBetween } from './chance.ts';
import type { Point } from './point.ts';

export type Finish = 'turned' | 'brushed' | 'cast';

export interface PartForm {
  readonly finish: Finish;
  /** The silhouette with its holes (even-odd), within the unit circle. */
  readonly outline: Path2D;
  /** Faces that stand above (positive) or below the rest; the number is their height, -1 to 1. */
  readonly steps: readonly { readonly path: Path2D; readonly level: number }[];
}

/** Broad plain faces first: easy pictures choose among the first PLAIN only. */
const PLAIN = 4;
const BUILDERS: readonly [(random: Random) => PartForm, ...((random: Random) => PartForm)[]] = [
  washer,
  plate,
  flange,
  nut,
  gear,
  gear,
  bracket,
];

export function createPartForm(random: Random, difficulty: number): PartForm {
  const anyKind = pick(random, BUILDERS);
  const plainKind = BUILDERS[random.int(PLAIN)] ?? anyKind;
  const plain = random.float() > 1.3 * difficulty - 0.25;
  return (plain ? plainKind : anyKind)(createRandom(random.uint32()));
}

/** A place on the surface, in units of the radius, not in a hole. `context` is used for measuring. */
export function placeOnPart(
  context: OffscreenCanvasRenderingContext2D,
  random: Random,
  form: PartForm,
): Point {
  context.setTransform(1, 0, 0, 1, 0, 0);
  let place: Point = { x: 0.8, y: 0 };
  for (let attempt = 0; attempt < 24; attempt++) {
    const angle = between(random, 0, 2 * Math.PI);
    const distance = Math.sqrt(random.float()) * 0.92;
    place = { x: Math.cos(angle) * distance, y: Math.sin(angle) * distance };
    if (context.isPointInPath(form.outline, place.x, place.y, 'evenodd')) return place;
  }
  return place;
}

function washer(random: Random): PartForm {
  const outline = new Path2D();
  const bore = between(random, 0.3, 0.55);
  circle(outline, 0, 0, 0.98);
  circle(outline, 0, 0, bore);
  const face = new Path2D();
  circle(face, 0, 0, blendEdge(bore, 0.93));
  circle(face, 0, 0, bore + 0.05);
  const steps = happens(random, 0.6) ? [{ path: face, level: 0.5 }] : [];
  return { finish: happens(random, 0.7) ? 'turned' : 'brushed', outline, steps };
}

function gear(random: Random): PartForm {
  const teeth = wholeBetween(random, 12, 30);
  const root = 1 - between(random, 0.1, 0.17);
  const outline = new Path2D();
  toothedRing(outline, teeth, root, between(random, 0.3, 0.42));
  const bore = between(random, 0.13, 0.24);
  circle(outline, 0, 0, bore);
  const rim = root - between(random, 0.1, 0.17);
  const hub = bore + between(random, 0.1, 0.18);
  const web = new Path2D();
  circle(web, 0, 0, rim);
  circle(web, 0, 0, hub);
  const steps = [{ path: web, level: -between(random, 0.3, 0.8) }];
  const holes = wholeBetween(random, 0, 6);
  const holeRadius = Math.min((rim - hub) * 0.36, 0.16);
  if (holes >= 3 && holeRadius > 0.06) {
    ringOfHoles(outline, holes, (rim + hub) / 2, holeRadius, 0);
  }
  return { finish: pick(random, ['turned', 'turned', 'cast']), outline, steps };
}

function flange(random: Random): PartForm {
  const outline = new Path2D();
  const bore = between(random, 0.24, 0.42);
  circle(outline, 0, 0, 0.98);
  circle(outline, 0, 0, bore);
  const bolts = wholeBetween(random, 3, 8);
  ringOfHoles(outline, bolts, 0.78, between(random, 0.06, 0.1), random.float());
  const raised = new Path2D();
  circle(raised, 0, 0, between(random, 0.56, 0.62));
  circle(raised, 0, 0, bore + 0.03);
  return { finish: 'turned', outline, steps: [{ path: raised, level: between(random, 0.4, 0.9) }] };
}

function nut(random: Random): PartForm {
  const outline = new Path2D();
  polygon(outline, 6, 0.98);
  const bore = between(random, 0.4, 0.52);
  circle(outline, 0, 0, bore);
  const chamfer = new Path2D();
  circle(chamfer, 0, 0, 0.86);
  circle(chamfer, 0, 0, bore + 0.07);
  const finish = pick<Finish>(random, ['brushed', 'turned', 'cast']);
  return { finish, outline, steps: [{ path: chamfer, level: 0.5 }] };
}

/** An L with rounded ends and two to four holes. */
function bracket(random: Random): PartForm {
  const outline = new Path2D();
  const arm = between(random, 0.5, 0.68);
  const edge = 0.74;
  const inner = -edge + arm;
  const round = between(random, 0.06, 0.2);
  outline.moveTo(-edge + round, -edge);
  outline.arcTo(inner, -edge, inner, inner, round);
  outline.arcTo(inner, inner, edge, inner, round * 0.8);
  outline.arcTo(edge, inner, edge, edge, round);
  outline.arcTo(edge, edge, -edge, edge, round);
  outline.lineTo(edge - round, inner + arm);
  outline.arcTo(-edge, inner + arm, -edge, -edge, round);
  outline.arcTo(-edge, -edge, inner, -edge, round);
  outline.closePath();
  const hole = between(random, 0.09, 0.14);
  const middle = -edge + arm / 2;
  circle(outline, middle, -edge + 0.26, hole);
  circle(outline, edge - 0.26, middle + arm * 0.98, hole);
  if (happens(random, 0.5)) circle(outline, middle, middle + arm, hole * 1.3);
  return { finish: happens(random, 0.8) ? 'brushed' : 'cast', outline, steps: [] };
}

/** A rounded plate with corner holes and a slot or a window. */
function plate(random: Random): PartForm {
  const outline = new Path2D();
  const wide = between(random, 0.7, 0.8);
  const high = between(random, 0.45, 0.62);
  outline.roundRect(-wide, -high, 2 * wide, 2 * high, between(random, 0.05, 0.22));
  const hole = between(random, 0.06, 0.1);
  for (const x of [-1, 1]) {
    for (const y of [-1, 1]) circle(outline, x * (wide - 0.17), y * (high - 0.16), hole);
  }
  const steps: { path: Path2D; level: number }[] = [];
  if (happens(random, 0.5)) {
    outline.roundRect(-wide * 0.4, -0.09, wide * 0.8, 0.18, 0.09);
  } else {
    const pocket = new Path2D();
    pocket.roundRect(-wide * 0.55, -high * 0.55, wide * 1.1, high * 1.1, 0.08);
    steps.push({ path: pocket, level: -0.5 });
  }
  return { finish: happens(random, 0.8) ? 'brushed' : 'cast', outline, steps };
}

function blendEdge(bore: number, outer: number): number {
  return Math.max(bore + 0.2, outer);
}

/** A new sub-path, so that no line joins it to the one before. */
function circle(path: Path2D, x: number, y: number, radius: number): void {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, 2 * Math.PI);
  path.closePath();
}

function polygon(path: Path2D, corners: number, radius: number): void {
  for (let corner = 0; corner < corners; corner++) {
    const angle = (corner / corners) * 2 * Math.PI;
    if (corner === 0) path.moveTo(Math.cos(angle) * radius, Math.sin(angle) * radius);
    else path.lineTo(Math.cos(angle) * radius, Math.sin(angle) * radius);
  }
  path.closePath();
}

function ringOfHoles(
  path: Path2D,
  count: number,
  distance: number,
  radius: number,
  turn: number,
): void {
  for (let hole = 0; hole < count; hole++) {
    const angle = turn + (hole / count) * 2 * Math.PI;
    circle(path, Math.cos(angle) * distance, Math.sin(angle) * distance, radius);
  }
}

/** Trapezoid teeth: `land` is the share of a pitch that is full height. */
function toothedRing(path: Path2D, teeth: number, root: number, land: number): void {
  const pitch = (2 * Math.PI) / teeth;
  const corners: readonly (readonly [number, number])[] = [
    [-0.5, root],
    [-land * 0.92, root],
    [-land * 0.5, 0.99],
    [land * 0.5, 0.99],
    [land * 0.92, root],
  ];
  for (let tooth = 0; tooth < teeth; tooth++) {
    corners.forEach(([offset, radius], index) => {
      const angle = (tooth + offset) * pitch;
      const x = Math.cos(angle) * radius;
      const y = Math.sin(angle) * radius;
      if (tooth === 0 && index === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    });
  }
  path.closePath();
}
