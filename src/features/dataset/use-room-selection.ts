/** The selected photos of the room, and the keys that act on them. */
import {
  useCallback,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import type { ClassId, ClassInfo, PhotoId } from '../../domain/photo.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { isTyping } from './is-typing.ts';
import {
  groupByClass,
  NOTHING_SELECTED,
  selectInClass,
  stillThere,
  type SelectedIds,
} from './photo-selection.ts';

export interface RoomSelection {
  readonly selected: SelectedIds;
  readonly byClass: ReadonlyMap<ClassId, SelectedIds>;
  select(classId: ClassId, ids: Iterable<PhotoId>): void;
  replace(ids: Iterable<PhotoId>): void;
  clear(): void;
  /** On the room: learns whether a finger or a modifier is adding to the selection. */
  readonly watch: {
    onPointerDownCapture(event: PointerEvent): void;
    onKeyDownCapture(event: KeyboardEvent): void;
  };
}

/** What keys do with the selection. */
export interface SelectionCommands {
  move(ids: SelectedIds, to: ClassInfo): void;
  remove(ids: SelectedIds): void;
}

export function useRoomSelection(commands: SelectionCommands): RoomSelection {
  const { store } = useAppHandle();
  const photos = useApp((state) => state.photos);
  const [chosen, setChosen] = useState<SelectedIds>(NOTHING_SELECTED);
  const selected = useMemo(() => stillThere(chosen, photos), [chosen, photos]);
  const byClass = useMemo(() => groupByClass(selected, photos), [selected, photos]);
  const keepOthers = useRef(false);

  const select = useCallback(
    (classId: ClassId, ids: Iterable<PhotoId>) => {
      const table = store.getState().photos;
      const adding = keepOthers.current;
      setChosen((before) => selectInClass(before, table, classId, ids, adding));
    },
    [store],
  );
  const replace = useCallback((ids: Iterable<PhotoId>) => {
    const next = new Set(ids);
    setChosen(next.size === 0 ? NOTHING_SELECTED : next);
  }, []);
  const clear = useCallback(() => {
    setChosen(NOTHING_SELECTED);
  }, []);

  const onKeyDownCapture = (event: KeyboardEvent): void => {
    keepOthers.current = event.ctrlKey || event.metaKey || event.shiftKey;
    if (selected.size === 0 || isTyping(event.target)) return;
    // A menu opened from here is elsewhere on the page but reports its keys here too.
    if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const digit = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
    const to = digit === 0 ? undefined : store.getState().classes[digit - 1];
    if (event.key === 'Delete' || event.key === 'Backspace') commands.remove(selected);
    else if (event.key === 'Escape') clear();
    else if (to !== undefined) {
      commands.move(selected, to);
      // What was sorted is done with; the next photo has the focus.
      clear();
    } else return;
    // Else the list would take a digit for the beginning of a file name.
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    selected,
    byClass,
    select,
    replace,
    clear,
    watch: {
      onPointerDownCapture(event) {
        const { ctrlKey, metaKey, shiftKey, pointerType } = event;
        keepOthers.current = ctrlKey || metaKey || shiftKey || pointerType === 'touch';
      },
      onKeyDownCapture,
    },
  };
}
