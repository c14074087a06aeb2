/**
 * One photo large: as it is stored and as the backbone sees it, with all that can be done to it.
 * Arrow keys and buttons go through the photos it was opened from.
 */
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { Photo, PhotoId, Side } from '../../domain/photo.ts';
import { browseMessages } from '../../i18n/en/browse.ts';
import { addMessages } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { Disclosure } from '../../ui/primitives/disclosure.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import styles from './photo-preview.module.css';
import { PreviewFacts } from './preview-facts.tsx';
import { PreviewPictures } from './preview-pictures.tsx';
import { usePreviewSlots } from './preview-slots.tsx';
import { UNDO_KEYS } from './use-undo-keys.ts';
import { usePreviewKeys } from './use-preview-keys.ts';

addMessages(browseMessages);

export interface PhotoPreviewProps {
  /** Where it opens, and what previous and next go through. */
  readonly start: PhotoId;
  readonly ids: readonly PhotoId[];
  readonly onClose: () => void;
}

export function PhotoPreview({ start, ids, onClose }: PhotoPreviewProps) {
  const t = useTranslate();
  const photos = useApp((state) => state.photos);
  const [at, setAt] = useState(start);
  const there = ids.filter((id) => photos.has(id));
  const photo = photos.get(at) ?? neighbour(ids, at, photos);
  const isGone = photo === undefined;
  useEffect(() => {
    if (isGone) onClose();
  }, [isGone, onClose]);
  if (photo === undefined) return null;
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
        <Dialog
          aria-label={t('browse.preview', { name: photo.name })}
          className={styles.dialog ?? ''}
        >
          <Opened photo={photo} ids={there} onShow={setAt} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The photo that took the place of one that was deleted. */
function neighbour(
  ids: readonly PhotoId[],
  at: PhotoId,
  photos: ReadonlyMap<PhotoId, Photo>,
): Photo | undefined {
  const place = ids.indexOf(at);
  const after = ids.slice(place + 1).find((id) => photos.has(id));
  const id = after ?? ids.slice(0, Math.max(0, place)).findLast((each) => photos.has(each));
  return id === undefined ? undefined : photos.get(id);
}

interface OpenedProps {
  readonly photo: Photo;
  readonly ids: readonly PhotoId[];
  readonly onShow: (id: PhotoId) => void;
  readonly onClose: () => void;
}

function Opened({ photo, ids, onShow, onClose }: OpenedProps) {
  const t = useTranslate();
  const { actions, said } = useActions(photo);
  const place = ids.indexOf(photo.id);
  const go = (step: 1 | -1): void => {
    const to = ids[place + step];
    if (place !== -1 && to !== undefined) onShow(to);
  };
  usePreviewKeys({
    next: () => go(1),
    previous: () => go(-1),
    ...actions,
  });
  return (
    <>
      <header className={styles.header}>
        <h2 className={styles.title}>{photo.name}</h2>
        {place === -1 ? null : (
          <span className={styles.position}>
            {t('browse.position', { at: place + 1, total: ids.length })}
          </span>
        )}
        <IconButton
          label={t('browse.previous')}
          icon={ChevronLeft}
          isDisabled={place <= 0}
          onPress={() => go(-1)}
        />
        <IconButton
          label={t('browse.next')}
          icon={ChevronRight}
          isDisabled={place === -1 || place >= ids.length - 1}
          onPress={() => go(1)}
        />
        <IconButton label={t('common.close')} icon={X} onPress={onClose} />
      </header>
      <div className={styles.body}>
        <PreviewPictures photo={photo} />
        <PreviewFacts photo={photo} actions={actions} onShow={onShow} />
        <Answer photoId={photo.id} />
      </div>
      <p role="status" className="visually-hidden">
        {said}
      </p>
    </>
  );
}

/** Only when asked for: the photo goes through the backbone for it. */
function Answer({ photoId }: { readonly photoId: PhotoId }) {
  const t = useTranslate();
  const hasRun = useApp((state) => state.currentRun !== null);
  const { Why } = usePreviewSlots();
  if (!hasRun || Why === undefined) return null;
  return (
    <div className={styles.why}>
      <Disclosure title={t('browse.why')}>
        <Why photoId={photoId} />
      </Disclosure>
    </div>
  );
}

export interface PreviewActions {
  giveClass(index: number): void;
  pin(side: Side | null): void;
  togglePin(): void;
  remove(): void;
}

function useActions(photo: Photo): { actions: PreviewActions; said: string } {
  const t = useTranslate();
  const { store } = useAppHandle();
  const [said, setSaid] = useState('');
  const pin = (side: Side | null): void => {
    store.getState().pinPhotos([photo.id], side);
    setSaid(
      side === null
        ? t('browse.said-unpinned')
        : t('browse.said-pinned', { side: t(`browse.side-${side}`) }),
    );
  };
  const actions: PreviewActions = {
    giveClass(index) {
      const to = store.getState().classes[index];
      if (to === undefined || to.id === photo.classId) return;
      store.getState().movePhotos([photo.id], to.id);
      setSaid(t('browse.said-moved', { name: to.name }));
    },
    pin,
    togglePin() {
      pin(photo.pinned ? null : photo.side);
    },
    remove() {
      store.getState().removePhotos([photo.id]);
      setSaid(t('browse.said-deleted', { file: photo.name, keys: UNDO_KEYS }));
    },
  };
  return { actions, said };
}
