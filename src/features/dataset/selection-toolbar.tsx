/** What can be done with the selected photos, of whatever classes: the keyboard twin of dragging. */
import { ChevronDown, Maximize2, Trash2, X } from 'lucide-react';
import { Keyboard } from 'react-aria-components/Keyboard';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { Toolbar } from 'react-aria-components/Toolbar';
import type { ClassInfo, Side } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import menuStyles from '../../ui/primitives/menu.module.css';
import styles from './selection-toolbar.module.css';

export interface SelectionToolbarProps {
  readonly count: number;
  readonly onOpen: () => void;
  readonly onMove: (to: ClassInfo) => void;
  readonly onPin: (side: Side | null) => void;
  readonly onRemove: () => void;
  readonly onClear: () => void;
}

export function SelectionToolbar({
  count,
  onOpen,
  onMove,
  onPin,
  onRemove,
  onClear,
}: SelectionToolbarProps) {
  const t = useTranslate();
  return (
    <Toolbar aria-label={t('dataset.selection-label')} className={styles.toolbar ?? ''}>
      <span className={styles.count}>{t('dataset.selection-count', { n: count })}</span>
      <MoveMenu onMove={onMove} />
      <span className={styles.ends}>
        <IconButton
          label={t('dataset.selection-open')}
          icon={Maximize2}
          size="small"
          onPress={onOpen}
        />
        <IconButton
          label={t('dataset.selection-delete')}
          icon={Trash2}
          size="small"
          tone="danger"
          onPress={onRemove}
        />
        <IconButton label={t('dataset.selection-clear')} icon={X} size="small" onPress={onClear} />
      </span>
      <span className={styles.sides}>
        <Button size="small" onPress={() => onPin('train')}>
          {t('dataset.selection-train')}
        </Button>
        <Button size="small" onPress={() => onPin('validation')}>
          {t('dataset.selection-validation')}
        </Button>
        <Button size="small" onPress={() => onPin(null)}>
          {t('dataset.selection-unpin')}
        </Button>
      </span>
    </Toolbar>
  );
}

function MoveMenu({ onMove }: { readonly onMove: (to: ClassInfo) => void }) {
  const t = useTranslate();
  const classes = useApp((state) => state.classes);
  return (
    <MenuTrigger>
      <Button size="small" icon={ChevronDown}>
        {t('dataset.selection-move')}
      </Button>
      <Popover className={menuStyles.popover ?? ''} placement="top start" offset={4}>
        <Menu
          className={menuStyles.list ?? ''}
          onAction={(key) => {
            const to = classes.find((info) => info.id === key);
            if (to !== undefined) onMove(to);
          }}
        >
          {classes.map((info, i) => (
            <MenuItem
              key={info.id}
              id={info.id}
              textValue={info.name}
              className={menuStyles.item ?? ''}
            >
              <span className={styles.dot}>
                <ClassDot colorIndex={info.colorIndex} />
              </span>
              <span className={menuStyles.texts}>
                <Text slot="label">{info.name}</Text>
              </span>
              {i < 9 ? (
                <Keyboard className={menuStyles.shortcut ?? ''}>{String(i + 1)}</Keyboard>
              ) : null}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
