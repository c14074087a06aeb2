/** The panel of all projects on this device: open, make, name, duplicate, delete. */
import { FolderPlus } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { addMessages } from '../../i18n/messages.ts';
import { projectsMessages } from '../../i18n/en/projects.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import {
  createProject,
  deleteProject,
  duplicateProject,
  isShelfBusy,
  listShelf,
  openProject,
  renameProject,
  type ShelfEntry,
} from '../../state/services/project-shelf.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { Panel } from '../../ui/primitives/panel.tsx';
import { ProjectCard } from './project-card.tsx';
import styles from './projects.module.css';

addMessages(projectsMessages);

type Shelf = readonly ShelfEntry[] | 'reading' | 'failed';

export function ProjectsRoom() {
  const t = useTranslate();
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  const isGuarded = useApp((state) => state.tab.isGuarded);
  const isBusy = useApp(isShelfBusy);
  const { shelf, said, commands } = useShelf();
  return (
    <Panel
      isOpen
      title={t('projects.title')}
      description={t('projects.description')}
      onClose={() => {
        setOpenPanel(null);
      }}
    >
      <div className={styles.top}>
        <Button icon={FolderPlus} variant="primary" isDisabled={isBusy} onPress={commands.create}>
          {t('projects.new')}
        </Button>
        {isBusy && <p className={styles.muted}>{t('projects.busy')}</p>}
        {!isGuarded && <p className={styles.muted}>{t('projects.unguarded')}</p>}
      </div>
      <div role="status">{said === null ? null : <Notice tone="warning">{said}</Notice>}</div>
      {shelf === 'reading' && <p className={styles.muted}>{t('projects.loading')}</p>}
      {shelf === 'failed' && <p role="alert">{t('projects.failed')}</p>}
      {typeof shelf === 'string' ? null : (
        <ul className={styles.list} aria-label={t('projects.list')}>
          {shelf.map((entry) => (
            <ProjectCard key={entry.id} entry={entry} isBusy={isBusy} commands={commands} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The list, read again after each change; `said` is why the last one did not happen. */
function useShelf() {
  const t = useTranslate();
  const app = useAppHandle();
  const deleted = useApp((state) => state.deletedProjects);
  const openName = useApp((state) => state.projectName);
  const [shelf, setShelf] = useState<Shelf>('reading');
  const [said, setSaid] = useState<string | null>(null);
  const [revision, setRevision] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    listShelf(app).then(
      (found) => {
        if (isCurrent) setShelf(found);
      },
      () => {
        if (isCurrent) setShelf('failed');
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [app, deleted, openName, revision]);

  const perform = useCallback(
    (name: string, work: () => Promise<unknown>): void => {
      setSaid(null);
      work()
        .then((done) => {
          if (done === false) setSaid(t('projects.elsewhere-refused', { name }));
          setRevision((n) => n + 1);
        })
        .catch(() => {
          setSaid(t('projects.not-saved'));
        });
    },
    [t],
  );

  const count = typeof shelf === 'string' ? 0 : shelf.length;
  const commands = {
    create: () => perform('', () => createProject(app, t('projects.new-name', { n: count + 1 }))),
    open: ({ id, name }: ShelfEntry) => perform(name, () => openProject(app, id)),
    rename: (entry: ShelfEntry, name: string) =>
      perform(entry.name, () => renameProject(app, entry.id, name)),
    duplicate: ({ id, name }: ShelfEntry) =>
      perform(name, () => duplicateProject(app, id, t('projects.copy-name', { name }))),
    remove: (entry: ShelfEntry) => perform(entry.name, () => deleteProject(app, entry)),
  };
  return { shelf, said, commands };
}
