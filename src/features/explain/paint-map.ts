/** Draws the map on a canvas: thousands of points within one frame. */
import { toPixels, type MapView, type PlanePoint } from '../../domain/map-geometry.ts';
import type { Side } from '../../domain/photo.ts';
import { CLASS_COLOR_COUNT, classColor } from '../../ui/tokens/class-color.ts';
import type { MapPoint } from './map-points.ts';

export interface MapColours {
  readonly classes: readonly string[];
  readonly text: string;
  readonly surface: string;
  readonly accent: string;
}

export interface MapScene {
  readonly points: readonly MapPoint[];
  readonly view: MapView;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly selected: ReadonlySet<string>;
  readonly focusedId: string | null;
  readonly lasso: readonly PlanePoint[];
  /** Picture of a photo if it is here; asks for it otherwise. Null: points only. */
  readonly picture: ((point: MapPoint) => CanvasImageSource | null) | null;
}

const RADIUS_PX = 4.5;
const CROSS_REACH_PX = 3.5;
const PICTURE_PX = 34;
/** Pictures that lie on each other show nothing: one for each cell of the screen of about their size. */
const PICTURE_CELL_PX = 26;

export function paintMap(
  context: CanvasRenderingContext2D,
  scene: MapScene,
  colours: MapColours,
): void {
  const { widthPx, heightPx, view, points } = scene;
  context.clearRect(0, 0, widthPx, heightPx);
  const taken = new Set<number>();
  for (const point of points) {
    const at = toPixels(view, point);
    const isSeen = at.x > -40 && at.y > -40 && at.x < widthPx + 40 && at.y < heightPx + 40;
    if (!isSeen) continue;
    const picture = scene.picture === null ? null : pictureFor(scene.picture, point, at, taken);
    if (picture === null) paintPoint(context, point, at, colours);
    else paintPicture(context, picture, point, at, colours);
  }
  for (const point of points) {
    if (!scene.selected.has(point.id) && scene.focusedId !== point.id) continue;
    const isFocused = scene.focusedId === point.id;
    paintRing(context, toPixels(view, point), isFocused, colours);
  }
  paintLasso(context, scene.lasso, colours);
}

function pictureFor(
  picture: NonNullable<MapScene['picture']>,
  point: MapPoint,
  at: PlanePoint,
  taken: Set<number>,
): CanvasImageSource | null {
  const cell = Math.floor(at.x / PICTURE_CELL_PX) + 4096 * Math.floor(at.y / PICTURE_CELL_PX);
  if (taken.has(cell)) return null;
  const found = picture(point);
  if (found !== null) taken.add(cell);
  return found;
}

function paintPoint(
  context: CanvasRenderingContext2D,
  point: MapPoint,
  at: PlanePoint,
  colours: MapColours,
): void {
  const colour = colours.classes[point.colorIndex % CLASS_COLOR_COUNT] ?? colours.text;
  context.beginPath();
  tracePoint(context, point.side, at, RADIUS_PX);
  if (point.side === 'train') {
    context.fillStyle = colour;
    context.fill();
  } else {
    context.fillStyle = colours.surface;
    context.fill();
    context.lineWidth = 2.2;
    context.strokeStyle = colour;
    context.stroke();
  }
  // Beside the point, whose colour has to stay readable.
  const beside = { x: at.x + RADIUS_PX + 2, y: at.y - RADIUS_PX - 2 };
  if (point.isRight === false) paintCross(context, beside, colours);
}

/** Training: a disc. Validation: a ring. Test: a diamond. */
function tracePoint(
  context: CanvasRenderingContext2D,
  side: Side,
  { x, y }: PlanePoint,
  radius: number,
): void {
  if (side === 'test') {
    const reach = radius * 1.25;
    context.moveTo(x, y - reach);
    context.lineTo(x + reach, y);
    context.lineTo(x, y + reach);
    context.lineTo(x - reach, y);
    context.closePath();
    return;
  }
  context.arc(x, y, side === 'train' ? radius : radius * 0.9, 0, 2 * Math.PI);
}

/** On a ground of its own, so that it shows on any colour. */
function paintCross(
  context: CanvasRenderingContext2D,
  { x, y }: PlanePoint,
  colours: MapColours,
): void {
  const reach = CROSS_REACH_PX;
  for (const [width, colour] of [
    [4, colours.surface],
    [1.8, colours.text],
  ] as const) {
    context.beginPath();
    context.moveTo(x - reach, y - reach);
    context.lineTo(x + reach, y + reach);
    context.moveTo(x + reach, y - reach);
    context.lineTo(x - reach, y + reach);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}

function paintPicture(
  context: CanvasRenderingContext2D,
  picture: CanvasImageSource,
  point: MapPoint,
  { x, y }: PlanePoint,
  colours: MapColours,
): void {
  const half = PICTURE_PX / 2;
  context.drawImage(picture, x - half, y - half, PICTURE_PX, PICTURE_PX);
  context.lineWidth = point.side === 'train' ? 2.5 : 4;
  context.strokeStyle = colours.classes[point.colorIndex % CLASS_COLOR_COUNT] ?? colours.text;
  context.strokeRect(x - half, y - half, PICTURE_PX, PICTURE_PX);
  if (point.isRight === false) paintCross(context, { x: x + half, y: y - half }, colours);
}

function paintRing(
  context: CanvasRenderingContext2D,
  { x, y }: PlanePoint,
  isFocused: boolean,
  colours: MapColours,
): void {
  context.beginPath();
  context.arc(x, y, RADIUS_PX + (isFocused ? 7 : 4), 0, 2 * Math.PI);
  context.lineWidth = isFocused ? 3 : 2;
  context.strokeStyle = isFocused ? colours.accent : colours.text;
  context.stroke();
}

function paintLasso(
  context: CanvasRenderingContext2D,
  lasso: readonly PlanePoint[],
  colours: MapColours,
): void {
  if (lasso.length < 2) return;
  context.beginPath();
  lasso.forEach(({ x, y }, i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.closePath();
  context.globalAlpha = 0.12;
  context.fillStyle = colours.accent;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.strokeStyle = colours.accent;
  context.stroke();
  context.setLineDash([]);
}

/** Tokens hold light-dark() pairs, which only a computed colour resolves. */
export function readMapColours(probe: HTMLElement): MapColours {
  const read = (colour: string): string => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const colours = {
    classes: Array.from({ length: CLASS_COLOR_COUNT }, (_, i) => read(classColor(i))),
    text: read('var(--text)'),
    surface: read('var(--surface)'),
    accent: read('var(--accent)'),
  };
  probe.style.color = '';
  return colours;
}
