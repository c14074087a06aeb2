/** Where a rubber band may begin: on free ground, with the mouse. The rest is loaded with the first one. */
import type { PointerEvent, RefObject } from 'react';
import type { PhotoId } from '../../domain/photo.ts';
import { NOTHING_SELECTED, type SelectedIds } from './photo-selection.ts';
import type { ArrangedClass } from './use-arranged.ts';

/** A photo is dragged, a control is pressed. */
const TAKEN = 'button, a, input, select, label, [role="option"], [role="slider"], [role="textbox"]';

export function useRubberBand(
  arranged: RefObject<readonly ArrangedClass[]>,
  selected: SelectedIds,
  select: (ids: Iterable<PhotoId>) => void,
): (event: PointerEvent<HTMLElement>) => void {
  return (event) => {
    const { target, currentTarget: root, clientX: x, clientY: y } = event;
    if (event.pointerType !== 'mouse' || event.button !== 0) return;
    if (!(target instanceof Element) || target.closest(TAKEN) !== null) return;
    const adds = event.ctrlKey || event.metaKey || event.shiftKey;
    const kept = adds ? selected : NOTHING_SELECTED;
    const idsOf = (classId: string): readonly PhotoId[] => {
      const own = arranged.current.find(({ entry }) => entry.info.id === classId);
      return own?.photos.map((photo) => photo.id) ?? [];
    };
    let isOver = false;
    const letGo = (): void => {
      isOver = true;
    };
    window.addEventListener('pointerup', letGo, { once: true });
    void import('./rubber-band.ts').then(({ startRubberBand }) => {
      window.removeEventListener('pointerup', letGo);
      if (!isOver) startRubberBand({ x, y, kept }, { root, idsOf, select });
    });
  };
}
