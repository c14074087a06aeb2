/**
 * Draws the app's icons: two loss curves that start together and part, training in solid blue,
 * validation in dashed orange. Run with `npm run icons` after changing the drawing.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { fromRoot } from './repository.ts';

type Point = readonly [x: number, y: number];
type Bezier = readonly [Point, Point, Point, Point];
type Rgb = readonly [number, number, number];

/** Side of the drawing in its own units; every length below is in them. */
const CANVAS = 512;
const CORNER_RADIUS = 112;
const STROKE_WIDTH = 44;
/** Along the curve: painted, then left out. With round ends the painted part looks a width longer. */
const DASH = { on: 32, off: 72 } as const;
const BACKGROUND: Rgb = [16, 24, 43];
const TRAINING: Rgb = [74, 163, 255];
const VALIDATION: Rgb = [255, 159, 67];

const TRAINING_CURVE: readonly Bezier[] = [
  [
    [100, 100],
    [122, 300],
    [206, 404],
    [412, 412],
  ],
];
/** Begins where the two can be told apart. */
const VALIDATION_CURVE: readonly Bezier[] = [
  [
    [212, 262],
    [268, 306],
    [348, 262],
    [412, 132],
  ],
];

function bezierPoint([a, b, c, d]: Bezier, t: number): Point {
  const u = 1 - t;
  const mix = (axis: 0 | 1): number =>
    u * u * u * a[axis] + 3 * u * u * t * b[axis] + 3 * u * t * t * c[axis] + t * t * t * d[axis];
  return [mix(0), mix(1)];
}

function flatten(curve: readonly Bezier[]): readonly Point[] {
  const stepsPerPiece = 64;
  return curve.flatMap((piece, index) =>
    Array.from({ length: stepsPerPiece + (index === 0 ? 1 : 0) }, (_, step) =>
      bezierPoint(piece, (step + (index === 0 ? 0 : 1)) / stepsPerPiece),
    ),
  );
}

type Segment = readonly [Point, Point];

/** The painted segments of a line; the dashes begin at its far end, so that it ends with a whole one. */
function segments(points: readonly Point[], dash: typeof DASH | null): readonly Segment[] {
  const painted: Segment[] = [];
  let distance = 0;
  for (let index = points.length - 1; index > 0; index -= 1) {
    const from = points[index];
    const to = points[index - 1];
    if (from === undefined || to === undefined) continue;
    if (dash === null || distance % (dash.on + dash.off) <= dash.on) painted.push([from, to]);
    distance += Math.hypot(to[0] - from[0], to[1] - from[1]);
  }
  return painted;
}

function distanceToSegment([px, py]: Point, [[ax, ay], [bx, by]]: Segment): number {
  const dx = bx - ax;
  const dy = by - ay;
  const along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

function distanceToRoundedSquare([px, py]: Point, radius: number): number {
  const half = CANVAS / 2;
  const qx = Math.abs(px - half) - (half - radius);
  const qy = Math.abs(py - half) - (half - radius);
  return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - radius;
}

interface Shape {
  readonly color: Rgb;
  readonly distance: (point: Point) => number;
}

function strokeShape(curve: readonly Bezier[], dash: typeof DASH | null, color: Rgb): Shape {
  const painted = segments(flatten(curve), dash);
  const distance = (point: Point): number =>
    Math.min(...painted.map((segment) => distanceToSegment(point, segment))) - STROKE_WIDTH / 2;
  return { color, distance };
}

/** `bleed`: background to the edge and a smaller drawing, for systems that cut their own shape. */
function drawPng(side: number, bleed: boolean): Buffer {
  const unitsPerPixel = CANVAS / side;
  const shrink = bleed ? 0.8 : 1;
  const strokes = [
    strokeShape(VALIDATION_CURVE, DASH, VALIDATION),
    strokeShape(TRAINING_CURVE, null, TRAINING),
  ];
  const png = new PNG({ width: side, height: side });
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const point: Point = [(x + 0.5) * unitsPerPixel, (y + 0.5) * unitsPerPixel];
      const inner: Point = [
        (point[0] - CANVAS / 2) / shrink + CANVAS / 2,
        (point[1] - CANVAS / 2) / shrink + CANVAS / 2,
      ];
      const coverage = (distance: number): number =>
        Math.min(1, Math.max(0, 0.5 - distance / unitsPerPixel));
      const alpha = bleed ? 1 : coverage(distanceToRoundedSquare(point, CORNER_RADIUS));
      let color = BACKGROUND;
      for (const stroke of strokes) {
        const share = coverage(stroke.distance(inner) * shrink);
        const over = stroke.color;
        color = [
          color[0] + (over[0] - color[0]) * share,
          color[1] + (over[1] - color[1]) * share,
          color[2] + (over[2] - color[2]) * share,
        ];
      }
      const bytes = [...color.map(Math.round), Math.round(alpha * 255)];
      png.data.set(bytes, (y * side + x) * 4);
    }
  }
  return PNG.sync.write(png, { deflateLevel: 9 });
}

function svgPath(curve: readonly Bezier[]): string {
  const start = curve[0]?.[0];
  if (start === undefined) return '';
  const pieces = curve.map(([, b, c, d]) => `C${[b, c, d].map((p) => p.join(' ')).join(' ')}`);
  return `M${start.join(' ')}${pieces.join('')}`;
}

/** The far end first, as in `segments`, so that both drawings have the same dashes. */
function reversed(curve: readonly Bezier[]): readonly Bezier[] {
  return [...curve].reverse().map(([a, b, c, d]): Bezier => [d, c, b, a]);
}

function drawSvg(): string {
  const hex = (color: Rgb): string =>
    `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  const side = String(CANVAS);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}">`,
    `<rect width="${side}" height="${side}" rx="${String(CORNER_RADIUS)}" fill="${hex(BACKGROUND)}"/>`,
    `<g fill="none" stroke-width="${String(STROKE_WIDTH)}" stroke-linecap="round">`,
    `<path d="${svgPath(reversed(VALIDATION_CURVE))}" stroke="${hex(VALIDATION)}" stroke-dasharray="${String(DASH.on)} ${String(DASH.off)}"/>`,
    `<path d="${svgPath(TRAINING_CURVE)}" stroke="${hex(TRAINING)}"/>`,
    '</g></svg>',
    '',
  ].join('\n');
}

const folder = fromRoot('public', 'icons');
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'icon.svg'), drawSvg());
writeFileSync(path.join(folder, 'icon-32.png'), drawPng(32, false));
writeFileSync(path.join(folder, 'icon-192.png'), drawPng(192, false));
writeFileSync(path.join(folder, 'icon-512.png'), drawPng(512, false));
writeFileSync(path.join(folder, 'icon-maskable-512.png'), drawPng(512, true));
writeFileSync(path.join(folder, 'apple-touch-icon.png'), drawPng(180, true));
console.log(`Icons drawn in ${folder}`);
