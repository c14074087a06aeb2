/** Messages that stay until read. The list is a live region, so keep it mounted also when empty. */
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import styles from './notice-list.module.css';

export type NoticeTone = 'info' | 'success' | 'warning' | 'error';

export interface NoticeItem {
  readonly id: number | string;
  readonly tone: NoticeTone;
  readonly text: ReactNode;
  /** A small button, e.g. undo. */
  readonly action?: ReactNode;
}

export interface NoticeListProps {
  readonly notices: readonly NoticeItem[];
  readonly onDismiss: (id: NoticeItem['id']) => void;
  /** Notices that are more than text and an action; above the others. */
  readonly children?: ReactNode;
}

export function NoticeList({ notices, onDismiss, children }: NoticeListProps) {
  const t = useTranslate();
  return (
    <section aria-label={t('common.notices')} aria-live="polite" className={styles.list}>
      {children}
      {notices.map((notice) => (
        <Notice
          key={notice.id}
          tone={notice.tone}
          floating
          action={
            <>
              {notice.action}
              <IconButton
                label={t('common.dismiss')}
                icon={X}
                size="small"
                onPress={() => onDismiss(notice.id)}
              />
            </>
          }
        >
          <div className={styles.text}>{notice.text}</div>
        </Notice>
      ))}
    </section>
  );
}

const ICONS = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  error: CircleAlert,
} as const;

export interface NoticeProps {
  readonly tone: NoticeTone;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly floating?: boolean;
}

/** The same box standing in the page, e.g. above a list it is about. */
export function Notice({ tone, children, action, floating = false }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <div className={classNames(styles.notice, styles[tone], floating && styles.floating)}>
      <Icon aria-hidden="true" className={styles.icon} />
      <div className={styles.body}>{children}</div>
      {action}
    </div>
  );
}
