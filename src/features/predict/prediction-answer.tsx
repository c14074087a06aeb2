/** What the model says: the answer large, every class as a bar under it, and how long it took. */
import type { ReactNode } from 'react';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import type { Prediction } from '../../state/store-types.ts';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import { ProbabilityBars } from '../../ui/primitives/probability-bars.tsx';
import { Skeleton } from '../../ui/primitives/skeleton.tsx';
import { unknownText, withheldText } from './answer-text.ts';
import styles from './prediction-answer.module.css';
import { readAnswer } from './read-answer.ts';
import { useShownPrediction } from './use-shown-prediction.ts';

/** `rate`: answers a second of the camera, null until known. */
export function PredictionAnswer({ rate }: { readonly rate: number | null }) {
  const prediction = useShownPrediction();
  const isWorking = useApp((state) => state.predictStatus === 'working');
  const classCount = useApp((state) => state.currentRun?.classes.length ?? 0);
  // The run has changed and its own answer is not here yet.
  const isOutdated = useApp(
    (state) => state.prediction !== null && state.prediction.runId !== state.currentRun?.id,
  );
  if (prediction === null) return isWorking ? <AnswerSkeleton rows={classCount} /> : null;
  return (
    <div className={styles.answer} data-stale={isWorking || isOutdated}>
      <HeadMark prediction={prediction} />
      <Headline prediction={prediction} />
      <ProbabilityBars
        classes={prediction.classes}
        probabilities={prediction.probabilities}
        order={prediction.source === 'camera' ? 'class' : 'sorted'}
        isStale={isWorking || isOutdated}
      />
      <Meta prediction={prediction} rate={rate} />
    </div>
  );
}

/** Another epoch's head than the one in use must not pass for the model itself. */
function HeadMark({ prediction }: { readonly prediction: Prediction }): ReactNode {
  const t = useTranslate();
  const epochInUse = useApp((state) => state.lab.ruleEpoch);
  if (epochInUse === null || prediction.epoch === epochInUse) return null;
  return <p className={styles.mark}>{t('lab.head-of', { epoch: prediction.epoch, epochInUse })}</p>;
}

function Headline({ prediction }: { readonly prediction: Prediction }): ReactNode {
  const t = useTranslate();
  const formats = useFormats();
  const answer = readAnswer(prediction);
  if (answer === null) return null;
  if (prediction.withheld !== null) {
    return (
      <div className={styles.headline}>
        <p className={styles.top}>{unknownText(t, prediction.withheld)}</p>
        <p className={styles.unsure}>{withheldText(t, formats, prediction)}</p>
      </div>
    );
  }
  const percent = formats.probability(answer.probability);
  return (
    <div className={styles.headline}>
      <p className={styles.top}>
        <ClassDot colorIndex={answer.top.colorIndex} />
        <span className={styles.topText}>
          {t('predict.answer', { name: answer.top.name, percent })}
        </span>
      </p>
      {/* The camera's line stays, or the bars would jump each time it hesitates. */}
      {(answer.nearlyAsLikely !== null || prediction.source === 'camera') && (
        <p className={styles.unsure}>
          {answer.nearlyAsLikely === null
            ? ''
            : t('predict.unsure', { other: answer.nearlyAsLikely.name })}
        </p>
      )}
    </div>
  );
}

interface MetaProps {
  readonly prediction: Prediction;
  readonly rate: number | null;
}

function Meta({ prediction, rate }: MetaProps) {
  const t = useTranslate();
  const formats = useFormats();
  const time = formats.duration(prediction.elapsedMs);
  const cameraText =
    rate === null
      ? t('predict.camera-time', { time })
      : t('predict.camera-meta', { rate: formats.number(rate, rate < 10 ? 1 : 0), time });
  return (
    <p className={styles.meta}>
      {prediction.source === 'camera'
        ? cameraText
        : t('predict.photo-meta', { file: prediction.fileName ?? '', time })}
    </p>
  );
}

const MOST_SKELETON_ROWS = 5;

function AnswerSkeleton({ rows }: { readonly rows: number }) {
  return (
    <div className={styles.answer} aria-hidden>
      <Skeleton width="60%" height="1.75rem" shape="box" />
      {Array.from({ length: Math.min(MOST_SKELETON_ROWS, Math.max(2, rows)) }, (_, i) => (
        <Skeleton key={i} height="1.75rem" shape="box" />
      ))}
    </div>
  );
}
