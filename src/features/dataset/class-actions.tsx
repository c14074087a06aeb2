/** The menu of a class: its colour, and removing it (which undo brings back, so nobody is asked). */
import { Check, Ellipsis, Merge, Trash2 } from 'lucide-react';
import { Header } from 'react-aria-components/Header';
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import type { ClassInfo } from '../../domain/photo.ts';
import { toMessageKey } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { classNames } from '../../ui/primitives/class-names.ts';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import menuStyles from '../../ui/primitives/menu.module.css';
import { CLASS_COLOR_COUNT, classColor, onClassColor } from '../../ui/tokens/class-color.ts';
import styles from './class-actions.module.css';
import { useRoomActions } from './room-actions.tsx';

const COLOURS = Array.from({ length: CLASS_COLOR_COUNT }, (_, i) => i);

export function ClassActions({ info }: { readonly info: ClassInfo }) {
  const t = useTranslate();
  const recolour = useApp((state) => state.recolourClass);
  const { removeClass, mergeClass } = useRoomActions();
  const hasOthers = useApp((state) => state.classes.length > 1);
  return (
    <MenuTrigger>
      <IconButton
        label={t('dataset.class-actions', { name: info.name })}
        icon={Ellipsis}
        size="small"
      />
      <Popover className={menuStyles.popover ?? ''} placement="bottom end" offset={4}>
        <Menu className={menuStyles.list ?? ''}>
          <MenuSection
            className={styles.colours ?? ''}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[`colour-${String(info.colorIndex % CLASS_COLOR_COUNT)}`]}
          >
            <Header className={styles.header ?? ''}>{t('dataset.class-colour')}</Header>
            {COLOURS.map((index) => (
              <ColourItem
                key={index}
                index={index}
                onChoose={() => {
                  recolour(info.id, index);
                }}
              />
            ))}
          </MenuSection>
          <Separator className={menuStyles.separator ?? ''} />
          <MenuItem
            id="merge"
            textValue={t('dataset.class-merge')}
            isDisabled={!hasOthers}
            className={menuStyles.item ?? ''}
            onAction={() => {
              mergeClass(info);
            }}
          >
            <Merge aria-hidden="true" />
            {t('dataset.class-merge')}
          </MenuItem>
          <MenuItem
            id="remove"
            textValue={t('dataset.class-remove')}
            className={classNames(menuStyles.item, menuStyles.danger)}
            onAction={() => {
              removeClass(info);
            }}
          >
            <Trash2 aria-hidden="true" />
            {t('dataset.class-remove')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function ColourItem({
  index,
  onChoose,
}: {
  readonly index: number;
  readonly onChoose: () => void;
}) {
  const t = useTranslate();
  const name = t(toMessageKey(`dataset.colour-${String(index)}`, 'dataset.class-colour'));
  return (
    <MenuItem
      id={`colour-${String(index)}`}
      textValue={name}
      aria-label={name}
      className={styles.colour ?? ''}
      style={{ background: classColor(index), color: onClassColor(index) }}
      onAction={onChoose}
    >
      {({ isSelected }) => (isSelected ? <Check aria-hidden="true" /> : null)}
    </MenuItem>
  );
}
