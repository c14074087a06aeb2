/** Whether the end of a long run is to be announced; kept for the next visit. */
import type { DoneNoticeSlice } from '../done-notice-state.ts';
import type { SliceTools } from '../slice-tools.ts';

const SETTING = 'notify-when-done';

export function createDoneNoticeSlice({ set, services }: SliceTools): DoneNoticeSlice {
  return {
    notifyWhenDone: false,
    setNotifyWhenDone(notifyWhenDone) {
      set({ notifyWhenDone });
      services.storage.putSetting(SETTING, notifyWhenDone).catch(() => undefined);
    },
    async restoreNotifyWhenDone() {
      const stored = await services.storage.getSetting(SETTING).catch(() => null);
      if (stored === true) set({ notifyWhenDone: true });
    },
  };
}
