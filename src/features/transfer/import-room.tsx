/** The panel between choosing an archive and anything happening: what it would bring in. */
import { toMessageKey } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { ImportPlace, ImportPreview } from '../../state/store-types.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { Panel } from '../../ui/primitives/panel.tsx';
import { ProgressBar } from '../../ui/primitives/progress-bar.tsx';
import { MadeProject as Made } from './made-project.tsx';
import styles from './transfer.module.css';
import { transferMessages } from '../../i18n/en/transfer.ts';
import { addMessages } from '../../i18n/messages.ts';

addMessages(transferMessages);

const BUSY_TRAINING = new Set(['preparing', 'running', 'paused']);

export function ImportRoom() {
  const t = useTranslate();
  const importing = useApp((state) => state.importing);
  const dismiss = useApp((state) => state.dismissImport);
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  return (
    <Panel
      isOpen
      title={t('transfer.import-title')}
      onClose={() => {
        dismiss();
        setOpenPanel(null);
      }}
    >
      {importing.status === 'reading' && (
        <p role="status">{t('transfer.reading', { name: importing.name })}</p>
      )}
      {importing.status === 'refused' && (
        <div role="alert">
          <Notice tone="error">
            <p>
              <strong>{t('transfer.refused', { name: importing.name })}</strong>
            </p>
            <p>
              {t(toMessageKey(`transfer.code.${importing.code}`, 'transfer.code.unreadable'), {
                limit: 0,
                ...importing.params,
              })}
            </p>
            <p>{t('transfer.nothing-changed')}</p>
          </Notice>
        </div>
      )}
      {importing.status === 'opening' && (
        <ProgressBar
          label={t('transfer.opening', { name: importing.name })}
          done={importing.progress.done}
          total={importing.progress.total}
          etaMs={importing.progress.etaMs}
          onCancel={dismiss}
          cancelLabel={t('transfer.cancel-opening')}
        />
      )}
      {importing.status === 'ready' && <Preview preview={importing.preview} />}
      {importing.status === 'made' && <Made {...importing} />}
    </Panel>
  );
}

function Preview({ preview }: { preview: ImportPreview }) {
  const t = useTranslate();
  const { layout, classes, photoCount, notes, runCount } = preview;
  return (
    <>
      <section className={styles.section}>
        <h3 className={styles.heading}>{preview.name}</h3>
        <p role="status">{t('transfer.found', { photos: photoCount, classes: classes.length })}</p>
        <p className={styles.muted}>{t(`transfer.layout.${layout}`, { runs: runCount })}</p>
        {notes.map((note) => (
          <p key={note} className={styles.muted}>
            {t(`transfer.note.${note}`)}
          </p>
        ))}
      </section>
      <Actions isProject={layout === 'project'} />
      <Classes preview={preview} />
      <Skipped preview={preview} />
    </>
  );
}

function Actions({ isProject }: { isProject: boolean }) {
  const t = useTranslate();
  const confirm = useApp((state) => state.confirmImport);
  const dismiss = useApp((state) => state.dismissImport);
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  const isEmpty = useApp((state) => state.classes.length === 0);
  const isBusy = useApp(
    (state) =>
      state.intake !== null || state.exporting !== null || BUSY_TRAINING.has(state.training.status),
  );
  const take = (place: ImportPlace): void => {
    void confirm(place).then((outcome) => {
      // Another project is another start: nothing of the one before may linger.
      if (outcome === 'project-opened') window.location.reload();
    });
  };
  return (
    <>
      <div className={styles.actions}>
        <Button
          variant="primary"
          isDisabled={isProject && isBusy}
          onPress={() => {
            take('this-project');
          }}
        >
          {t(isProject ? 'transfer.open-project' : 'transfer.add')}
        </Button>
        {isProject || isEmpty ? null : (
          <Button
            isDisabled={isBusy}
            onPress={() => {
              take('new-project');
            }}
          >
            {t('transfer.add-as-project')}
          </Button>
        )}
        <Button
          variant="quiet"
          onPress={() => {
            dismiss();
            setOpenPanel(null);
          }}
        >
          {t('transfer.cancel')}
        </Button>
      </div>
      {isBusy && (isProject || !isEmpty) && <p className={styles.muted}>{t('transfer.busy')}</p>}
    </>
  );
}

function Classes({ preview }: { preview: ImportPreview }) {
  const t = useTranslate();
  const existing = useApp((state) => state.classes);
  const names = new Set(preview.layout === 'project' ? [] : existing.map((info) => info.name));
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{t('transfer.classes')}</h3>
      <ul className={styles.list} aria-label={t('transfer.classes')}>
        {preview.classes.map(({ name, count }, i) => (
          <li key={i} className={styles.row}>
            <span className={styles.stacked}>
              <bdi>{name}</bdi>
              {names.has(name) && (
                <span className={styles.muted}>{t('transfer.class-existing')}</span>
              )}
            </span>
            <span className={styles.number}>{t('transfer.class-count', { n: count })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Skipped({ preview: { skipped } }: { preview: ImportPreview }) {
  const t = useTranslate();
  if (skipped.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{t('transfer.skipped')}</h3>
      <ul className={styles.list} aria-label={t('transfer.skipped')}>
        {skipped.map(({ code, count, examples }) => (
          <li key={code} className={styles.row}>
            <span className={styles.stacked}>
              <span>{t(`transfer.skip.${code}`, { n: count })}</span>
              <bdi className={styles.muted}>
                {t('transfer.skipped-names', {
                  names: examples.join(', '),
                  more: count - examples.length,
                })}
              </bdi>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
