/** One photo in the grid: its thumbnail, and quiet marks for the side and for a side chosen by hand. */
import { Pin } from 'lucide-react';
import type { Photo } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useThumbnail } from '../../state/use-app.tsx';
import { Skeleton } from '../../ui/primitives/skeleton.tsx';
import styles from './photo-grid.module.css';

export function PhotoTile({ photo }: { readonly photo: Photo }) {
  const t = useTranslate();
  const url = useThumbnail(photo.imageHash);
  return (
    <span className={styles.tile}>
      {url === null ? (
        <Skeleton shape="box" height="100%" />
      ) : (
        // Named by the option around it. Not draggable itself: the option is.
        <img className={styles.picture} src={url} alt="" draggable={false} decoding="async" />
      )}
      {photo.side === 'train' ? null : (
        <span className={styles.mark} data-side={photo.side} aria-hidden="true">
          {t(photo.side === 'validation' ? 'dataset.mark-validation' : 'dataset.mark-test')}
        </span>
      )}
      {photo.pinned ? (
        <span className={styles.pin} aria-hidden="true">
          <Pin />
        </span>
      ) : null}
    </span>
  );
}
