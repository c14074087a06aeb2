/** Which class the selected photos really belong to. */
import { ChevronDown } from 'lucide-react';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import type { ClassId } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import menuStyles from '../../ui/primitives/menu.module.css';

interface MapMoveMenuProps {
  readonly isDisabled: boolean;
  readonly onMove: (to: ClassId) => void;
}

export function MapMoveMenu({ isDisabled, onMove }: MapMoveMenuProps) {
  const t = useTranslate();
  const classes = useApp((state) => state.classes);
  return (
    <MenuTrigger>
      <Button size="small" icon={ChevronDown} isDisabled={isDisabled}>
        {t('explain.map-move')}
      </Button>
      <Popover className={menuStyles.popover ?? ''} offset={4}>
        <Menu className={menuStyles.list ?? ''} onAction={(key) => onMove(String(key))}>
          {classes.map((info) => (
            <MenuItem
              key={info.id}
              id={info.id}
              textValue={info.name}
              className={menuStyles.item ?? ''}
            >
              <ClassDot colorIndex={info.colorIndex} />
              <span className={menuStyles.texts}>
                <Text slot="label">{info.name}</Text>
              </span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
