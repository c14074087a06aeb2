/** Changes of the data set made in this room, each with a line that says what happened. */
import { useMemo, useState } from 'react';
import type { ClassInfo, PhotoId, Side } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useAppHandle } from '../../state/use-app.tsx';
import type { AppState } from '../../state/store-types.ts';
import { outsideClass } from './photo-selection.ts';

/** Something was taken away and can be brought back, as long as the data stays as it was left. */
export interface Removal {
  readonly text: string;
  readonly after: Pick<AppState, 'photos' | 'classes'>;
}

export interface RoomCommands {
  move(ids: Iterable<PhotoId>, to: ClassInfo): void;
  pin(ids: Iterable<PhotoId>, side: Side | null): void;
  remove(ids: Iterable<PhotoId>): void;
  removeClass(info: ClassInfo): void;
  dismissRemoval(): void;
}

export function useRoomCommands() {
  const t = useTranslate();
  const { store } = useAppHandle();
  const [said, setSaid] = useState('');
  const [removal, setRemoval] = useState<Removal | null>(null);

  const commands = useMemo((): RoomCommands => {
    const removed = (text: string): void => {
      const { photos, classes } = store.getState();
      setRemoval({ text, after: { photos, classes } });
      setSaid('');
    };
    return {
      move(ids, to) {
        const moving = outsideClass(ids, store.getState().photos, to.id);
        if (moving.length === 0) return;
        store.getState().movePhotos(moving, to.id);
        setSaid(t('dataset.photos-moved', { n: moving.length, name: to.name }));
      },
      pin(ids, side) {
        const list = [...ids];
        store.getState().pinPhotos(list, side);
        const key =
          side === null
            ? 'dataset.photos-unpinned'
            : side === 'train'
              ? 'dataset.photos-pinned-train'
              : 'dataset.photos-pinned-validation';
        setSaid(t(key, { n: list.length }));
      },
      remove(ids) {
        const list = [...ids];
        if (list.length === 0) return;
        store.getState().removePhotos(list);
        removed(t('dataset.photos-deleted', { n: list.length }));
      },
      removeClass(info) {
        let count = 0;
        for (const photo of store.getState().photos.values()) {
          if (photo.classId === info.id) count += 1;
        }
        store.getState().removeClass(info.id);
        removed(t('dataset.class-removed', { name: info.name, n: count }));
      },
      dismissRemoval() {
        setRemoval(null);
      },
    };
  }, [store, t]);

  return { commands, said, removal };
}
