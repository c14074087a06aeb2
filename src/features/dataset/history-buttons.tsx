/** Undo and redo; the tooltip names what would be undone and the keys. */
import { Redo2, Undo2, type LucideIcon } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { toMessageKey } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Tooltip } from '../../ui/primitives/tooltip.tsx';
import styles from './history-buttons.module.css';
import { REDO_KEYS, UNDO_KEYS, useUndoKeys } from './use-undo-keys.ts';

export function HistoryButtons() {
  const t = useTranslate();
  const undoLabel = useApp((state) => state.undoLabel);
  const redoLabel = useApp((state) => state.redoLabel);
  const undo = useApp((state) => state.undo);
  const redo = useApp((state) => state.redo);
  useUndoKeys();
  const nameOf = (label: string): string => t(toMessageKey(label, 'edits.unknown'));
  return (
    <>
      <StepButton
        name={t('dataset.undo')}
        hint={
          undoLabel === null
            ? null
            : t('dataset.undo-what', { what: nameOf(undoLabel), keys: UNDO_KEYS })
        }
        icon={Undo2}
        onPress={undo}
      />
      <StepButton
        name={t('dataset.redo')}
        hint={
          redoLabel === null
            ? null
            : t('dataset.redo-what', { what: nameOf(redoLabel), keys: REDO_KEYS })
        }
        icon={Redo2}
        onPress={redo}
      />
    </>
  );
}

interface StepButtonProps {
  readonly name: string;
  /** Null when there is nothing to take back. */
  readonly hint: string | null;
  readonly icon: LucideIcon;
  readonly onPress: () => void;
}

function StepButton({ name, hint, icon: Icon, onPress }: StepButtonProps) {
  return (
    <Tooltip text={hint ?? name}>
      <Button
        aria-label={name}
        className={styles.step ?? ''}
        isDisabled={hint === null}
        onPress={onPress}
      >
        <Icon aria-hidden="true" />
      </Button>
    </Tooltip>
  );
}
