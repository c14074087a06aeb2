/** What the epoch looked at did to particular photos, compared with the one in use. */
import { flipsBetween, type EpochAnswers } from '../../domain/epoch-answers.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { AnsweredPhotos } from './answered-photos.tsx';
import styles from './flipped-photos.module.css';
import type { EpochView } from './use-epoch-view.ts';

interface FlippedPhotosProps {
  readonly view: EpochView;
  readonly answers: EpochAnswers;
}

export function FlippedPhotos({ view, answers }: FlippedPhotosProps) {
  const t = useTranslate();
  const { epoch, epochInUse, answersInUse } = view;
  if (answersInUse === null) return null;
  return (
    <div className={styles.flips}>
      <h4 className={styles.title}>{t('lab.flips')}</h4>
      {epoch === epochInUse ? (
        <p className={styles.muted}>{t('lab.flips-hint')}</p>
      ) : (
        <FlipLists view={view} answers={answers} answersInUse={answersInUse} />
      )}
    </div>
  );
}

function FlipLists({
  view,
  answers,
  answersInUse,
}: FlippedPhotosProps & { readonly answersInUse: EpochAnswers }) {
  const t = useTranslate();
  const { lost, won } = flipsBetween(answersInUse, answers);
  const lostTitle = t('lab.lost', { n: lost.length });
  const wonTitle = t('lab.won', { n: won.length });
  return (
    <>
      <p className={styles.muted}>
        {t('lab.flips-title', { from: view.epochInUse, to: view.epoch })}
      </p>
      <p className={styles.kind} data-kind="lost">
        {lostTitle}
      </p>
      <AnsweredPhotos label={lostTitle} view={view} answers={answers} rows={lost} />
      <p className={styles.kind} data-kind="won">
        {wonTitle}
      </p>
      <AnsweredPhotos label={wonTitle} view={view} answers={answers} rows={won} />
    </>
  );
}
