/** Why the model answers as it does for one stored photo: for rooms that have a photo open. */
import { addMessages } from '../../i18n/messages.ts';
import { explainMessages } from '../../i18n/en/explain.ts';
import { PAD_VALUE } from '../../domain/fit-square.ts';
import type { FitMode, PhotoId } from '../../domain/photo.ts';
import type { Run } from '../../domain/run.ts';
import { headProbabilities } from '../../domain/head-forward.ts';
import { answerOf } from '../../domain/occlusion.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { Skeleton } from '../../ui/primitives/skeleton.tsx';
import { EvidenceControls } from './evidence-controls.tsx';
import { EvidenceLayer } from './evidence-layer.tsx';
import styles from './explain.module.css';
import { HidingCheck } from './hiding-check.tsx';
import { usePhotoLook, type PhotoLook } from './use-photo-look.ts';

addMessages(explainMessages);

/** What `squareFit` in domain does to pixels, as CSS says it. */
const OBJECT_FIT = { crop: 'cover', pad: 'contain', stretch: 'fill' } as const satisfies Record<
  FitMode,
  string
>;
const PAD_COLOUR = `rgb(${PAD_VALUE} ${PAD_VALUE} ${PAD_VALUE})`;

export function WhyPhoto({ photoId }: { readonly photoId: PhotoId }) {
  const t = useTranslate();
  const run = useApp((state) => state.currentRun);
  const state = usePhotoLook(photoId, run);
  return (
    <section aria-label={t('explain.photo-title')} className={styles.photoWhy}>
      {run !== null && state.status === 'ready' ? (
        <Explained run={run} state={state} />
      ) : (
        <NotYet state={state} />
      )}
    </section>
  );
}

function NotYet({ state }: { readonly state: PhotoLook }) {
  const t = useTranslate();
  if (state.status !== 'failed') {
    return (
      <div className={styles.square} aria-label={t('explain.photo-loading')} role="status">
        <Skeleton shape="box" height="100%" />
      </div>
    );
  }
  return (
    <Notice
      tone="warning"
      action={
        state.reason === 'engine' ? (
          <Button size="small" onPress={state.again}>
            {t('explain.try-again')}
          </Button>
        ) : undefined
      }
    >
      <p>{t('explain.photo-failed', { reason: t(`explain.photo-${state.reason}`) })}</p>
    </Notice>
  );
}

interface ExplainedProps {
  readonly run: Run;
  readonly state: Extract<PhotoLook, { status: 'ready' }>;
}

function Explained({ run, state }: ExplainedProps) {
  const t = useTranslate();
  const formats = useFormats();
  const { look, imageUrl, fileName, keep } = state;
  const { classes } = run;
  const answer = answerOf(headProbabilities(look.head, look.embedding, 1, look.temperature));
  return (
    <>
      <div className={styles.square}>
        <img
          className={styles.image}
          src={imageUrl}
          alt={t('explain.photo-alt', { file: fileName })}
          style={{ objectFit: OBJECT_FIT[run.fit], backgroundColor: PAD_COLOUR }}
        />
        <EvidenceLayer look={look} classes={classes} />
      </div>
      <div className={styles.beside}>
        <p className={styles.sentence}>
          {t('explain.photo-answer', {
            name: classes[answer.classIndex]?.name ?? '',
            percent: formats.probability(answer.probability),
          })}
        </p>
        <EvidenceControls look={look} classes={classes} />
        <HidingCheck
          look={look}
          classes={classes}
          onResult={(occlusion) => keep({ ...look, occlusion })}
        />
      </div>
    </>
  );
}
