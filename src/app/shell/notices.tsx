/** Messages that stay until they are read: a restart, a fallback, storage nearly full. */
import { toMessageKey } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { NoticeList } from '../../ui/primitives/notice-list.tsx';

export function Notices() {
  const t = useTranslate();
  const notices = useApp((state) => state.notices);
  const dismiss = useApp((state) => state.dismissNotice);
  return (
    <NoticeList
      notices={notices.map(({ id, tone, messageKey, params }) => ({
        id,
        tone,
        text: t(toMessageKey(messageKey, 'errors.unknown'), params),
      }))}
      onDismiss={(id) => {
        dismiss(Number(id));
      }}
    />
  );
}
