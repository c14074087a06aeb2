/** A model from a file: chosen, looked into, opened. */
import { FolderOpen } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { AnswerLimits } from '../../domain/said-or-not.ts';
import { toMessageKey } from '../../i18n/messages.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import type { ModelImportPreview } from '../../state/model-export-state.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { FileButton } from '../../ui/primitives/file-button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import styles from './model-room.module.css';

const UNDER_WAY: readonly string[] = ['preparing', 'running', 'paused'];
const NAMES_SHOWN = 30;

export function OpenModel() {
  const t = useTranslate();
  const state = useApp((app) => app.modelImport);
  const read = useApp((app) => app.readModelFiles);
  const isBusy = useApp((app) => UNDER_WAY.includes(app.training.status) || app.intake !== null);
  const section = useRef<HTMLElement>(null);
  const isNews = state.status === 'ready' || state.status === 'refused';
  useEffect(() => {
    // It may have been dropped anywhere on the page, and the formats stand above it.
    if (isNews) section.current?.scrollIntoView({ block: 'nearest' });
  }, [isNews]);
  const isWorking = state.status === 'reading' || state.status === 'opening';
  return (
    <section ref={section} className={styles.section} aria-label={t('export.open-title')}>
      <h3 className={styles.heading}>{t('export.open-title')}</h3>
      <p className={styles.muted}>{t('export.open-text')}</p>
      <FileButton
        icon={FolderOpen}
        multiple
        accept=".zip,.json,.bin"
        isDisabled={isBusy || isWorking}
        onFiles={(files) => {
          void read(files.map((file) => ({ file, name: file.name, folder: null })));
        }}
      >
        {t('export.open-choose')}
      </FileButton>
      {state.status === 'ready' && <Preview preview={state.preview} />}
      <div role="status" aria-label={t('export.open-result')} className={styles.wide}>
        {state.status === 'reading' && <p>{t('export.open-reading')}</p>}
        {state.status === 'opening' && <p>{t('export.open-opening')}</p>}
        {state.status === 'opened' && (
          <Notice tone="success">
            <p>{t('export.opened', { name: state.name })}</p>
          </Notice>
        )}
      </div>
      {state.status === 'refused' && <Refused code={state.code} params={state.params} />}
    </section>
  );
}

function Preview({ preview }: { readonly preview: ModelImportPreview }) {
  const t = useTranslate();
  const confirm = useApp((app) => app.confirmModelImport);
  const dismiss = useApp((app) => app.dismissModelImport);
  const { classes, kind, limits } = preview;
  return (
    <>
      <p>
        {t('export.open-found', {
          name: preview.name,
          kind: t(`export.open-kind.${kind}`),
          classes: classes.length,
          size: preview.inputSize,
          backbone: preview.backboneName,
        })}
      </p>
      <ul role="list" className={styles.names} aria-label={t('export.open-classes')}>
        {classes.slice(0, NAMES_SHOWN).map((name) => (
          <li key={name} dir="auto">
            {name}
          </li>
        ))}
        {classes.length > NAMES_SHOWN && (
          <li>{t('export.open-more', { n: classes.length - NAMES_SHOWN })}</li>
        )}
      </ul>
      <p className={styles.muted}>{t('export.open-effect')}</p>
      {limits !== null && <Limits limits={limits} />}
      {kind === 'teachable-machine' && (
        <p className={styles.muted}>{t('export.open-their-range')}</p>
      )}
      <div className={styles.actions}>
        <Button
          variant="primary"
          onPress={() => {
            void confirm();
          }}
        >
          {t('export.open-confirm')}
        </Button>
        <Button variant="quiet" onPress={dismiss}>
          {t('export.open-dismiss')}
        </Button>
      </div>
    </>
  );
}

/** Nothing where it always answers. */
function Limits({ limits: { abstainBelow, thresholds } }: { readonly limits: AnswerLimits }) {
  const t = useTranslate();
  const formats = useFormats();
  const classes = thresholds?.filter((threshold) => threshold > 0).length ?? 0;
  if (abstainBelow === null && classes === 0) return null;
  return (
    <p className={styles.muted}>
      {abstainBelow !== null && t('export.open-unsure', { share: formats.percent(abstainBelow) })}{' '}
      {classes > 0 && t('export.open-thresholds', { n: classes })} {t('export.open-limits-effect')}
    </p>
  );
}

interface RefusedProps {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

function Refused({ code, params }: RefusedProps) {
  const t = useTranslate();
  const key = toMessageKey(`export.refused.${code}`, 'export.refused.archive');
  return (
    <div role="alert" className={styles.wide}>
      <Notice tone="error">
        <div>
          <p>
            <strong>{t('export.refused-title')}</strong>
          </p>
          <p>{t(key, { code, name: '?', ...params })}</p>
          <p>{t('export.refused-nothing')}</p>
        </div>
      </Notice>
    </div>
  );
}
