/** What can be done with the photos in the lasso. Every change is one step of undo. */
import { Trash2, Undo2, X } from 'lucide-react';
import { Toolbar } from 'react-aria-components/Toolbar';
import type { PhotoId } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { MapMoveMenu } from './map-move-menu.tsx';
import styles from './photo-map.module.css';

interface MapSelectionBarProps {
  readonly selected: ReadonlySet<PhotoId>;
  readonly onClear: () => void;
}

export function MapSelectionBar({ selected, onClear }: MapSelectionBarProps) {
  const t = useTranslate();
  const movePhotos = useApp((state) => state.movePhotos);
  const pinPhotos = useApp((state) => state.pinPhotos);
  const removePhotos = useApp((state) => state.removePhotos);
  const undo = useApp((state) => state.undo);
  const canUndo = useApp((state) => state.undoLabel !== null);
  const ids = [...selected];
  const hasNone = ids.length === 0;
  return (
    <Toolbar aria-label={t('explain.map-selection')} className={styles.bar ?? ''}>
      <span role="status" className={styles.count}>
        {t('explain.map-selected', { n: ids.length })}
      </span>
      <MapMoveMenu isDisabled={hasNone} onMove={(to) => movePhotos(ids, to)} />
      <Button size="small" isDisabled={hasNone} onPress={() => pinPhotos(ids, 'train')}>
        {t('explain.map-to-train')}
      </Button>
      <Button size="small" isDisabled={hasNone} onPress={() => pinPhotos(ids, 'validation')}>
        {t('explain.map-to-validation')}
      </Button>
      <Button
        size="small"
        icon={Trash2}
        isDisabled={hasNone}
        onPress={() => {
          removePhotos(ids);
          onClear();
        }}
      >
        {t('explain.map-delete')}
      </Button>
      <Button size="small" variant="quiet" icon={X} isDisabled={hasNone} onPress={onClear}>
        {t('explain.map-clear')}
      </Button>
      <Button size="small" variant="quiet" icon={Undo2} isDisabled={!canUndo} onPress={undo}>
        {t('explain.map-undo')}
      </Button>
    </Toolbar>
  );
}
