/** Pointer, wheel and painting of the map on one canvas, outside React. */
import {
  fitView,
  isInside,
  nearestPoint,
  toMap,
  toPixels,
  zoomAt,
  type MapView,
  type PlanePoint,
} from '../../domain/map-geometry.ts';
import type { PhotoId } from '../../domain/photo.ts';
import type { MapPoint } from './map-points.ts';
import { paintMap, readMapColours, type MapColours } from './paint-map.ts';

export type MapTool = 'move' | 'select';

export interface StageContent {
  readonly points: readonly MapPoint[];
  readonly tool: MapTool;
  readonly selected: ReadonlySet<PhotoId>;
  readonly focusedId: PhotoId | null;
  readonly picture: ((point: MapPoint) => CanvasImageSource | null) | null;
  readonly onFocus: (id: PhotoId | null) => void;
  readonly onHover: (id: PhotoId | null) => void;
  readonly onSelect: (ids: readonly PhotoId[], mode: 'replace' | 'add' | 'toggle') => void;
}

/** How near a pointer has to be. */
const REACH_PX = 12;
/** A press that moves less than this is a click. */
const CLICK_PX = 4;
const WHEEL_ZOOM = 0.0015;

interface Press {
  readonly start: PlanePoint;
  last: PlanePoint;
  moved: boolean;
  readonly isLasso: boolean;
  readonly isAdding: boolean;
}

export class MapStage {
  readonly #frame: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #over = new AbortController();
  readonly #resize: ResizeObserver;
  readonly #pointers = new Map<number, PlanePoint>();
  #content: StageContent | null = null;
  #width = 1;
  #height = 1;
  #view: MapView = fitView(1, 1);
  #press: Press | null = null;
  #lasso: PlanePoint[] = [];
  #hovered: PhotoId | null = null;
  #request: number | null = null;
  #colours: { readonly theme: string; readonly of: MapColours } | null = null;

  constructor(frame: HTMLElement, canvas: HTMLCanvasElement) {
    this.#frame = frame;
    this.#canvas = canvas;
    const { signal } = this.#over;
    canvas.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    canvas.addEventListener('pointermove', (event) => this.#move(event), { signal });
    canvas.addEventListener('pointerup', (event) => this.#up(event), { signal });
    canvas.addEventListener('pointercancel', (event) => this.#up(event), { signal });
    canvas.addEventListener('pointerleave', () => this.#hover(null), { signal });
    // Not passive: zooming must not scroll the page.
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false });
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', () => this.schedule(), { signal });
    this.#resize = new ResizeObserver(() => this.#measure());
    this.#resize.observe(frame);
    this.#measure();
  }

  update(content: StageContent): void {
    this.#content = content;
    this.schedule();
  }

  schedule(): void {
    this.#request ??= requestAnimationFrame(() => {
      this.#request = null;
      this.#paint();
    });
  }

  fit(): void {
    this.#view = fitView(this.#width, this.#height);
    this.schedule();
  }

