/** Validation photos as small pictures, each with what was answered and how sure. */
import type { EpochAnswers } from '../../domain/epoch-answers.ts';
import type { Photo } from '../../domain/photo.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useThumbnail } from '../../state/use-app.tsx';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import { Skeleton } from '../../ui/primitives/skeleton.tsx';
import styles from './answered-photos.module.css';
import type { EpochView } from './use-epoch-view.ts';

/** More would be a wall of pictures, and slow while the slider is dragged. */
const MOST_PHOTOS = 24;

interface AnsweredPhotosProps {
  /** Accessible name of the list. */
  readonly label: string;
  readonly view: EpochView;
  readonly answers: EpochAnswers;
  readonly rows: readonly number[];
}

export function AnsweredPhotos({ label, view, answers, rows }: AnsweredPhotosProps) {
  const t = useTranslate();
  if (rows.length === 0) return null;
  return (
    <ul role="list" aria-label={label} className={styles.list}>
      {rows.slice(0, MOST_PHOTOS).map((row) => {
        const photo = view.photos[row];
        return photo === undefined ? null : (
          <AnsweredPhoto key={photo.id} photo={photo} row={row} view={view} answers={answers} />
        );
      })}
      {rows.length > MOST_PHOTOS && (
        <li className={styles.more}>{t('lab.more-photos', { n: rows.length - MOST_PHOTOS })}</li>
      )}
    </ul>
  );
}

interface AnsweredPhotoProps {
  readonly photo: Photo;
  readonly row: number;
  readonly view: EpochView;
  readonly answers: EpochAnswers;
}

function AnsweredPhoto({ photo, row, view, answers }: AnsweredPhotoProps) {
  const t = useTranslate();
  const formats = useFormats();
  const url = useThumbnail(photo.imageHash);
  const answer = view.classes[answers.predicted[row] ?? 0];
  const truth = view.classes[answers.labels[row] ?? 0];
  const percent = formats.probability(answers.confidence[row] ?? 0);
  const text = t('lab.photo', {
    file: photo.name,
    answer: answer?.name ?? '',
    truth: truth?.name ?? '',
    percent,
  });
  return (
    <li className={styles.photo} title={text}>
      {url === null ? (
        <Skeleton shape="box" height="100%" />
      ) : (
        <img className={styles.picture} src={url} alt={text} decoding="async" />
      )}
      <span className={styles.answer} aria-hidden="true">
        <ClassDot colorIndex={answer?.colorIndex ?? 0} /> {percent}
      </span>
    </li>
  );
}
