/** An empty project is an invitation with three doors, each leading to a curve within a minute. */
import { Camera, FolderOpen, ImagePlus, Shapes, type LucideIcon } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import styles from './start-room.module.css';

/** What this room needs of capture; the frame hands in the real thing. */
interface StartActions {
  choosePhotos(classId: null): void;
  chooseFolders(): void;
  openCamera(classId: null): void;
}

export function StartRoom({ capture }: { capture: StartActions }) {
  const t = useTranslate();
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  return (
    <section aria-label={t('samples.start-title')} className={styles.room}>
      <div className={styles.intro}>
        <h2 className={styles.title}>{t('samples.start-title')}</h2>
        <p className={styles.text}>{t('samples.start-text')}</p>
      </div>
      <div className={styles.doors}>
        <Door
          icon={FolderOpen}
          title={t('capture.choose-folders')}
          text={t('samples.door-folders')}
          onPress={() => {
            capture.chooseFolders();
          }}
        />
        <Door
          icon={Camera}
          title={t('samples.door-camera-title')}
          text={t('samples.door-camera')}
          onPress={() => {
            capture.openCamera(null);
          }}
        />
        <Door
          icon={Shapes}
          title={t('samples.title')}
          text={t('samples.door-samples')}
          onPress={() => {
            setOpenPanel('samples');
          }}
        />
      </div>
      <div className={styles.more}>
        <Button
          variant="quiet"
          icon={ImagePlus}
          onPress={() => {
            capture.choosePhotos(null);
          }}
        >
          {t('capture.choose-photos')}
        </Button>
        <p className={styles.private}>{t('samples.start-private')}</p>
      </div>
    </section>
  );
}

interface DoorProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly onPress: () => void;
}

function Door({ icon: Icon, title, text, onPress }: DoorProps) {
  return (
    <AriaButton className={styles.door ?? ''} aria-label={title} onPress={onPress}>
      <span className={styles.icon}>
        <Icon aria-hidden size={26} strokeWidth={1.75} />
      </span>
      <span className={styles.doorTitle}>{title}</span>
      <span className={styles.doorText}>{text}</span>
    </AriaButton>
  );
}
