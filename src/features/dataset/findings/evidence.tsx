/** A few of the pictures a finding is about; pressing one opens it large, among the others. */
import type { CSSProperties } from 'react';
import type { Finding } from '../../../domain/finding.ts';
import type { Photo, PhotoId } from '../../../domain/photo.ts';
import { useTranslate } from '../../../i18n/use-translate.ts';
import { useApp, useThumbnail } from '../../../state/use-app.tsx';
import { classColor } from '../../../ui/tokens/class-color.ts';
import { useRoomActions } from '../room-actions.tsx';
import styles from './findings.module.css';

/** Two rows in the narrowest data zone. */
const SHOWN = 10;

export function Evidence({ finding }: { readonly finding: Finding }) {
  const { photoIds, sets } = finding;
  if (photoIds.length === 0) return null;
  return <PhotoStrip ids={inTurn(sets, SHOWN)} all={sets.flat()} />;
}

/** The first of each set side by side with the second: that is what shows that they are alike. */
function inTurn(sets: Finding['sets'], count: number): readonly PhotoId[] {
  const perSet = sets.length === 1 ? count : 2;
  return sets.flatMap((set) => set.slice(0, perSet)).slice(0, count);
}

export interface PhotoStripProps {
  readonly ids: readonly PhotoId[];
  /** What opens large, to go through. */
  readonly all: readonly PhotoId[];
}

export function PhotoStrip({ ids, all }: PhotoStripProps) {
  const t = useTranslate();
  const photos = useApp((state) => state.photos);
  const rest = all.length - ids.length;
  return (
    <div className={styles.strip}>
      {ids.map((id) => {
        const photo = photos.get(id);
        return photo === undefined ? null : <Thumb key={id} photo={photo} all={all} />;
      })}
      {rest > 0 ? <span className={styles.quiet}>{t('findings.more', { n: rest })}</span> : null}
    </div>
  );
}

function Thumb({ photo, all }: { readonly photo: Photo; readonly all: readonly PhotoId[] }) {
  const t = useTranslate();
  const { openPreview } = useRoomActions();
  const url = useThumbnail(photo.imageHash);
  const colorIndex = useApp(
    (state) => state.classes.find((info) => info.id === photo.classId)?.colorIndex ?? 0,
  );
  return (
    <button
      type="button"
      className={styles.thumb}
      aria-label={t('findings.evidence', { file: photo.name })}
      style={{ '--class-color': classColor(colorIndex) } as CSSProperties}
      onClick={() => {
        openPreview(photo.id, all);
      }}
    >
      {url === null ? null : <img src={url} alt="" decoding="async" />}
    </button>
  );
}
