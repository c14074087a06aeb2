/** Many photos: how far it is, what is said about each, which could not be opened, all as a table. */
import { Download, RefreshCw } from 'lucide-react';
import { refusalText } from '../../i18n/refusal-text.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { triedCsv } from '../../state/services/try-csv.ts';
import { trySettingsKey } from '../../state/services/try-many.ts';
import type { FileToTry, TriedPhoto, TryBatch } from '../../state/try-state.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { ProgressBar } from '../../ui/primitives/progress-bar.tsx';
import { saveBlob } from '../../ui/save-blob.ts';
import { answerText, unknownText, withheldText } from './answer-text.ts';
import styles from './many-answers.module.css';
import { readAnswer } from './read-answer.ts';

interface ManyAnswersProps {
  readonly batch: TryBatch;
  /** Shows one of them large. */
  readonly onLook: (file: FileToTry) => void;
}

export function ManyAnswers({ batch, onLook }: ManyAnswersProps) {
  const t = useTranslate();
  const cancel = useApp((state) => state.cancelTryMany);
  const { status, answered, refused } = batch;
  const { total, done, etaMs } = batch.progress;
  const isRunning = status === 'running';
  return (
    <section aria-label={t('predict.many')} className={styles.many}>
      {isRunning && (
        <ProgressBar
          label={t('predict.many-running')}
          done={done}
          total={total}
          etaMs={etaMs}
          onCancel={cancel}
          cancelLabel={t('predict.many-cancel')}
        />
      )}
      <p role="status" aria-label={t('predict.many-status')}>
        {status === 'running' ? '' : t(`predict.many-${status}`, { answered, refused, total })}
      </p>
      {!isRunning && <Afterwards batch={batch} />}
      {batch.shown.length > 0 && (
        <ul role="list" className={styles.photos} aria-label={t('predict.many-list')}>
          {batch.shown.map((photo) => (
            <Photo key={photo.index} photo={photo} batch={batch} onLook={onLook} />
          ))}
        </ul>
      )}
      {batch.shown.length < batch.answered && (
        <p className={styles.muted}>
          {t('predict.many-more', { n: batch.shown.length, all: batch.answered })}
        </p>
      )}
      <Refusals batch={batch} />
    </section>
  );
}

function Afterwards({ batch }: { readonly batch: TryBatch }) {
  const t = useTranslate();
  const formats = useFormats();
  const again = useApp((state) => state.tryManyAgain);
  const tried = useApp((state) => state.triedPhotos);
  const isStale = useApp((state) => isOutdated(state, batch));
  const save = (): void => {
    const noteOf = (row: TriedPhoto): string =>
      row.kind === 'refused'
        ? refusalText(t, row.refusal)
        : withheldText(t, formats, { ...row, classes: batch.classes });
    const csv = triedCsv(batch.classes, tried(), noteOf);
    saveBlob(new Blob([csv], { type: 'text/csv' }), 'answers.csv');
  };
  return (
    <>
      {isStale && (
        <Notice tone="info">
          <p>{t('predict.many-stale')}</p>
        </Notice>
      )}
      <div className={styles.actions}>
        <Button icon={Download} onPress={save} isDisabled={batch.progress.done === 0}>
          {t('predict.many-save')}
        </Button>
        {(isStale || batch.status !== 'done') && (
          <Button icon={RefreshCw} onPress={() => void again()}>
            {t('predict.many-again')}
          </Button>
        )}
      </div>
    </>
  );
}

function isOutdated(state: Parameters<typeof trySettingsKey>[0], batch: TryBatch): boolean {
  const epoch = state.lab.chosenEpoch ?? state.lab.ruleEpoch ?? state.currentRun?.bestEpoch;
  return (
    state.currentRun?.id !== batch.runId ||
    epoch !== batch.epoch ||
    trySettingsKey(state) !== batch.settingsKey
  );
}

interface PhotoProps extends ManyAnswersProps {
  readonly photo: TryBatch['shown'][number];
}

function Photo({ photo, batch, onLook }: PhotoProps) {
  const t = useTranslate();
  const formats = useFormats();
  const fileTried = useApp((state) => state.fileTried);
  const said = { ...photo, classes: batch.classes };
  const answer = readAnswer(said);
  const name = t('predict.many-item', { file: photo.path, answer: answerText(t, formats, said) });
  return (
    <li>
      <button
        type="button"
        className={styles.photo}
        aria-label={name}
        onClick={() => {
          const file = fileTried(photo.index);
          if (file !== null) onLook(file);
        }}
      >
        {photo.thumbnailUrl !== null && (
          <img className={styles.miniature} src={photo.thumbnailUrl} alt="" />
        )}
        <span className={styles.texts}>
          {answer !== null && (
            <span className={styles.answer}>
              {photo.withheld === null && <ClassDot colorIndex={answer.top.colorIndex} />}
              <span className={styles.name}>
                {photo.withheld === null ? answer.top.name : unknownText(t, photo.withheld)}
              </span>
              <span className="tabular">{formats.probability(answer.probability)}</span>
            </span>
          )}
          <span className={styles.muted}>{photo.path}</span>
          {photo.withheld !== null && (
            <span className={styles.muted}>{withheldText(t, formats, said)}</span>
          )}
        </span>
      </button>
    </li>
  );
}

function Refusals({ batch }: { readonly batch: TryBatch }) {
  const t = useTranslate();
  if (batch.shownRefusals.length === 0) return null;
  return (
    <div className={styles.refusals}>
      <h3 className={styles.heading}>{t('predict.many-refused')}</h3>
      <ul role="list" aria-label={t('predict.many-refused')}>
        {batch.shownRefusals.map(({ index, path, refusal }) => (
          <li key={index}>
            {t('predict.refused', { file: path, reason: refusalText(t, refusal) })}
          </li>
        ))}
      </ul>
    </div>
  );
}
