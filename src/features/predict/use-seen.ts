/** Whether a part of the page is really being looked at: in view, in a tab that is not hidden. */
import { useEffect, useState, useSyncExternalStore, type RefObject } from 'react';

function subscribeToVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => {
    document.removeEventListener('visibilitychange', listener);
  };
}

function isPageVisible(): boolean {
  return document.visibilityState === 'visible';
}

export function useSeen(element: RefObject<Element | null>): boolean {
  const isVisible = useSyncExternalStore(subscribeToVisibility, isPageVisible);
  const [isInView, setInView] = useState(true);
  useEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    // Also tells about `display: none`, as on a phone where one zone is shown at a time.
    const observer = new IntersectionObserver((entries) => {
      setInView(entries.at(-1)?.isIntersecting ?? true);
    });
    observer.observe(watched);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return isVisible && isInView;
}
