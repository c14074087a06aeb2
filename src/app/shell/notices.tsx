/** Messages that stay until they are read: a restart, a fallback, storage nearly full. */
import { lazy, Suspense } from 'react';
import { toMessageKey } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { AppState } from '../../state/store-types.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { NoticeList } from '../../ui/primitives/notice-list.tsx';

const ProjectNotices = lazy(async () => ({
  default: (await import('../../features/projects/project-notices.tsx')).ProjectNotices,
}));

/** Before anything is lost: what is here can be taken out of the browser. */
const OFFERS_EXPORT = new Set(['storage.full', 'storage.nearly-full', 'storage.run-not-saved']);

function hasProjectNotice({ tab, unfinishedRun, deletedProjects }: AppState): boolean {
  return tab.role === 'reader' || unfinishedRun !== null || deletedProjects.length > 0;
}

export function Notices() {
  const t = useTranslate();
  const notices = useApp((state) => state.notices);
  const dismiss = useApp((state) => state.dismissNotice);
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  const hasMore = useApp(hasProjectNotice);
  const offer = (
    <Button size="small" onPress={() => setOpenPanel('share')}>
      {t('shell.export')}
    </Button>
  );
  return (
    <NoticeList
      notices={notices.map(({ id, tone, messageKey, params }) => ({
        id,
        tone,
        text: t(toMessageKey(messageKey, 'errors.unknown'), params),
        action: OFFERS_EXPORT.has(messageKey) ? offer : null,
      }))}
      onDismiss={(id) => {
        dismiss(Number(id));
      }}
    >
      {hasMore && (
        <Suspense fallback={null}>
          <ProjectNotices />
        </Suspense>
      )}
    </NoticeList>
  );
}
