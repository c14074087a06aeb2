/** The run that was just deleted, and the way back. */
import { X } from 'lucide-react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { useRunShelf } from './use-run-shelf.ts';

export function DeletedNotice() {
  const t = useTranslate();
  const withShelf = useRunShelf();
  const deleted = useApp((state) => state.runs.deleted);
  return (
    <div role="status">
      {deleted !== null && (
        <Notice
          tone="info"
          action={
            <>
              <Button
                size="small"
                onPress={() => {
                  withShelf((shelf) => shelf.bringBack());
                }}
              >
                {t('common.undo')}
              </Button>
              <IconButton
                label={t('common.dismiss')}
                icon={X}
                size="small"
                onPress={() => {
                  withShelf((shelf) => {
                    shelf.forgetDeleted();
                  });
                }}
              />
            </>
          }
        >
          {t('runs.deleted', { name: deleted.name })}
        </Notice>
      )}
    </div>
  );
}
