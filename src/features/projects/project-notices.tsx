/** Notices with something to press: a tab that only reads, an interrupted run, deleted projects. */
import { X } from 'lucide-react';
import { addMessages } from '../../i18n/messages.ts';
import { projectsMessages } from '../../i18n/en/projects.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { letGo, undoDelete } from '../../state/services/project-shelf.ts';
import { trainingObstacle } from '../../state/selectors/training-obstacle.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import styles from './projects.module.css';

addMessages(projectsMessages);

export function ProjectNotices() {
  return (
    <>
      <ReaderNotice />
      <UnfinishedNotice />
      <DeletedNotices />
    </>
  );
}

function ReaderNotice() {
  const t = useTranslate();
  const { role, status } = useApp((state) => state.tab);
  const takeOver = useApp((state) => state.takeOver);
  if (role === 'writer') return null;
  return (
    <Notice tone="warning" floating>
      <div className={styles.notice}>
        <p>{t(`projects.reader-${status}`)}</p>
        {status === 'asking' ? null : (
          <Button size="small" onPress={takeOver}>
            {t('projects.take-over')}
          </Button>
        )}
      </div>
    </Notice>
  );
}

function UnfinishedNotice() {
  const t = useTranslate();
  const run = useApp((state) => state.unfinishedRun);
  const canTrain = useApp((state) => trainingObstacle(state) === null);
  const goOn = useApp((state) => state.goOnTraining);
  const forget = useApp((state) => state.forgetUnfinishedRun);
  if (run === null) return null;
  return (
    <Notice
      tone="info"
      floating
      action={<IconButton label={t('projects.forget')} icon={X} size="small" onPress={forget} />}
    >
      <div className={styles.notice}>
        <p>{t('projects.unfinished', run)}</p>
        <Button size="small" isDisabled={!canTrain} onPress={() => void goOn()}>
          {t('projects.go-on')}
        </Button>
      </div>
    </Notice>
  );
}

function DeletedNotices() {
  const t = useTranslate();
  const app = useAppHandle();
  const deleted = useApp((state) => state.deletedProjects);
  return deleted.map(({ id, name }) => (
    <Notice
      key={id}
      tone="info"
      floating
      action={
        <IconButton
          label={t('projects.let-go-name', { name })}
          icon={X}
          size="small"
          onPress={() => void letGo(app, id)}
        />
      }
    >
      <div className={styles.notice}>
        <p>{t('projects.deleted', { name })}</p>
        <Button
          size="small"
          aria-label={t('projects.undo-delete-name', { name })}
          onPress={() => void undoDelete(app, id)}
        >
          {t('projects.undo-delete')}
        </Button>
      </div>
    </Notice>
  ));
}
