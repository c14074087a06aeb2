/** The frame around the rooms: theme, open panel, notices, storage and offline state, updates. */
import type { SliceTools } from '../slice-tools.ts';
import type { ShellSlice } from '../store-types.ts';

const BUSY_TRAINING = new Set(['preparing', 'running', 'paused']);

export function createShellSlice({ get, set, services }: SliceTools): ShellSlice {
  let nextNoticeId = 1;
  return {
    theme: 'system',
    openPanel: null,
    view: 'train',
    notices: [],
    storage: null,
    offline: 'preparing',
    updateReady: false,

    setTheme(theme) {
      set({ theme });
      void services.storage.putSetting('theme', theme).catch(() => undefined);
    },
    setOpenPanel(openPanel) {
      set({ openPanel });
    },
    setView(view) {
      set({ view });
    },
    notify(notice) {
      const same = get().notices.some(
        (other) =>
          other.messageKey === notice.messageKey &&
          JSON.stringify(other.params) === JSON.stringify(notice.params),
      );
      if (same) return;
      set({ notices: [...get().notices, { ...notice, id: nextNoticeId++ }] });
    },
    dismissNotice(id) {
      set({ notices: get().notices.filter((notice) => notice.id !== id) });
    },
    applyUpdate() {
      const { training, intake, notify } = get();
      if (BUSY_TRAINING.has(training.status) || intake !== null) {
        notify({ tone: 'info', messageKey: 'shell.update-waits', params: {} });
        return;
      }
      services.applyUpdate();
    },
  };
}
