/** Judged photos as pictures: each says what was answered and how sure, and opens under the list. */
import { useState } from 'react';
import type { JudgedRow } from '../../domain/evaluation.ts';
import type { PhotoId } from '../../domain/photo.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useThumbnail } from '../../state/use-app.tsx';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import { Skeleton } from '../../ui/primitives/skeleton.tsx';
import styles from './judged-photos.module.css';
import { OpenedPhoto } from './opened-photo.tsx';
import { useAnsweredPhotos, type AnsweredPhoto, type Judged } from './use-judged.ts';

interface JudgedPhotosProps {
  /** Accessible name of the list. */
  readonly label: string;
  readonly judged: Judged;
  readonly rows: readonly JudgedRow[];
  /** More are counted, not shown; a press shows them. */
  readonly limit?: number;
}

export function JudgedPhotos({ label, judged, rows, limit = 48 }: JudgedPhotosProps) {
  const t = useTranslate();
  const photos = useAnsweredPhotos(judged, rows);
  const [openId, setOpenId] = useState<PhotoId | null>(null);
  const [shown, setShown] = useState(limit);
  const opened = photos.find(({ photo }) => photo.id === openId);
  return (
    <div className={styles.block}>
      <ul role="list" aria-label={label} className={styles.list}>
        {photos.slice(0, shown).map((each) => (
          <li key={each.photo.id}>
            <PhotoButton
              answered={each}
              isOpen={each === opened}
              onPress={() => {
                setOpenId(each === opened ? null : each.photo.id);
              }}
            />
          </li>
        ))}
      </ul>
      {photos.length > shown && (
        <button
          type="button"
          className={styles.more}
          onClick={() => {
            setShown(shown + limit);
          }}
        >
          {t('evaluation.show-more', { n: photos.length - shown })}
        </button>
      )}
      {opened !== undefined && (
        <OpenedPhoto
          key={opened.photo.id}
          judged={judged}
          answered={opened}
          onClose={() => {
            setOpenId(null);
          }}
        />
      )}
    </div>
  );
}

interface PhotoButtonProps {
  readonly answered: AnsweredPhoto;
  readonly isOpen: boolean;
  readonly onPress: () => void;
}

function PhotoButton({ answered, isOpen, onPress }: PhotoButtonProps) {
  const t = useTranslate();
  const formats = useFormats();
  const { photo, row, answer, truth } = answered;
  const url = useThumbnail(photo.imageHash);
  const percent = formats.probability(row.confidence);
  const text = t('lab.photo', {
    file: photo.name,
    answer: answer?.name ?? '',
    truth: truth?.name ?? '',
    percent,
  });
  return (
    <button
      type="button"
      className={styles.photo}
      data-right={row.answer === row.truth}
      aria-expanded={isOpen}
      aria-label={text}
      title={text}
      onClick={onPress}
    >
      {url === null ? (
        <Skeleton shape="box" height="100%" />
      ) : (
        <img className={styles.picture} src={url} alt="" decoding="async" />
      )}
      <span className={styles.answer} aria-hidden="true">
        <ClassDot colorIndex={answer?.colorIndex ?? 0} /> {percent}
      </span>
    </button>
  );
}
