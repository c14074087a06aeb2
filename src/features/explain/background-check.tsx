/** Does the model look at the things, or at what is around them? Over the photos it did not learn from. */
import { ScanSearch } from 'lucide-react';
import { useState } from 'react';
import type { PhotoId } from '../../domain/photo.ts';
import type { Run } from '../../domain/run.ts';
import { addMessages } from '../../i18n/messages.ts';
import { explainMessages } from '../../i18n/en/explain.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import type { BackgroundOutcome, PhotoBackground } from '../../state/services/background-check.ts';
import { useApp, useThumbnail } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { ProgressBar } from '../../ui/primitives/progress-bar.tsx';
import styles from './background-check.module.css';
import { useBackgroundCheck } from './use-background-check.ts';
import { WhyPhoto } from './why-photo.tsx';

addMessages(explainMessages);

/** More would not be looked at. */
const SHOWN_PHOTOS = 12;

export function BackgroundCheck() {
  const t = useTranslate();
  const run = useApp((state) => state.currentRun);
  const { progress, outcome, problem, start, cancel } = useBackgroundCheck(run);
  if (run === null) return null;
  return (
    <section aria-label={t('explain.background-title')} className={styles.check}>
      <h3 className={styles.title}>{t('explain.background-title')}</h3>
      <p className={styles.note}>{t('explain.background-intro')}</p>
      {progress !== null ? (
        <ProgressBar
          label={t('explain.background-progress')}
          done={progress.done}
          total={progress.total}
          onCancel={cancel}
          cancelLabel={t('explain.background-cancel')}
        />
      ) : (
        <Button icon={ScanSearch} onPress={start}>
          {t('explain.background-start')}
        </Button>
      )}
      <div role="status" aria-label={t('explain.background-result')} className={styles.result}>
        {problem !== null && <p>{t(`explain.background-${problem}`)}</p>}
        {outcome?.kind === 'unsupported' && <p>{t('explain.unsupported')}</p>}
        {outcome?.kind === 'checked' && <Sentence photos={outcome.photos} />}
      </div>
      {outcome?.kind === 'checked' && <Worst outcome={outcome} run={run} />}
    </section>
  );
}

function Sentence({ photos }: { readonly photos: readonly PhotoBackground[] }) {
  const t = useTranslate();
  const formats = useFormats();
  if (photos.length === 0) return <p>{t('explain.background-none')}</p>;
  const mean = (pick: (photo: PhotoBackground) => number): number =>
    photos.reduce((sum, photo) => sum + pick(photo), 0) / photos.length;
  const evidence = mean((photo) => photo.evidence);
  const area = mean((photo) => photo.area);
  const middle = photos.filter((photo) => photo.how === 'middle').length;
  const values = {
    n: photos.length,
    evidence: formats.percent(evidence),
    area: formats.percent(area),
  };
  return (
    <>
      <p>{t('explain.background-sentence', values)}</p>
      <p>{evidence > area ? t('explain.background-more') : t('explain.background-less')}</p>
      <p className={styles.note}>{t('explain.background-method', { n: photos.length, middle })}</p>
    </>
  );
}

interface WorstProps {
  readonly outcome: Extract<BackgroundOutcome, { kind: 'checked' }>;
  readonly run: Run;
}

function Worst({ outcome, run }: WorstProps) {
  const t = useTranslate();
  const [opened, setOpened] = useState<PhotoId | null>(null);
  const worst = outcome.photos.slice(0, SHOWN_PHOTOS);
  if (worst.length === 0) return null;
  return (
    <>
      <p className={styles.note}>{t('explain.background-worst')}</p>
      <ul aria-label={t('explain.background-worst')} className={styles.list}>
        {worst.map((each) => (
          <li key={each.photo.id}>
            <WorstPhoto
              found={each}
              answer={run.classes[each.classIndex]?.name ?? ''}
              isOpen={opened === each.photo.id}
              onPress={() => setOpened(opened === each.photo.id ? null : each.photo.id)}
            />
          </li>
        ))}
      </ul>
      {opened !== null && <WhyPhoto photoId={opened} />}
    </>
  );
}

interface WorstPhotoProps {
  readonly found: PhotoBackground;
  readonly answer: string;
  readonly isOpen: boolean;
  readonly onPress: () => void;
}

function WorstPhoto({ found, answer, isOpen, onPress }: WorstPhotoProps) {
  const t = useTranslate();
  const formats = useFormats();
  const url = useThumbnail(found.photo.imageHash);
  const share = formats.percent(found.evidence);
  return (
    <button
      type="button"
      className={styles.photo}
      aria-expanded={isOpen}
      aria-label={t('explain.background-photo', { file: found.photo.name, answer, share })}
      onClick={onPress}
    >
      {url !== null && <img src={url} alt="" />}
      <span className={styles.share}>{share}</span>
    </button>
  );
}
