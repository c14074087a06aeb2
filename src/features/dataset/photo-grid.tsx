/**
 * The photos of one class as a list box laid out as a grid. Only what is in view is rendered, so that
 * ten thousand photos scroll like ten.
 */
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { ListBox, ListBoxItem, type Key, type Selection } from 'react-aria-components/ListBox';
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import { GridLayout, Size, Virtualizer } from 'react-aria-components/Virtualizer';
import type { ClassInfo, Photo } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { MORE_PHOTOS } from './paced-list.ts';
import styles from './photo-grid.module.css';
import { isSameSelection, NOTHING_SELECTED, type SelectedIds } from './photo-selection.ts';
import { PhotoTile } from './photo-tile.tsx';
import { useRoomActions } from './room-actions.tsx';
import { usePacedPhotos } from './use-paced-photos.ts';

const DRAG_TYPE = 'application/x-headstart-photo';

/** Small enough for five in a row of the narrowest data zone, large enough for a finger. */
const LAYOUT_OPTIONS = {
  minItemSize: new Size(54, 54),
  minSpace: new Size(4, 4),
  maxHorizontalSpace: 4,
  preserveAspectRatio: true,
} as const;

export interface PhotoGridProps {
  readonly info: ClassInfo;
  readonly photos: readonly Photo[];
  /** What they were chosen and put in order by. */
  readonly view: unknown;
  readonly selected: SelectedIds;
}

export const PhotoGrid = memo(function PhotoGrid({ info, photos, view, selected }: PhotoGridProps) {
  const t = useTranslate();
  const actions = useRoomActions();
  const dragAndDropHooks = usePhotoDrag(info);
  // A long list may follow in small steps; a short one shows what was done to it at once.
  const calmPhotos = useDeferredValue(photos);
  const shown = usePacedPhotos(photos.length > MORE_PHOTOS ? calmPhotos : photos, view);
  // The list's own set also knows where a range began, so it is handed back while it still holds.
  const [reported, setReported] = useState<ReadonlySet<Key>>(NOTHING_SELECTED);
  const onSelectionChange = (selection: Selection): void => {
    const ids = selection === 'all' ? photos.map((photo) => photo.id) : [...selection].map(String);
    setReported(selection === 'all' ? NOTHING_SELECTED : selection);
    actions.select(info.id, ids);
  };
  const sideNames = useMemo(
    () => ({
      train: (file: string) => t('dataset.photo-train', { file }),
      validation: (file: string) => t('dataset.photo-validation', { file }),
      test: (file: string) => t('dataset.photo-test', { file }),
    }),
    [t],
  );
  return (
    <Virtualizer layout={GridLayout} layoutOptions={LAYOUT_OPTIONS}>
      <ListBox
        aria-label={t('dataset.class-photos', { name: info.name })}
        className={styles.grid ?? ''}
        layout="grid"
        selectionMode="multiple"
        selectionBehavior="replace"
        // The room clears the selection of every class.
        escapeKeyBehavior="none"
        items={shown}
        selectedKeys={isSameSelection(reported, selected) ? reported : selected}
        onSelectionChange={onSelectionChange}
        // Enter, a double click, or a tap; a long press selects.
        onAction={(key) => {
          actions.openPreview(String(key));
        }}
        dragAndDropHooks={dragAndDropHooks}
        dependencies={[sideNames]}
      >
        {(photo) => (
          <ListBoxItem
            id={photo.id}
            textValue={photo.name}
            aria-label={sideNames[photo.side](photo.name)}
            className={styles.option ?? ''}
          >
            <PhotoTile photo={photo} />
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  );
});

/** Height of a row and photos in one, in the narrowest data zone. */
const ROW_REM = 3.875;
const PER_ROW = 5;

/** Keeps the place of a grid that is still to come, so that nothing jumps when it does. */
export function GridPlace({ count }: { readonly count: number }) {
  const rows = `${String(Math.ceil(count / PER_ROW) * ROW_REM)}rem`;
  return <div className={styles.place} style={{ blockSize: rows }} aria-hidden="true" />;
}

/**
 * Dragging with the mouse ends in the column's own handlers (see use-column-drop.ts), which take the
 * whole column as a target; the drop here is for the keyboard and for screen readers.
 */
function usePhotoDrag(info: ClassInfo) {
  const t = useTranslate();
  const actions = useRoomActions();
  const { dragAndDropHooks } = useDragAndDrop<Photo>({
    getItems: (keys) => [...keys].map((key) => ({ [DRAG_TYPE]: String(key) })),
    getAllowedDropOperations: () => ['move'],
    onDragStart: ({ keys }) => {
      actions.setDragged(new Set([...keys].map(String)));
    },
    onDragEnd: () => {
      actions.setDragged(new Set());
    },
    acceptedDragTypes: [DRAG_TYPE],
    getDropOperation: () => 'move',
    onRootDrop: ({ items }) => {
      const texts = items.flatMap((item) =>
        item.kind === 'text' ? [item.getText(DRAG_TYPE)] : [],
      );
      void Promise.all(texts).then((ids) => {
        actions.movePhotos(ids, info);
      });
    },
    renderDragPreview: (items) => (
      <span className={styles.preview}>{t('dataset.drag-count', { n: items.length })}</span>
    ),
  });
  return dragAndDropHooks;
}
