/** Pictures under two labels, one after the other, each with the labels to choose from. */
import { useState } from 'react';
import type { Finding } from '../../../domain/finding.ts';
import type { ClassId, ClassInfo, PhotoId } from '../../../domain/photo.ts';
import { useTranslate } from '../../../i18n/use-translate.ts';
import { useApp } from '../../../state/use-app.tsx';
import { Button } from '../../../ui/primitives/button.tsx';
import { useRoomActions } from '../room-actions.tsx';
import { PhotoStrip } from './evidence.tsx';
import styles from './findings.module.css';

const AT_ONCE = 4;
const SHOWN_COPIES = 6;

export function ClashList({ finding }: { readonly finding: Finding }) {
  const t = useTranslate();
  const [limit, setLimit] = useState(AT_ONCE);
  const { sets, kind } = finding;
  const rest = sets.length - limit;
  return (
    <ul className={styles.clashes}>
      {sets.slice(0, limit).map((ids) => (
        <Clash key={ids.join(' ')} ids={ids} isExact={kind === 'two-classes'} />
      ))}
      {rest > 0 ? (
        <li>
          <Button
            size="small"
            variant="quiet"
            onPress={() => {
              setLimit(limit + 5 * AT_ONCE);
            }}
          >
            {t('findings.more', { n: rest })}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}

function Clash({ ids, isExact }: { readonly ids: readonly PhotoId[]; readonly isExact: boolean }) {
  const t = useTranslate();
  const { removePhotos, movePhotos } = useRoomActions();
  const photos = useApp((state) => state.photos);
  const classes = useApp((state) => state.classes);
  const classOf = (id: PhotoId): ClassId | undefined => photos.get(id)?.classId;
  const used = new Set(ids.map(classOf));
  // The very same picture is needed once only; of two that are nearly the same both may stay.
  const settle = (to: ClassInfo): void => {
    const others = ids.filter((id) => classOf(id) !== to.id);
    if (isExact) removePhotos(others);
    else movePhotos(others, to);
  };
  return (
    <li className={styles.clash}>
      <PhotoStrip ids={ids.slice(0, SHOWN_COPIES)} all={ids} />
      <div className={styles.actions}>
        {classes
          .filter((info) => used.has(info.id))
          .map((info) => (
            <Button
              key={info.id}
              size="small"
              onPress={() => {
                settle(info);
              }}
            >
              {t(isExact ? 'findings.keep-only' : 'findings.keep-as', { name: info.name })}
            </Button>
          ))}
      </div>
    </li>
  );
}
