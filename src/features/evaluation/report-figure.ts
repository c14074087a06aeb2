/**
 * A curve for the report: worked out once as shapes, so that the drawing on screen and the one in the
 * file are the same. Sizes are in pixels of a picture that is scaled to the page.
 */
import { spreadLabels } from '../../ui/charts/spread-labels.ts';

export interface ReportCurve {
  readonly tone: 'training' | 'validation';
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface ReportAxis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

export interface ReportFigure {
  readonly title: string;
  readonly x: ReportAxis;
  readonly y: ReportAxis;
  readonly curves: readonly ReportCurve[];
  /** A place on the x axis worth a line: the epoch in use. */
  readonly mark: { readonly at: number; readonly text: string } | null;
}

export type FigureTone = ReportCurve['tone'] | 'axis' | 'mark';

export type FigureShape =
  | {
      readonly kind: 'path';
      readonly tone: FigureTone;
      readonly d: string;
      readonly isDashed: boolean;
    }
  | {
      readonly kind: 'text';
      readonly tone: FigureTone;
      readonly x: number;
      readonly y: number;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly text: string;
    };

export const FIGURE_WIDTH = 480;
export const FIGURE_HEIGHT = 220;
const LEFT = 44;
/** Room for the names at the line ends. */
const RIGHT = 92;
const TOP = 26;
const BOTTOM = 38;
const LINE_PX = 14;

export function figureShapes(figure: ReportFigure): readonly FigureShape[] {
  const { x, y, curves, mark } = figure;
  const right = FIGURE_WIDTH - RIGHT;
  const bottom = FIGURE_HEIGHT - BOTTOM;
  const toX = (value: number): number => LEFT + (right - LEFT) * share(value, x);
  const toY = (value: number): number => bottom - (bottom - TOP) * share(value, y);
  const shapes: FigureShape[] = [];
  const line = (tone: FigureTone, points: readonly (readonly [number, number])[], dash = false) => {
    const d = points.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${round(px)} ${round(py)}`);
    shapes.push({ kind: 'path', tone, d: d.join(''), isDashed: dash });
  };
  const write = (
    tone: FigureTone,
    [px, py]: readonly [number, number],
    anchor: 'start' | 'middle' | 'end',
    text: string,
  ): void => {
    shapes.push({ kind: 'text', tone, x: round(px), y: round(py), anchor, text });
  };
  for (const { at, text } of y.ticks) {
    line('axis', [
      [LEFT, toY(at)],
      [right, toY(at)],
    ]);
    write('axis', [LEFT - 6, toY(at) + 4], 'end', text);
  }
  for (const { at, text } of x.ticks) write('axis', [toX(at), bottom + 16], 'middle', text);
  write('axis', [LEFT, 12], 'start', y.label);
  write('axis', [right, bottom + 32], 'end', x.label);
  if (mark !== null) {
    line('mark', [
      [toX(mark.at), TOP],
      [toX(mark.at), bottom],
    ]);
    const isLate = toX(mark.at) > (LEFT + right) / 2;
    write('mark', [toX(mark.at) + (isLate ? -4 : 4), TOP - 4], isLate ? 'end' : 'start', mark.text);
  }
  const ends = spreadLabels(
    curves.map(({ points }) => toY(points.at(-1)?.y ?? y.from)),
    LINE_PX,
    TOP,
    bottom,
  );
  curves.forEach(({ tone, label, points }, index) => {
    line(
      tone,
      points.map((point) => [toX(point.x), toY(point.y)]),
      tone === 'validation',
    );
    const end = toX(points.at(-1)?.x ?? x.to);
    write(tone, [end + 6, (ends[index] ?? bottom) + 4], 'start', label);
  });
  return shapes;
}

function share(value: number, { from, to }: ReportAxis): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
