/** The panel of what leaves: the project, the photos for other programs; and what comes back in. */
import { Download, FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Project } from '../../domain/project.ts';
import { toMessageKey } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { openOtherProject, otherProjects } from '../../state/services/import-others.ts';
import { exportFileName } from '../../state/services/export-names.ts';
import type { ExportKind } from '../../state/store-types.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { FileButton } from '../../ui/primitives/file-button.tsx';
import { Panel } from '../../ui/primitives/panel.tsx';
import { ProgressBar } from '../../ui/primitives/progress-bar.tsx';
import { Select } from '../../ui/primitives/select.tsx';
import { saveBlob } from '../../ui/save-blob.ts';
import { chooseSaveTarget } from '../../state/services/save-target.ts';
import styles from './transfer.module.css';
import { transferMessages } from '../../i18n/en/transfer.ts';
import { addMessages } from '../../i18n/messages.ts';

addMessages(transferMessages);

const KINDS: readonly ExportKind[] = [
  'project',
  'class-folders',
  'side-folders',
  'teachable-machine',
];

export function ShareRoom() {
  const t = useTranslate();
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  return (
    <Panel
      isOpen
      title={t('transfer.share-title')}
      description={t('transfer.share-text')}
      onClose={() => {
        setOpenPanel(null);
      }}
    >
      <Export />
      <Import />
      <OtherProjects />
    </Panel>
  );
}

function Export() {
  const t = useTranslate();
  const [kind, setKind] = useState<ExportKind>('project');
  const name = useApp((state) => state.projectName);
  const photoCount = useApp((state) => state.photos.size);
  const exporting = useApp((state) => state.exporting);
  const exportTo = useApp((state) => state.exportTo);
  const cancel = useApp((state) => state.cancelExport);
  const isTakingIn = useApp((state) => state.intake !== null);
  async function start(): Promise<void> {
    const target = await chooseSaveTarget(exportFileName(name, kind), saveBlob);
    if (target !== null) await exportTo(kind, target);
  }
  return (
    <section className={styles.section}>
      <div className={styles.wide}>
        <Select
          label={t('transfer.kind')}
          value={kind}
          onChange={setKind}
          isDisabled={exporting !== null}
          description={t(`transfer.kind-text.${kind}`)}
          options={KINDS.map((value) => ({ value, label: t(`transfer.kind.${value}`) }))}
        />
      </div>
      {exporting === null ? (
        <Button
          variant="primary"
          icon={Download}
          isDisabled={photoCount === 0 || isTakingIn}
          onPress={() => {
            void start();
          }}
        >
          {t('transfer.export')}
        </Button>
      ) : (
        <div className={styles.wide}>
          <ProgressBar
            label={t('transfer.exporting')}
            done={exporting.done}
            total={exporting.total}
            etaMs={exporting.etaMs}
            onCancel={cancel}
            cancelLabel={t('transfer.cancel-export')}
          />
        </div>
      )}
      {photoCount === 0 && <p className={styles.muted}>{t('transfer.no-photos')}</p>}
      {isTakingIn && <p className={styles.muted}>{t('transfer.busy')}</p>}
      <Result />
    </section>
  );
}

function Result() {
  const t = useTranslate();
  const result = useApp((state) => state.exportResult);
  let text = '';
  if (result?.status === 'cancelled') text = t('transfer.export-cancelled');
  if (result?.status === 'done') {
    text = t('transfer.export-done', { photos: result.photos, name: result.fileName });
  }
  if (result?.status === 'failed') {
    text = t(toMessageKey(`transfer.code.${result.code}`, 'transfer.code.failed'), result.params);
  }
  return (
    <p role="status" aria-label={t('transfer.export-result')}>
      {text}
    </p>
  );
}

function Import() {
  const t = useTranslate();
  const openImport = useApp((state) => state.openImport);
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{t('transfer.import-heading')}</h3>
      <p className={styles.muted}>{t('transfer.import-text')}</p>
      <FileButton
        icon={FolderOpen}
        accept=".zip,.tm,.headstart"
        onFiles={(files) => {
          void openImport(files.map((file) => ({ file, name: file.name, folder: null })));
        }}
      >
        {t('transfer.choose-archive')}
      </FileButton>
    </section>
  );
}

function OtherProjects() {
  const t = useTranslate();
  const app = useAppHandle();
  const [projects, setProjects] = useState<readonly Project[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void otherProjects(app).then((found) => {
      if (isCurrent) setProjects(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [app]);
  // Opening another project reloads the page, which would end a run.
  const isBusy = useApp(
    (state) =>
      state.intake !== null ||
      state.exporting !== null ||
      ['preparing', 'running', 'paused'].includes(state.training.status),
  );
  if (projects.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{t('transfer.projects')}</h3>
      {projects.map(({ id, name }) => (
        <Button
          key={id}
          variant="quiet"
          isDisabled={isBusy}
          onPress={() => {
            void openOtherProject(app, id).then(() => {
              window.location.reload();
            });
          }}
        >
          {t('transfer.open-other', { name })}
        </Button>
      ))}
    </section>
  );
}
