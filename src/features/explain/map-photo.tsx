/** The photo under the pointer or the keyboard, and those most alike to the chosen one. */
import { neighboursOnMap } from '../../domain/photo-map.ts';
import type { PhotoId } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { KeptMap } from '../../state/services/photo-map-keeper.ts';
import { useThumbnail } from '../../state/use-app.tsx';
import { classColor } from '../../ui/tokens/class-color.ts';
import { mapPhotoText } from './map-photo-text.ts';
import type { MapPoint } from './map-points.ts';
import styles from './photo-map.module.css';

const NEIGHBOURS = 8;

interface MapPhotoProps {
  readonly kept: KeptMap;
  readonly points: readonly MapPoint[];
  /** Under the pointer, else the chosen one. */
  readonly shownId: PhotoId | null;
  readonly focusedId: PhotoId | null;
  readonly onFocus: (id: PhotoId) => void;
}

export function MapPhoto({ kept, points, shownId, focusedId, onFocus }: MapPhotoProps) {
  const t = useTranslate();
  const shown = points.find((point) => point.id === shownId);
  const focused = points.find((point) => point.id === focusedId);
  return (
    <div className={styles.below}>
      <div className={styles.photo}>
        {shown !== undefined && <Picture point={shown} size="large" />}
        {/* Only the chosen photo is read out: hovering would not stop talking. */}
        <p role="status" aria-label={t('explain.map-focus')} className="visually-hidden">
          {focused === undefined ? '' : mapPhotoText(t, focused)}
        </p>
        {shown !== undefined && <p aria-hidden>{mapPhotoText(t, shown)}</p>}
      </div>
      {focused !== undefined && (
        <Neighbours kept={kept} points={points} focused={focused} onFocus={onFocus} />
      )}
    </div>
  );
}

interface NeighboursProps {
  readonly kept: KeptMap;
  readonly points: readonly MapPoint[];
  readonly focused: MapPoint;
  readonly onFocus: (id: PhotoId) => void;
}

function Neighbours({ kept, points, focused, onFocus }: NeighboursProps) {
  const t = useTranslate();
  const row = kept.rowOf.get(focused.id);
  // One that came later has a place, but no row to compare.
  if (row === undefined) return null;
  const pointOf = new Map(points.map((point) => [point.id, point]));
  const near = neighboursOnMap(kept.map, row, 2 * NEIGHBOURS)
    .map((other) => pointOf.get(kept.ids[other] ?? ''))
    .filter((point) => point !== undefined)
    .slice(0, NEIGHBOURS);
  const title = t('explain.map-neighbours', { file: focused.photo.name });
  return (
    <div className={styles.neighbours}>
      <p className={styles.note}>{title}</p>
      <ul aria-label={title} className={styles.strip}>
        {near.map((point) => (
          <li key={point.id}>
            <button
              type="button"
              className={styles.neighbour}
              aria-label={mapPhotoText(t, point)}
              onClick={() => onFocus(point.id)}
            >
              <Picture point={point} size="small" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Picture({ point, size }: { readonly point: MapPoint; readonly size: 'small' | 'large' }) {
  const url = useThumbnail(point.photo.imageHash);
  return (
    <span
      className={styles.picture}
      data-size={size}
      style={{ borderColor: classColor(point.colorIndex) }}
    >
      {url !== null && <img src={url} alt="" />}
    </span>
  );
}
