/**
 * The switch for a notification at the end of a run. Permission is asked for when it is switched on and
 * at no other time; nothing is announced while the page can be seen.
 */
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Switch } from '../../ui/primitives/switch.tsx';

const IS_OFFERED = typeof Notification === 'function';

export function DoneNotice() {
  const t = useTranslate();
  const isOn = useApp((state) => state.notifyWhenDone);
  const setOn = useApp((state) => state.setNotifyWhenDone);
  const restore = useApp((state) => state.restoreNotifyWhenDone);
  const [isRefused, setRefused] = useState(false);
  useEffect(() => void restore(), [restore]);
  const isAllowed = IS_OFFERED && Notification.permission === 'granted';
  useAnnouncement(isOn && isAllowed);

  async function change(wanted: boolean): Promise<void> {
    if (!wanted) {
      setOn(false);
      return;
    }
    const answer = await Notification.requestPermission();
    setRefused(answer !== 'granted');
    setOn(answer === 'granted');
  }

  if (!IS_OFFERED) return null;
  return (
    <Switch
      // Taken back in the browser's settings, it is off here too.
      isSelected={isOn && isAllowed}
      description={t(isRefused ? 'lab.notify-refused' : 'lab.notify-explain')}
      onChange={(wanted) => void change(wanted)}
    >
      {t('lab.notify')}
    </Switch>
  );
}

/** Announces the change from training to finished or failed while the page is hidden. */
function useAnnouncement(isOn: boolean): void {
  const t = useTranslate();
  const status = useApp((state) => state.training.status);
  const project = useApp((state) => state.projectName);
  const before = useRef(status);
  useEffect(() => {
    const wasBusy = before.current === 'running' || before.current === 'preparing';
    before.current = status;
    const isDone = status === 'finished' || status === 'failed';
    if (!isOn || !wasBusy || !isDone || document.visibilityState === 'visible') return;
    announce(t(status === 'finished' ? 'lab.notify-done' : 'lab.notify-failed', { project }));
  }, [isOn, status, project, t]);
}

function announce(text: string): void {
  try {
    const notice = new Notification(text, { tag: 'training-done' });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
  } catch {
    // Some phones allow it through the service worker alone.
    if (!('serviceWorker' in navigator)) return;
    navigator.serviceWorker.ready
      .then((registration) => registration.showNotification(text, { tag: 'training-done' }))
      .catch(() => undefined);
  }
}