  zoomBy(factor: number, at: PlanePoint = { x: this.#width / 2, y: this.#height / 2 }): void {
    this.#view = zoomAt(this.#view, at, factor, fitView(this.#width, this.#height));
    this.schedule();
  }

  /** Brings a point into sight. */
  reveal(point: PlanePoint): void {
    const at = toPixels(this.#view, point);
    const margin = 30;
    const over = (value: number, size: number): number =>
      value < margin ? margin - value : value > size - margin ? size - margin - value : 0;
    this.#pan(over(at.x, this.#width), over(at.y, this.#height));
  }

  dispose(): void {
    this.#over.abort();
    this.#resize.disconnect();
    if (this.#request !== null) cancelAnimationFrame(this.#request);
  }

  #measure(): void {
    const wasFitted = this.#width === 1;
    const { clientWidth, clientHeight } = this.#frame;
    if (clientWidth === 0 || clientHeight === 0) return;
    const middle = toMap(this.#view, { x: this.#width / 2, y: this.#height / 2 });
    const ratio = this.#view.scale / fitView(this.#width, this.#height).scale;
    this.#width = clientWidth;
    this.#height = clientHeight;
    const density = Math.min(2, devicePixelRatio);
    this.#canvas.width = Math.round(clientWidth * density);
    this.#canvas.height = Math.round(clientHeight * density);
    const fitted = fitView(clientWidth, clientHeight);
    if (wasFitted) this.#view = fitted;
    else {
      const scale = fitted.scale * ratio;
      this.#view = {
        scale,
        offsetX: clientWidth / 2 - middle.x * scale,
        offsetY: clientHeight / 2 - middle.y * scale,
      };
    }
    this.schedule();
  }

  #paint(): void {
    const context = this.#canvas.getContext('2d');
    const content = this.#content;
    if (context === null || content === null) return;
    const density = this.#canvas.width / this.#width;
    context.setTransform(density, 0, 0, density, 0, 0);
    const { points, selected, focusedId, picture } = content;
    const scene = {
      points,
      selected,
      focusedId,
      picture,
      view: this.#view,
      widthPx: this.#width,
      heightPx: this.#height,
      lasso: this.#lasso,
    };
    paintMap(context, scene, this.#readColours());
  }

  #readColours(): MapColours {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const theme = `${document.documentElement.dataset['theme'] ?? ''} ${String(dark)}`;
    if (this.#colours?.theme !== theme) {
      this.#colours = { theme, of: readMapColours(this.#canvas) };
    }
    return this.#colours.of;
  }

  #at(event: MouseEvent): PlanePoint {
    const box = this.#canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #pointUnder(at: PlanePoint): MapPoint | null {
    const points = this.#content?.points ?? [];
    const found = nearestPoint(points, toMap(this.#view, at), REACH_PX / this.#view.scale);
    return points[found] ?? null;
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const at = this.#at(event);
    this.#pointers.set(event.pointerId, at);
    this.#canvas.setPointerCapture(event.pointerId);
    const isLasso = (this.#content?.tool === 'select') !== event.shiftKey;
    const isAdding = event.ctrlKey || event.metaKey;
    // A second finger zooms; what the first one began is given up.
    const isPinch = this.#pointers.size > 1;
    this.#press = isPinch ? null : { start: at, last: at, moved: false, isLasso, isAdding };
    this.#lasso = [];
  }

  #move(event: PointerEvent): void {
    const at = this.#at(event);
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) {
      this.#hover(this.#pointUnder(at)?.id ?? null);
      return;
    }
    if (this.#pointers.size > 1) {
      this.#pinch(event.pointerId, before, at);
      return;
    }
    this.#pointers.set(event.pointerId, at);
    const press = this.#press;
    if (press === null) return;
    press.moved ||= Math.hypot(at.x - press.start.x, at.y - press.start.y) > CLICK_PX;
    if (press.moved && press.isLasso) {
      this.#lasso.push(at);
      this.schedule();
    } else if (press.moved) this.#pan(at.x - press.last.x, at.y - press.last.y);
    press.last = at;
  }

  #up(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
    const press = this.#press;
    this.#press = null;
    const lasso = this.#lasso;
    this.#lasso = [];
    this.schedule();
    const content = this.#content;
    if (press === null || content === null || event.type === 'pointercancel') return;
    if (press.moved) {
      if (press.isLasso) this.#finishLasso(lasso, press.isAdding || event.ctrlKey);
      return;
    }
    const point = this.#pointUnder(press.start);
    if (point === null) {
      if (press.isLasso) content.onSelect([], 'replace');
      return;
    }
    content.onFocus(point.id);
    if (press.isLasso || press.isAdding) content.onSelect([point.id], 'toggle');
  }

  #finishLasso(lasso: readonly PlanePoint[], isAdding: boolean): void {
    const content = this.#content;
    if (content === null) return;
    const corners = lasso.map((pixel) => toMap(this.#view, pixel));
    const ids = content.points.filter((point) => isInside(corners, point)).map(({ id }) => id);
    content.onSelect(ids, isAdding ? 'add' : 'replace');
  }

  #pinch(id: number, before: PlanePoint, at: PlanePoint): void {
    const other = [...this.#pointers].find(([key]) => key !== id)?.[1];
    this.#pointers.set(id, at);
    if (other === undefined) return;
    const distance = (from: PlanePoint): number => Math.hypot(from.x - other.x, from.y - other.y);
    const factor = distance(at) / Math.max(1, distance(before));
    this.zoomBy(factor, { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
  }

  /** With ctrl (or a pinch on a trackpad), or once the map has the focus: else the page scrolls. */
  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== this.#frame) return;
    event.preventDefault();
    this.zoomBy(Math.exp(-event.deltaY * WHEEL_ZOOM * (event.ctrlKey ? 4 : 1)), this.#at(event));
  }

  #pan(dx: number, dy: number): void {
    const { scale, offsetX, offsetY } = this.#view;
    this.#view = { scale, offsetX: offsetX + dx, offsetY: offsetY + dy };
    this.schedule();
  }

  #hover(id: PhotoId | null): void {
    if (id === this.#hovered) return;
    this.#hovered = id;
    this.#content?.onHover(id);
  }
}
