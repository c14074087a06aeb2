/** One project on the shelf: cover, name, counts, and what can be done with it. */
import { Copy, Image, Trash2 } from 'lucide-react';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { ShelfEntry } from '../../state/services/project-shelf.ts';
import { useThumbnail } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { InlineEdit } from '../../ui/primitives/inline-edit.tsx';
import { MenuButton } from '../../ui/primitives/menu.tsx';
import styles from './projects.module.css';

export interface ProjectCommands {
  open(entry: ShelfEntry): void;
  rename(entry: ShelfEntry, name: string): void;
  duplicate(entry: ShelfEntry): void;
  remove(entry: ShelfEntry): void;
}

export interface ProjectCardProps {
  readonly entry: ShelfEntry;
  readonly isBusy: boolean;
  readonly commands: ProjectCommands;
}

export function ProjectCard({ entry, isBusy, commands }: ProjectCardProps) {
  const t = useTranslate();
  const { name, isOpen, isElsewhere, photoCount, classCount, runCount, usedAt } = entry;
  return (
    <li className={styles.card} data-open={isOpen} aria-label={name}>
      <Cover hashes={entry.coverHashes} />
      <div className={styles.text}>
        <span className={styles.name}>
          <InlineEdit
            label={t('projects.name', { name })}
            value={name}
            onCommit={(wanted) => {
              if (wanted === '') return t('projects.name-empty');
              commands.rename(entry, wanted);
              return null;
            }}
          />
        </span>
        <span className={styles.muted}>
          {photoCount + classCount + runCount === 0
            ? t('projects.empty')
            : t('projects.counts', { photos: photoCount, classes: classCount, runs: runCount })}
        </span>
        {isOpen || isElsewhere ? (
          <span className={styles.badge}>
            {t(isOpen ? 'projects.is-open' : 'projects.elsewhere')}
          </span>
        ) : (
          <span className={styles.muted}>{t('projects.used', { at: usedAt })}</span>
        )}
      </div>
      <div className={styles.actions}>
        {isOpen ? null : (
          <Button
            size="small"
            isDisabled={isBusy}
            aria-label={t('projects.open-name', { name })}
            onPress={() => commands.open(entry)}
          >
            {t('projects.open')}
          </Button>
        )}
        <MenuButton
          size="small"
          label={t('projects.actions', { name })}
          actions={[
            { id: 'duplicate', label: t('projects.duplicate'), icon: Copy },
            {
              id: 'delete',
              label: t('projects.delete'),
              icon: Trash2,
              tone: 'danger',
              startsGroup: true,
              isDisabled: isElsewhere || (isOpen && isBusy),
            },
          ]}
          onAction={(id) => {
            if (id === 'duplicate') commands.duplicate(entry);
            else commands.remove(entry);
          }}
        />
      </div>
    </li>
  );
}

function Cover({ hashes }: { readonly hashes: readonly string[] }) {
  return (
    <span className={styles.cover} data-count={hashes.length} aria-hidden="true">
      {hashes.length === 0 ? <Image /> : null}
      {hashes.map((hash, i) => (
        <CoverPicture key={i} hash={hash} />
      ))}
    </span>
  );
}

function CoverPicture({ hash }: { readonly hash: string }) {
  const url = useThumbnail(hash);
  // The place is kept while it is read.
  return url === null ? (
    <span className={styles.picture} />
  ) : (
    <img className={styles.picture} src={url} alt="" draggable={false} decoding="async" />
  );
}
