/** Selecting by drawing a box with the mouse, over all grids at once. Loaded with the first box. */
import type { PhotoId } from '../../domain/photo.ts';
import { bandHits, gridShape, type BandBox, type SeenCell } from './band-hits.ts';
import { isSameSelection } from './photo-selection.ts';
import styles from './rubber-band.module.css';

export interface BandStart {
  /** Where the mouse went down, in the window. */
  readonly x: number;
  readonly y: number;
  /** Selected before, and kept: a modifier is held. */
  readonly kept: ReadonlySet<PhotoId>;
}

export interface BandGrids {
  /** The part of the page that holds the grids. */
  readonly root: HTMLElement;
  /** Ids of the photos a class shows, in order. */
  idsOf(classId: string): readonly PhotoId[];
  select(ids: ReadonlySet<PhotoId>): void;
}

/** Shorter than this it is a click. */
const FIRST_MOVE_PX = 4;
/** So near the edge of a grid it scrolls, by so much a frame. */
const EDGE_PX = 28;
const SCROLL_PX = 9;

/** Follows the mouse until it is let go, or Escape takes the box away. */
export function startRubberBand(start: BandStart, grids: BandGrids): void {
  const lists = [...grids.root.querySelectorAll<HTMLElement>('[role="listbox"]')];
  const scrolledAtStart = new Map(lists.map((list) => [list, list.scrollTop]));
  const pageAtStart = { x: window.scrollX, y: window.scrollY };
  let pointer = { x: start.x, y: start.y };
  let shown: HTMLElement | null = null;
  let frame = 0;
  let last = start.kept;

  /** The corner that stays: it moves with what is scrolled. */
  function bandFor(list: HTMLElement | null): BandBox {
    const scrolled = list === null ? 0 : list.scrollTop - (scrolledAtStart.get(list) ?? 0);
    const x = start.x - (window.scrollX - pageAtStart.x);
    const y = start.y - (window.scrollY - pageAtStart.y) - scrolled;
    return {
      left: Math.min(x, pointer.x),
      right: Math.max(x, pointer.x),
      top: Math.min(y, pointer.y),
      bottom: Math.max(y, pointer.y),
    };
  }

  function hitsOf(list: HTMLElement): readonly PhotoId[] {
    const classId = list.closest<HTMLElement>('[data-class-id]')?.dataset['classId'] ?? '';
    const ids = grids.idsOf(classId);
    const band = bandFor(list);
    const view = list.getBoundingClientRect();
    if (band.right < view.left || band.left > view.right) return [];
    if (pointer.y < view.top && start.y < view.top) return [];
    if (pointer.y > view.bottom && start.y > view.bottom) return [];
    const shape = gridShape(renderedCells(list, ids), ids.length);
    return shape === null ? [] : bandHits(shape, band).flatMap((index) => ids[index] ?? []);
  }

  function update(): void {
    frame = requestAnimationFrame(update);
    if (shown === null) return;
    for (const list of lists) scrollAtEdge(list, pointer);
    place(shown, bandFor(null));
    const next = new Set([...start.kept, ...lists.flatMap(hitsOf)]);
    if (isSameSelection(next, last)) return;
    last = next;
    grids.select(next);
  }

  function onMove(event: PointerEvent): void {
    pointer = { x: event.clientX, y: event.clientY };
    const far = Math.hypot(pointer.x - start.x, pointer.y - start.y) >= FIRST_MOVE_PX;
    if (shown === null && far) {
      shown = document.createElement('div');
      shown.className = styles.band ?? '';
      document.body.append(shown);
      grids.root.dataset['banding'] = 'true';
    }
    if (shown !== null) window.getSelection()?.removeAllRanges();
  }

  function end(): void {
    cancelAnimationFrame(frame);
    shown?.remove();
    delete grids.root.dataset['banding'];
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', end);
    window.removeEventListener('pointercancel', end);
    window.removeEventListener('keydown', onKeyDown, true);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    grids.select(start.kept);
    end();
  }

  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', end);
  window.addEventListener('pointercancel', end);
  window.addEventListener('keydown', onKeyDown, true);
  frame = requestAnimationFrame(update);
}

function renderedCells(list: HTMLElement, ids: readonly PhotoId[]): readonly SeenCell[] {
  const indexOf = new Map(ids.map((id, i) => [id, i]));
  return [...list.querySelectorAll<HTMLElement>('[role="option"]')].flatMap((option) => {
    const index = indexOf.get(option.dataset['key'] ?? '');
    if (index === undefined) return [];
    const { left, top, width, height } = option.getBoundingClientRect();
    return [{ index, left, top, width, height }];
  });
}

function scrollAtEdge(
  list: HTMLElement,
  { x, y }: { readonly x: number; readonly y: number },
): void {
  const view = list.getBoundingClientRect();
  if (x < view.left || x > view.right || y < view.top || y > view.bottom) return;
  if (y > view.bottom - EDGE_PX) list.scrollTop += SCROLL_PX;
  else if (y < view.top + EDGE_PX) list.scrollTop -= SCROLL_PX;
}

function place(element: HTMLElement, { left, top, right, bottom }: BandBox): void {
  element.style.left = `${String(left)}px`;
  element.style.top = `${String(top)}px`;
  element.style.width = `${String(right - left)}px`;
  element.style.height = `${String(bottom - top)}px`;
}
