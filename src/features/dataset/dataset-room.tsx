/** The data: classes with their photos, what came of the last drop, and the split. */
import { Plus, Shapes } from 'lucide-react';
import {
  lazy,
  startTransition,
  Suspense,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type PointerEvent,
} from 'react';
import type { ClassId, ClassInfo, PhotoId } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { createPhotosByClass } from '../../state/selectors/photos-by-class.ts';
import { useApp } from '../../state/use-app.tsx';
import { AfterFirst } from '../../ui/primitives/after-first.tsx';
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
import { createTurns, TurnsContext } from './use-paced-photos.ts';
import { useArranged, type Arrange, type ArrangedClass } from './use-arranged.ts';
import { useGridPlaces } from './use-grid-places.ts';
import { useRoomCommands } from './use-room-commands.ts';
import { useRoomSelection } from './use-room-selection.ts';
import { useRubberBand } from './use-rubber-band.ts';

/** What most visits need later or never comes in chunks of its own. */
const DataTools = lazy(async () => ({ default: (await import('./data-tools.tsx')).DataTools }));
const SplitControls = lazy(async () => ({
  default: (await import('./split-controls.tsx')).SplitControls,
}));
const PhotoPreview = lazy(async () => ({
  default: (await import('./photo-preview.tsx')).PhotoPreview,
}));
const MergeDialog = lazy(async () => ({
  default: (await import('./merge-dialog.tsx')).MergeDialog,
}));

interface Previewed {
  readonly start: PhotoId;
  readonly ids: readonly PhotoId[];
}

export function DatasetRoom({ capture }: { readonly capture: DatasetCapture }) {
  const t = useTranslate();
  const room = useRef<HTMLElement>(null);
  const [selectEntries] = useState(createPhotosByClass);
  const entries = useApp(selectEntries);
  const photoCount = useApp((state) => state.photos.size);
  const { commands, said, removal } = useRoomCommands();
  useGridPlaces();
  const selection = useRoomSelection(commands);
  const { selected, select, replace, clear } = selection;
  const [arrange, setArrange] = useState<Arrange | null>(null);
  const arranged = useArranged(entries, arrange);
  // Counts and findings may come a moment after the photos.
  const calmEntries = useDeferredValue(entries);
  const [previewed, setPreviewed] = useState<Previewed | null>(null);
  const [merging, setMerging] = useState<ClassInfo | null>(null);
  const latest = useRef(arranged);
  useEffect(() => {
    latest.current = arranged;
  }, [arranged]);
  const openPreview = useCallback((start: PhotoId, ids?: readonly PhotoId[]) => {
    const shown = latest.current.flatMap(({ photos }) => photos.map((photo) => photo.id));
    setPreviewed({ start, ids: ids ?? shown });
  }, []);
  const closePreview = useCallback(() => {
    setPreviewed(null);
  }, []);
  const actions = useActions(capture, select, commands, openPreview, setMerging);
  // What is hidden must not be moved or deleted with the rest.
  const show = useCallback(
    (next: Arrange | null, ids: Iterable<PhotoId>) => {
      // Ten thousand photos take a moment to arrange; what is typed meanwhile goes first.
      startTransition(() => {
        setArrange(() => next);
      });
      replace(ids);
    },
    [replace],
  );
  useFocusKept(room, selected.size);
  const startBand = useRubberBand(latest, selected, replace);

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
        {photoCount === 0 ? null : (
          <AfterFirst>
            <Suspense fallback={null}>
              <DataTools entries={calmEntries} onShow={show} />
            </Suspense>
          </AfterFirst>
        )}
        <Classes
          arranged={arranged}
          count={entries.length}
          view={arrange}
          byClass={selection.byClass}
          onBand={startBand}
        />
        {selected.size === 0 ? null : (
          <SelectionToolbar
            count={selected.size}
            onOpen={() => {
              const [first] = selected;
              if (first !== undefined)
                openPreview(first, selected.size > 1 ? [...selected] : undefined);
            }}
            onMove={(to) => {
              commands.move(selected, to);
              clear();
            }}
            onPin={(side) => commands.pin(selected, side)}
            onRemove={() => commands.remove(selected)}
            onClear={clear}
          />
        )}
        {entries.length === 0 ? null : (
          <AfterFirst>
            <Suspense fallback={null}>
              <SplitControls entries={calmEntries} />
            </Suspense>
          </AfterFirst>
        )}
        <p role="status" className="visually-hidden">
          {said}
        </p>
        <Suspense fallback={null}>
          {previewed === null ? null : <PhotoPreview {...previewed} onClose={closePreview} />}
          {merging === null ? null : (
            <MergeDialog
              info={merging}
              onClose={() => {
                setMerging(null);
              }}
            />
          )}
        </Suspense>
      </section>
    </RoomActionsContext>
  );
}

function useActions(
  capture: DatasetCapture,
  select: (classId: ClassId, ids: Iterable<PhotoId>) => void,
  commands: ReturnType<typeof useRoomCommands>['commands'],
  openPreview: RoomActions['openPreview'],
  mergeClass: RoomActions['mergeClass'],
): RoomActions {
  const dragged = useRef<SelectedIds>(NOTHING_SELECTED);
  return useMemo(
    () => ({
      capture,
      select,
      removePhotos: commands.remove,
      movePhotos: commands.move,
      removeClass: commands.removeClass,
      mergeClass,
      openPreview,
      dragged: () => dragged.current,
      setDragged: (ids) => {
        dragged.current = ids;
      },
    }),
    [capture, select, commands, openPreview, mergeClass],
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
  readonly arranged: readonly ArrangedClass[];
  /** Of all classes, those that are not shown too. */
  readonly count: number;
  readonly view: Arrange | null;
  readonly byClass: ReadonlyMap<ClassId, SelectedIds>;
  readonly onBand: (event: PointerEvent<HTMLElement>) => void;
}

function Classes({ arranged, count, view, byClass, onBand }: ClassesProps) {
  const t = useTranslate();
  const [turns] = useState(createTurns);
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
    <div
      ref={list}
      className={styles.classes}
      data-class-count={Math.min(arranged.length, 6)}
      onPointerDown={onBand}
    >
      {count === 0 ? (
        <EmptyState icon={Shapes} title={t('dataset.no-classes-title')} actions={add}>
          {t('dataset.no-classes-text')}
        </EmptyState>
      ) : (
        <>
          <TurnsContext value={turns}>
            {arranged.map(({ entry, photos }) => (
              <ClassColumn
                key={entry.info.id}
                entry={entry}
                photos={photos}
                view={view}
                selected={byClass.get(entry.info.id) ?? NOTHING_SELECTED}
              />
            ))}
          </TurnsContext>
          <div className={styles.add}>{add}</div>
        </>
      )}
    </div>
  );
}
