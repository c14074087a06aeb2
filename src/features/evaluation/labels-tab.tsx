/** Labels that are probably wrong, reviewed one at a time with single keys. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Check, RotateCcw, Tag, Trash2 } from 'lucide-react';
import type { SuspectLabel } from '../../domain/confident-learning.ts';
import type { Photo } from '../../domain/photo.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import type { JudgedFolds } from '../../state/evaluation-state.ts';
import { useApp, useThumbnail } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import styles from './evaluation-room.module.css';
import { JobBar } from './job-bar.tsx';
import reviewStyles from './labels-tab.module.css';

export function LabelsTab() {
  const t = useTranslate();
  const result = useApp((state) => state.evaluation.folds.result);
  return (
    <div className={styles.part}>
      <p className={styles.muted}>{t('evaluation.labels-text')}</p>
      <JobBar job="folds" label={t('evaluation.start-labels')} />
      {result !== null && <Review key={result.key} judged={result} />}
    </div>
  );
}

/** Below this most suspects are the models' own mistakes: measured on four photo sets (docs/DEFAULTS.md). */
const WEAK_BELOW = 0.8;

type Verdict = 'kept' | 'relabelled' | 'deleted';

function Review({ judged }: { readonly judged: JudgedFolds }) {
  const t = useTranslate();
  const formats = useFormats();
  const { scorecard, labelCheck } = judged.evaluation;
  const { accuracy } = scorecard;
  const { suspects, estimatedErrors } = labelCheck;
  const [verdicts, setVerdicts] = useState<readonly Verdict[]>([]);
  const photos = useApp((state) => state.photos);
  const movePhotos = useApp((state) => state.movePhotos);
  const removePhotos = useApp((state) => state.removePhotos);
  const undo = useApp((state) => state.undo);
  const at = verdicts.length;
  const suspect = suspects[at];
  const photoId = suspect === undefined ? undefined : judged.photoIds[suspect.row];
  const photo = photoId === undefined ? undefined : photos.get(photoId);
  const decide = (verdict: Verdict): void => {
    if (suspect === undefined) return;
    const suggested = judged.classes[suspect.suggested];
    if (photo !== undefined && verdict === 'relabelled' && suggested !== undefined) {
      movePhotos([photo.id], suggested.id);
    }
    if (photo !== undefined && verdict === 'deleted') removePhotos([photo.id]);
    setVerdicts([...verdicts, verdict]);
  };
  const takeBack = (): void => {
    const last = verdicts.at(-1);
    if (last === undefined) return;
    if (last !== 'kept') undo();
    setVerdicts(verdicts.slice(0, -1));
  };
  if (suspects.length === 0) return <p>{t('evaluation.labels-none')}</p>;
  return (
    <section className={styles.block} aria-label={t('evaluation.labels-review')}>
      <p role="status" aria-label={t('evaluation.labels-progress')}>
        {suspect === undefined
          ? t('evaluation.labels-done', {
              n: suspects.length,
              changed: verdicts.filter((each) => each !== 'kept').length,
            })
          : t('evaluation.labels-at', {
              at: at + 1,
              n: suspects.length,
              estimated: Math.round(estimatedErrors),
            })}
      </p>
      {suspect !== undefined && accuracy.value < WEAK_BELOW && (
        <p className={styles.muted}>
          {t('evaluation.labels-weak', { percent: formats.percent(accuracy.value) })}
        </p>
      )}
      {suspect !== undefined && (
        <Suspect
          key={at}
          judged={judged}
          suspect={suspect}
          photo={photo ?? null}
          canTakeBack={at > 0}
          onDecide={decide}
          onTakeBack={takeBack}
        />
      )}
      {suspect === undefined && (
        <div>
          <Button icon={RotateCcw} onPress={takeBack}>
            {t('evaluation.labels-back')}
          </Button>
        </div>
      )}
    </section>
  );
}

interface SuspectProps {
  readonly judged: JudgedFolds;
  readonly suspect: SuspectLabel;
  /** Null when it was deleted meanwhile. */
  readonly photo: Photo | null;
  readonly canTakeBack: boolean;
  readonly onDecide: (verdict: Verdict) => void;
  readonly onTakeBack: () => void;
}

function Suspect(props: SuspectProps) {
  const { judged, suspect, photo, canTakeBack, onDecide, onTakeBack } = props;
  const t = useTranslate();
  const formats = useFormats();
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    card.current?.focus({ preventScroll: true });
  }, []);
  const label = judged.classes[suspect.label];
  const suggested = judged.classes[suspect.suggested];
  const keys: Readonly<Record<string, () => void>> = {
    k: () => {
      onDecide('kept');
    },
    r: () => {
      onDecide('relabelled');
    },
    d: () => {
      onDecide('deleted');
    },
    u: onTakeBack,
  };
  const press = (event: KeyboardEvent): void => {
    const act = keys[event.key.toLowerCase()];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      ref={card}
      role="group"
      aria-label={t('evaluation.labels-photo', { file: photo?.name ?? '' })}
      tabIndex={-1}
      className={reviewStyles.card}
      onKeyDown={press}
    >
      {photo !== null && <SuspectPicture photo={photo} />}
      <div className={reviewStyles.facts}>
        <p className={reviewStyles.question}>
          <ClassDot colorIndex={suggested?.colorIndex ?? 0} />{' '}
          {t('evaluation.labels-question', {
            label: label?.name ?? '',
            suggested: suggested?.name ?? '',
          })}
        </p>
        <p className={styles.muted}>
          {t('evaluation.labels-shares', {
            label: label?.name ?? '',
            suggested: suggested?.name ?? '',
            labelShare: formats.probability(suspect.labelShare),
            suggestedShare: formats.probability(suspect.suggestedShare),
          })}
        </p>
        <div className={styles.row}>
          <Button icon={Check} onPress={keys['k'] ?? onTakeBack}>
            {t('evaluation.labels-keep', { label: label?.name ?? '' })}
          </Button>
          <Button icon={Tag} onPress={keys['r'] ?? onTakeBack}>
            {t('evaluation.labels-relabel', { suggested: suggested?.name ?? '' })}
          </Button>
          <Button icon={Trash2} onPress={keys['d'] ?? onTakeBack}>
            {t('evaluation.labels-delete')}
          </Button>
          {canTakeBack && (
            <Button variant="quiet" icon={RotateCcw} onPress={onTakeBack}>
              {t('evaluation.labels-back')}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

function SuspectPicture({ photo }: { readonly photo: Photo }) {
  const url = useThumbnail(photo.imageHash);
  return (
    <div className={reviewStyles.frame}>
      {url !== null && <img className={reviewStyles.picture} src={url} alt={photo.name} />}
    </div>
  );
}
