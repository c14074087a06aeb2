/** The data: classes with their photos, what came of the last drop, and the split. */
import { Plus, Shapes } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ClassId, PhotoId } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { createPhotosByClass, type ClassPhotos } from '../../state/selectors/photos-by-class.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { EmptyState } from '../../ui/primitives/empty-state.tsx';
import { ClassColumn } from './class-column.tsx';
import type { DatasetCapture } from './dataset-capture.ts';
import { DatasetHeader } from './dataset-header.tsx';
import styles from './dataset-room.module.css';
import { IntakeProgress } from './intake-progress.tsx';
import { IntakeReport } from './intake-report.tsx';
import { NOTHING_SELECTED, type SelectedIds } from './photo-selection.ts';
import { RemovalNotice } from './removal-notice.tsx';
import { RoomActionsContext, type RoomActions } from './room-actions.tsx';
import { SelectionToolbar } from './selection-toolbar.tsx';
import { SplitControls } from './split-controls.tsx';
import { useRoomCommands } from './use-room-commands.ts';
import { useRoomSelection } from './use-room-selection.ts';

export function DatasetRoom({ capture }: { readonly capture: DatasetCapture }) {
  const t = useTranslate();
  const room = useRef<HTMLElement>(null);
  const [selectEntries] = useState(createPhotosByClass);
  const entries = useApp(selectEntries);
  const { commands, said, removal } = useRoomCommands();
  const selection = useRoomSelection(commands);
  const { selected, select, clear } = selection;
  const actions = useActions(capture, select, commands);
  useFocusKept(room, selected.size);

  return (
    <RoomActionsContext value={actions}>
      <section
        ref={room}
        aria-label={t('dataset.title')}
        tabIndex={-1}
        className={styles.room}
        data-selecting={selected.size > 0}
        {...selection.watch}
      >
        <DatasetHeader capture={capture} />
        <IntakeProgress />
        <IntakeReport />
        <RemovalNotice removal={removal} onDismiss={commands.dismissRemoval} />
        <Classes entries={entries} byClass={selection.byClass} />
        {selected.size === 0 ? null : (
          <SelectionToolbar
            count={selected.size}
            onMove={(to) => {
              commands.move(selected, to);
              clear();
            }}
            onPin={(side) => commands.pin(selected, side)}
            onRemove={() => commands.remove(selected)}
            onClear={clear}
          />
        )}
        {entries.length === 0 ? null : <SplitControls entries={entries} />}
        <p role="status" className="visually-hidden">
          {said}
        </p>
      </section>
    </RoomActionsContext>
  );
}

function useActions(
  capture: DatasetCapture,
  select: (classId: ClassId, ids: Iterable<PhotoId>) => void,
  commands: ReturnType<typeof useRoomCommands>['commands'],
): RoomActions {
  const dragged = useRef<SelectedIds>(NOTHING_SELECTED);
  return useMemo(
    () => ({
      capture,
      select,
      movePhotos: commands.move,
      removeClass: commands.removeClass,
      dragged: () => dragged.current,
      setDragged: (ids) => {
        dragged.current = ids;
      },
    }),
    [capture, select, commands],
  );
}

/** When the toolbar goes with the focus in it, the focus stays in this room. */
function useFocusKept(room: React.RefObject<HTMLElement | null>, selectedCount: number): void {
  const before = useRef(selectedCount);
  useEffect(() => {
    const ended = before.current > 0 && selectedCount === 0;
    before.current = selectedCount;
    if (ended && document.activeElement === document.body) room.current?.focus();
  }, [room, selectedCount]);
}

interface ClassesProps {
  readonly entries: readonly ClassPhotos[];
  readonly byClass: ReadonlyMap<ClassId, SelectedIds>;
}

function Classes({ entries, byClass }: ClassesProps) {
  const t = useTranslate();
  const list = useRef<HTMLDivElement>(null);
  const addClass = useApp((state) => state.addClass);
  const addAndName = (): void => {
    const id = addClass();
    // After the column is there: its name is the first thing to type.
    requestAnimationFrame(() => {
      const column = list.current?.querySelector(`[data-class-id="${CSS.escape(id)}"]`);
      column?.scrollIntoView({ block: 'nearest' });
      column?.querySelector('input')?.focus();
    });
  };
  const add = (
    <Button icon={Plus} fullWidth onPress={addAndName}>
      {t('dataset.add-class')}
    </Button>
  );
  return (
    <div ref={list} className={styles.classes} data-class-count={Math.min(entries.length, 6)}>
      {entries.length === 0 ? (
        <EmptyState icon={Shapes} title={t('dataset.no-classes-title')} actions={add}>
          {t('dataset.no-classes-text')}
        </EmptyState>
      ) : (
        <>
          {entries.map((entry) => (
            <ClassColumn
              key={entry.info.id}
              entry={entry}
              selected={byClass.get(entry.info.id) ?? NOTHING_SELECTED}
            />
          ))}
          <div className={styles.add}>{add}</div>
        </>
      )}
    </div>
  );
}
