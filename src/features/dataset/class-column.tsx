/** One class: its name, counts, actions and photos. Takes drops of files and of photos. */
import { Camera, ImagePlus } from 'lucide-react';
import { memo, useRef, type CSSProperties } from 'react';
import type { Photo } from '../../domain/photo.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import type { ClassPhotos } from '../../state/selectors/photos-by-class.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { InlineEdit } from '../../ui/primitives/inline-edit.tsx';
import { classColor } from '../../ui/tokens/class-color.ts';
import { ClassActions } from './class-actions.tsx';
import styles from './class-column.module.css';
import { GridPlace, PhotoGrid } from './photo-grid.tsx';
import type { SelectedIds } from './photo-selection.ts';
import { useRoomActions } from './room-actions.tsx';
import { SideCounts } from './side-counts.tsx';
import { useColumnDrop } from './use-column-drop.ts';
import { useTurn } from './use-paced-photos.ts';

const ACCEPT =
  'image/*,.jpg,.jpeg,.png,.webp,.gif,.bmp,.avif,.heic,.heif,.tif,.tiff,.zip,.tm,.headstart,.csv,.tsv';

export interface ClassColumnProps {
  readonly entry: ClassPhotos;
  /** Those of its photos that are shown, in this order. */
  readonly photos: readonly Photo[];
  /** What they were chosen and put in order by. */
  readonly view: unknown;
  readonly selected: SelectedIds;
}

export const ClassColumn = memo(function ClassColumn({
  entry,
  photos,
  view,
  selected,
}: ClassColumnProps) {
  const t = useTranslate();
  const { capture } = useRoomActions();
  const { info } = entry;
  const { name } = info;
  const input = useRef<HTMLInputElement>(null);
  const { offer, handlers } = useColumnDrop(info);
  const isGridDue = useTurn(photos.length > 0);
  const choose = (): void => input.current?.click();
  const record = (): void => {
    capture.openCamera(info.id);
  };
  return (
    <div
      role="group"
      aria-label={name}
      data-class-id={info.id}
      className={styles.column}
      style={{ '--class-color': classColor(info.colorIndex) } as CSSProperties}
      data-offer={offer?.kind}
      {...handlers}
    >
      <ColumnHead entry={entry} onAdd={choose} onRecord={record} />
      {photos.length === 0 && entry.photos.length > 0 ? (
        <p className={styles.emptyText}>{t('dataset.class-none-shown')}</p>
      ) : photos.length === 0 ? (
        <div className={styles.empty}>
          <p className={styles.emptyText}>{t('dataset.class-empty')}</p>
          <Button size="small" icon={ImagePlus} onPress={choose}>
            {t('dataset.class-empty-choose')}
          </Button>
          <Button size="small" icon={Camera} onPress={record}>
            {t('dataset.class-empty-camera')}
          </Button>
        </div>
      ) : isGridDue ? (
        <PhotoGrid info={info} photos={photos} view={view} selected={selected} />
      ) : (
        <GridPlace count={photos.length} />
      )}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPT}
        data-testid={`photo-input-${name}`}
        aria-label={t('dataset.class-add', { name })}
        onChange={(event) => {
          const files = Array.from(event.currentTarget.files ?? []);
          event.currentTarget.value = '';
          capture.addFiles(
            files.map((file) => ({ file, name: file.name, folder: null })),
            info.id,
          );
        }}
      />
      {offer === null ? null : (
        <div className={styles.offer} aria-hidden="true">
          <span>
            {offer.kind === 'files'
              ? t('dataset.class-drop', { name })
              : t('dataset.class-drop-photos', { name, n: offer.count })}
          </span>
        </div>
      )}
    </div>
  );
});

interface ColumnHeadProps {
  readonly entry: ClassPhotos;
  readonly onAdd: () => void;
  readonly onRecord: () => void;
}

function ColumnHead({ entry, onAdd, onRecord }: ColumnHeadProps) {
  const t = useTranslate();
  const formats = useFormats();
  const renameClass = useApp((state) => state.renameClass);
  const { info } = entry;
  const { name } = info;
  const rename = (wanted: string): string | null => {
    const verdict = renameClass(info.id, wanted);
    if (verdict === 'ok') return null;
    return t(verdict === 'empty' ? 'dataset.class-name-empty' : 'dataset.class-name-taken');
  };
  return (
    <div className={styles.head}>
      <span className={styles.swatch} aria-hidden="true" />
      <div className={styles.name}>
        <InlineEdit label={t('dataset.class-name', { name })} value={name} onCommit={rename} />
        <span className={styles.total} aria-hidden="true">
          {formats.number(entry.photos.length)}
        </span>
        <span className="visually-hidden">
          {t('dataset.class-count', { n: entry.photos.length })}
        </span>
      </div>
      <IconButton
        label={t('dataset.class-add', { name })}
        icon={ImagePlus}
        size="small"
        onPress={onAdd}
      />
      <IconButton
        label={t('dataset.class-camera', { name })}
        icon={Camera}
        size="small"
        onPress={onRecord}
      />
      <ClassActions info={info} />
      {entry.photos.length === 0 ? null : (
        <div className={styles.counts}>
          <SideCounts {...entry} />
        </div>
      )}
    </div>
  );
}
