/** Which class another one is merged into. Nothing is lost: undo takes them apart again. */
import { X } from 'lucide-react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { ClassId, ClassInfo } from '../../domain/photo.ts';
import { browseMessages } from '../../i18n/en/browse.ts';
import { addMessages } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import styles from './merge-dialog.module.css';

addMessages(browseMessages);

export interface MergeDialogProps {
  readonly info: ClassInfo;
  readonly onClose: () => void;
}

export function MergeDialog({ info, onClose }: MergeDialogProps) {
  const t = useTranslate();
  const classes = useApp((state) => state.classes);
  const photos = useApp((state) => state.photos);
  const mergeClasses = useApp((state) => state.mergeClasses);
  const counts = new Map<ClassId, number>();
  for (const { classId } of photos.values()) counts.set(classId, (counts.get(classId) ?? 0) + 1);
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      className={styles.overlay ?? ''}
    >
      <Modal className={styles.modal ?? ''}>
        <Dialog className={styles.dialog ?? ''}>
          <header className={styles.header}>
            <Heading slot="title" className={styles.title ?? ''}>
              {t('browse.merge-title', { name: info.name })}
            </Heading>
            <IconButton label={t('common.close')} icon={X} onPress={onClose} />
          </header>
          <p className={styles.text}>
            {t('browse.merge-text', { n: counts.get(info.id) ?? 0, name: info.name })}
          </p>
          <div className={styles.choices}>
            {classes
              .filter(({ id }) => id !== info.id)
              .map((into) => (
                <Button
                  key={into.id}
                  fullWidth
                  onPress={() => {
                    mergeClasses(info.id, into.id);
                    onClose();
                  }}
                >
                  <span className={styles.choice}>
                    <ClassDot colorIndex={into.colorIndex} />
                    <span>{into.name}</span>
                    <span className={styles.count}>
                      {t('dataset.class-count', { n: counts.get(into.id) ?? 0 })}
                    </span>
                  </span>
                </Button>
              ))}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
