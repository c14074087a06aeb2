/** One format: what it is for, what it holds, how far it is, what the comparison said. */
import { Download, PackageCheck } from 'lucide-react';
import { toMessageKey } from '../../i18n/messages.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import type { ModelExportKind, PreparedModel } from '../../state/model-export-state.ts';
import { answerLimits, limitsKey } from '../../state/services/model-export/answer-limits.ts';
import { chooseSaveTarget } from '../../state/services/save-target.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { ProgressBar } from '../../ui/primitives/progress-bar.tsx';
import { saveBlob } from '../../ui/save-blob.ts';
import styles from './model-room.module.css';
import { usePageWords } from './use-page-words.ts';

const STEPS = ['asking', 'writing', 'packing', 'checking'] as const;
/** As `EQUAL_TOLERANCE` in formats, which rooms do not import. */
const TOLERANCE = 1e-4;

interface CardProps {
  readonly kind: ModelExportKind;
  readonly isBlocked: boolean;
}

export function ExportCard({ kind, isBlocked }: CardProps) {
  const t = useTranslate();
  const words = usePageWords();
  const working = useApp((state) => state.modelExport.working);
  const prepare = useApp((state) => state.prepareModelExport);
  const cancel = useApp((state) => state.cancelModelExport);
  const prepared = usePrepared(kind);
  const name = t(`export.kind.${kind}`);
  const isWorking = working?.kind === kind;
  return (
    <li className={styles.card} data-export-kind={kind}>
      <h4>{name}</h4>
      <p>{t(`export.for.${kind}`)}</p>
      <p className={styles.muted}>{t(`export.holds.${kind}`)}</p>
      {kind === 'teachable-machine' && <TeachableNotes />}
      {isWorking && (
        <ProgressBar
          label={t(`export.step.${working.step}`)}
          done={STEPS.indexOf(working.step)}
          total={STEPS.length}
          onCancel={cancel}
          cancelLabel={t('export.cancel')}
        />
      )}
      {prepared !== null && !isWorking && <Ready prepared={prepared} />}
      <Failed kind={kind} />
      {!isWorking && prepared === null && (
        <div className={styles.actions}>
          <Button
            icon={PackageCheck}
            isDisabled={isBlocked || working !== null}
            onPress={() => {
              void prepare(kind, words);
            }}
          >
            {t('export.prepare', { kind: name })}
          </Button>
        </div>
      )}
    </li>
  );
}

/** What lies ready, unless the model on screen is another one by now. */
function usePrepared(kind: ModelExportKind): PreparedModel | null {
  const prepared = useApp((state) => state.modelExport.prepared[kind]);
  const runId = useApp((state) => state.currentRun?.id);
  const epoch = useApp(
    (state) => state.lab.chosenEpoch ?? state.lab.ruleEpoch ?? state.currentRun?.bestEpoch,
  );
  const limits = useApp((state) =>
    state.currentRun === null ? null : limitsKey(answerLimits(state, state.currentRun)),
  );
  if (prepared === undefined || prepared.limits !== limits) return null;
  return prepared.runId === runId && prepared.epoch === epoch ? prepared : null;
}

function TeachableNotes() {
  const t = useTranslate();
  const run = useApp((state) => state.currentRun);
  if (run === null) return null;
  const isTheirs =
    run.backboneId === 'mobilenet-v2-035-224' || run.backboneId.startsWith('teachable-machine-');
  return (
    <>
      {run.fit !== 'crop' && (
        <p className={styles.muted}>
          {t('export.note.not-crop', { fit: t(`export.fit.${run.fit}`) })}
        </p>
      )}
      {!isTheirs && <p className={styles.muted}>{t('export.note.other-backbone')}</p>}
    </>
  );
}

function Ready({ prepared }: { readonly prepared: PreparedModel }) {
  const t = useTranslate();
  const formats = useFormats();
  const save = useApp((state) => state.saveModelExport);
  const { kind, proof } = prepared;
  const name = t(`export.kind.${kind}`);
  const isDifferent = proof.status === 'different';
  async function download(): Promise<void> {
    const target = await chooseSaveTarget(prepared.fileName, saveBlob);
    if (target !== null) await save(kind, target);
  }
  return (
    <>
      <div role="status" aria-label={t('export.proof', { kind: name })} data-proof={proof.status}>
        <Proof prepared={prepared} />
      </div>
      <p className={styles.muted}>
        {t('export.ready', {
          size: formats.bytes(prepared.bytes),
          files: prepared.files.length,
          time: formats.duration(prepared.elapsedMs),
        })}
      </p>
      <div className={styles.actions}>
        <Button
          variant={isDifferent ? 'secondary' : 'primary'}
          icon={Download}
          onPress={() => {
            void download();
          }}
        >
          {t(isDifferent ? 'export.download-different' : 'export.download', { kind: name })}
        </Button>
      </div>
    </>
  );
}

function Proof({ prepared: { proof } }: { readonly prepared: PreparedModel }) {
  const t = useTranslate();
  const formats = useFormats();
  if (proof.status === 'not-here') {
    return (
      <Notice tone="info">
        <p>{t('export.proof.not-here-python')}</p>
      </Notice>
    );
  }
  return (
    <Notice tone={proof.status === 'equal' ? 'success' : 'error'}>
      <div>
        <p data-difference={proof.largestDifference}>
          {t(proofKey(proof), {
            pictures: proof.pictures,
            own: proof.ownPhotos,
            exact: proof.largestDifference === 0 ? 'yes' : 'no',
            difference: formats.upTo(proof.largestDifference),
            tolerance: formats.upTo(TOLERANCE),
          })}
        </p>
        <p className={styles.muted}>{t(`export.proof.reader.${proof.reader}`)}</p>
      </div>
    </Notice>
  );
}

/** Who read it belongs into the same sentence where it was not the reader that people will use. */
function proofKey({ status, reader }: Extract<PreparedModel['proof'], { reader: unknown }>) {
  return reader === 'onnx-own'
    ? (`export.proof.${status}-onnx-own` as const)
    : (`export.proof.${status}` as const);
}

function Failed({ kind }: { readonly kind: ModelExportKind }) {
  const t = useTranslate();
  const failed = useApp((state) => state.modelExport.failed);
  if (failed?.kind !== kind) return null;
  const key = toMessageKey(`export.failed.${failed.code}`, 'export.failed.other');
  return (
    <div role="alert">
      <Notice tone="error">
        <p>{t(key, { code: failed.code, name: '?', ...failed.params })}</p>
      </Notice>
    </div>
  );
}
