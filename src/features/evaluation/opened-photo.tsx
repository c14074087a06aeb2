/** One judged photo: what it was answered, what can be done about it, and what it was likened to. */
import { Trash2, X } from 'lucide-react';
import type { ClassId } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp, useThumbnail } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { ProbabilityBars } from '../../ui/primitives/probability-bars.tsx';
import { Select } from '../../ui/primitives/select.tsx';
import { useEvaluationSlots } from './evaluation-slots.tsx';
import styles from './judged-photos.module.css';
import type { AnsweredPhoto, Judged } from './use-judged.ts';

interface OpenedPhotoProps {
  readonly judged: Judged;
  readonly answered: AnsweredPhoto;
  readonly onClose: () => void;
}

export function OpenedPhoto({ judged, answered, onClose }: OpenedPhotoProps) {
  const t = useTranslate();
  const { photo, row, truth, answer } = answered;
  const url = useThumbnail(photo.imageHash);
  const { Why } = useEvaluationSlots();
  return (
    <section className={styles.opened} aria-label={t('evaluation.opened', { file: photo.name })}>
      <div className={styles.head}>
        <h4 className={styles.name}>{photo.name}</h4>
        <IconButton size="small" label={t('evaluation.close-photo')} icon={X} onPress={onClose} />
      </div>
      <div className={styles.columns}>
        <div>{url !== null && <img className={styles.large} src={url} alt={photo.name} />}</div>
        <div className={styles.facts}>
          <p>
            {t(row.answer === row.truth ? 'evaluation.opened-right' : 'evaluation.opened-wrong', {
              truth: truth?.name ?? '',
              answer: answer?.name ?? '',
            })}
          </p>
          <ProbabilityBars
            classes={judged.classes}
            probabilities={row.probabilities}
            order="sorted"
            limit={5}
          />
          <PhotoActions answered={answered} onClose={onClose} />
          <NearestPhotos judged={judged} answered={answered} />
        </div>
      </div>
      {Why !== undefined && <Why photoId={photo.id} />}
    </section>
  );
}

function PhotoActions({ answered: { photo }, onClose }: Omit<OpenedPhotoProps, 'judged'>) {
  const t = useTranslate();
  const classes = useApp((state) => state.classes);
  const movePhotos = useApp((state) => state.movePhotos);
  const removePhotos = useApp((state) => state.removePhotos);
  const pinPhotos = useApp((state) => state.pinPhotos);
  return (
    <div className={styles.actions}>
      <Select<ClassId>
        label={t('evaluation.relabel')}
        value={photo.classId}
        options={classes.map((info) => ({ value: info.id, label: info.name }))}
        onChange={(classId) => {
          if (classId !== photo.classId) movePhotos([photo.id], classId);
        }}
      />
      {photo.side !== 'validation' && (
        <Button
          onPress={() => {
            pinPhotos([photo.id], 'validation');
          }}
        >
          {t('evaluation.to-validation')}
        </Button>
      )}
      <Button
        icon={Trash2}
        onPress={() => {
          removePhotos([photo.id]);
          onClose();
        }}
      >
        {t('evaluation.delete-photo')}
      </Button>
    </div>
  );
}

function NearestPhotos({ judged, answered }: Pick<OpenedPhotoProps, 'judged' | 'answered'>) {
  const t = useTranslate();
  const photos = useApp((state) => state.photos);
  const near = answered.row.nearest.flatMap((row) => photos.get(judged.photoIds[row] ?? '') ?? []);
  if (near.length === 0) return null;
  const label = t('evaluation.nearest');
  return (
    <div>
      <p className={styles.muted}>{label}</p>
      <ul role="list" aria-label={label} className={styles.nearest}>
        {near.map((photo) => (
          <li key={photo.id}>
            <NearPhoto imageHash={photo.imageHash} classId={photo.classId} name={photo.name} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface NearPhotoProps {
  readonly imageHash: string;
  readonly classId: ClassId;
  readonly name: string;
}

function NearPhoto({ imageHash, classId, name }: NearPhotoProps) {
  const url = useThumbnail(imageHash);
  const info = useApp((state) => state.classes.find((each) => each.id === classId));
  return (
    <>
      {url !== null && <img className={styles.picture} src={url} alt={name} decoding="async" />}
      <ClassDot colorIndex={info?.colorIndex ?? 0} /> {info?.name}
    </>
  );
}
