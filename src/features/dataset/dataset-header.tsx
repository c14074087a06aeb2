/** Title with counts, and what can be done to the whole data set. */
import { Camera, FolderOpen, ImagePlus, Images, Shapes } from 'lucide-react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { MenuButton } from '../../ui/primitives/menu.tsx';
import type { DatasetCapture } from './dataset-capture.ts';
import styles from './dataset-room.module.css';
import { HistoryButtons } from './history-buttons.tsx';

export function DatasetHeader({ capture }: { readonly capture: DatasetCapture }) {
  const t = useTranslate();
  const classCount = useApp((state) => state.classes.length);
  const photoCount = useApp((state) => state.photos.size);
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  const doors = {
    photos: () => {
      capture.choosePhotos(null);
    },
    folders: () => {
      capture.chooseFolders();
    },
    camera: () => {
      capture.openCamera(null);
    },
    samples: () => {
      setOpenPanel('samples');
    },
  };
  return (
    <header className={styles.header}>
      <div className={styles.heading}>
        <h2 className={styles.title}>{t('dataset.title')}</h2>
        <p className={styles.counts}>
          {t('dataset.counts', { classes: classCount, photos: photoCount })}
        </p>
      </div>
      <HistoryButtons />
      <MenuButton<keyof typeof doors>
        label={t('dataset.add-photos')}
        icon={ImagePlus}
        actions={[
          { id: 'photos', label: t('dataset.door-photos'), icon: Images },
          { id: 'folders', label: t('dataset.door-folders'), icon: FolderOpen },
          { id: 'camera', label: t('dataset.door-camera'), icon: Camera },
          { id: 'samples', label: t('dataset.door-samples'), icon: Shapes, startsGroup: true },
        ]}
        onAction={(id) => doors[id]()}
      />
    </header>
  );
}
