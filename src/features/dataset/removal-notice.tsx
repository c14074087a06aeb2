/** "Removed", with the way back beside it, until something else changes. */
import { Undo2, X } from 'lucide-react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import styles from './dataset-room.module.css';
import type { Removal } from './use-room-commands.ts';

export interface RemovalNoticeProps {
  readonly removal: Removal | null;
  readonly onDismiss: () => void;
}

export function RemovalNotice({ removal, onDismiss }: RemovalNoticeProps) {
  const t = useTranslate();
  const photos = useApp((state) => state.photos);
  const classes = useApp((state) => state.classes);
  const undo = useApp((state) => state.undo);
  // Once anything else has changed, undo would take that back instead.
  const isCurrent = removal?.after.photos === photos && removal.after.classes === classes;
  const text = isCurrent ? removal.text : '';
  return (
    <div className={isCurrent ? styles.removal : 'visually-hidden'}>
      <p role="status" className={styles.removalText}>
        {text}
      </p>
      {isCurrent ? (
        <>
          <Button size="small" icon={Undo2} onPress={undo}>
            {t('common.undo')}
          </Button>
          <IconButton label={t('common.dismiss')} icon={X} size="small" onPress={onDismiss} />
        </>
      ) : null}
    </div>
  );
}
