/** A list of actions behind one icon button. */
import { Ellipsis, type LucideIcon } from 'lucide-react';
import { Keyboard } from 'react-aria-components/Keyboard';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { Text } from 'react-aria-components/Text';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import styles from './menu.module.css';

export interface MenuAction<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly tone?: 'neutral' | 'danger';
  readonly shortcut?: string;
  readonly isDisabled?: boolean;
  /** Draws a line above this action. */
  readonly startsGroup?: boolean;
}

export interface MenuButtonProps<Id extends string> {
  /** Accessible name of the button and the menu, e.g. "Actions for ants". */
  readonly label: string;
  readonly actions: readonly MenuAction<Id>[];
  readonly onAction: (id: Id) => void;
  readonly icon?: LucideIcon;
  readonly size?: 'small' | 'medium';
}

export function MenuButton<Id extends string>({
  label,
  actions,
  onAction,
  icon = Ellipsis,
  size = 'medium',
}: MenuButtonProps<Id>) {
  return (
    <MenuTrigger>
      <IconButton label={label} icon={icon} size={size} />
      <Popover className={styles.popover ?? ''} placement="bottom end" offset={4}>
        <AriaMenu
          className={styles.list ?? ''}
          onAction={(key) => {
            const action = actions.find((each) => each.id === key);
            if (action) onAction(action.id);
          }}
        >
          {actions.flatMap((action) => [
            ...(action.startsGroup
              ? [<Separator key={`before-${action.id}`} className={styles.separator ?? ''} />]
              : []),
            <ActionItem key={action.id} action={action} />,
          ])}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function ActionItem<Id extends string>({ action }: { action: MenuAction<Id> }) {
  const { id, label, icon: Icon, tone = 'neutral', shortcut, isDisabled = false } = action;
  return (
    <MenuItem
      id={id}
      textValue={label}
      isDisabled={isDisabled}
      className={classNames(styles.item, tone === 'danger' && styles.danger)}
    >
      {Icon ? <Icon aria-hidden="true" /> : null}
      <span className={styles.texts}>
        <Text slot="label">{label}</Text>
      </span>
      {shortcut ? <Keyboard className={styles.shortcut ?? ''}>{shortcut}</Keyboard> : null}
    </MenuItem>
  );
}
